"""Which rules and bank holidays a process works with."""

import copy
import datetime as dt

import pytest
from django.db import connection, transaction

from rules import current, guards
from rules.errors import NoRulesInForce, RulesAltered
from rules.models import BankHoliday, RuleSetVersion
from rules.period import Period
from rules.ruleset import RuleSet
from tests.rules.shipped import day, default_rules

pytestmark = pytest.mark.django_db

EXTRA = day("2026-11-24")


def enact(*, number: int, effective_from: str, high: str) -> RuleSetVersion:
    """A later version in which a high level is visited every `high`."""
    document = copy.deepcopy(default_rules().document())
    for rule in document["rules"]:
        if rule["id"] == "visit.interval.high":
            rule["period"] = high
    return RuleSetVersion.objects.create(
        number=number,
        effective_from=day(effective_from),
        title=f"Version {number}",
        source="Force order 12",
        evidence="Seen",
        document=document,
        digest=RuleSet.model_validate(document).digest(),
        origin=RuleSetVersion.Origin.SHIPPED,
        state=RuleSetVersion.State.APPROVED,
    )


def interval(on: str) -> Period:
    return current.in_force(day(on)).rule("visit.interval.high").length


def add_bank_holiday() -> None:
    BankHoliday.objects.create(
        division=BankHoliday.Division.ENGLAND_AND_WALES, on=EXTRA, name="Extra", source="by hand"
    )


def test_the_shipped_rules_are_in_force_until_another_version_is():
    enact(number=2, effective_from="2026-12-01", high="2m")
    assert interval("1957-03-01") == Period(3, "m")
    assert interval("2026-11-30") == Period(3, "m")
    assert interval("2026-12-01") == Period(2, "m")


def test_of_two_versions_from_one_day_the_higher_number_is_in_force():
    enact(number=3, effective_from="2026-12-01", high="1m")
    enact(number=2, effective_from="2026-12-01", high="2m")
    assert interval("2027-01-01") == Period(1, "m")


def test_a_version_that_takes_effect_later_is_no_matter_of_its_number():
    enact(number=2, effective_from="2027-01-01", high="2m")
    enact(number=3, effective_from="2026-12-01", high="1m")
    assert interval("2027-06-01") == Period(2, "m")


def test_before_the_first_version_there_are_no_rules():
    with pytest.raises(NoRulesInForce, match="1899-12-31"):
        current.in_force(dt.date(1899, 12, 31))


def test_a_version_that_does_not_match_its_digest_is_refused():
    # Content that no other test reads, so that this process has not kept it already.
    version = enact(number=2, effective_from="2026-12-01", high="11w")
    altered = copy.deepcopy(version.document)
    altered["rules"][0]["period"] = "30d"
    guards.drop(connection)  # whoever owns the database can
    RuleSetVersion.objects.filter(pk=version.pk).update(document=altered)
    with pytest.raises(RulesAltered):
        current.in_force(day("2026-12-01"))


def test_rules_are_read_once_and_then_asked_for_with_one_small_query(django_assert_num_queries):
    first = current.in_force(day("2026-11-23"))
    with django_assert_num_queries(1):
        assert current.in_force(day("2026-11-23")) is first


def test_what_a_version_is_too_old_to_know_is_what_was_shipped():
    older = copy.deepcopy(default_rules().document())
    for part, gone in (("rules", "missing.decision"), ("figures", "caseload.over")):
        older[part] = [row for row in older[part] if row["id"] != gone]
    for figure in older["figures"]:
        if figure["id"] == "caseload.capacity":
            figure["value"] = "60"
    digest = RuleSet.model_validate(older).digest()
    version = RuleSetVersion.objects.create(
        number=2,
        effective_from=day("2026-12-01"),
        title="Before it could be asked who is missing",
        source="Force order 12",
        evidence="Seen",
        document=older,
        digest=digest,
        origin=RuleSetVersion.Origin.SHIPPED,
        state=RuleSetVersion.State.APPROVED,
    )

    known = current.in_force(day("2026-12-01"))

    assert known.figure("caseload.over") == default_rules().figure("caseload.over")
    assert known.rule("missing.decision") == default_rules().rule("missing.decision")
    assert known.figure("caseload.capacity") == 60, "what it says stands"
    assert current.rules_of(version) is known, "so that a proposal from it can change them"
    assert current.as_written(version).digest() == version.digest


def test_a_version_that_was_rolled_back_is_not_served():
    with transaction.atomic():
        enact(number=2, effective_from="2026-12-01", high="2m")
        assert interval("2026-12-01") == Period(2, "m")
        transaction.set_rollback(True)
    assert interval("2026-12-01") == Period(3, "m")
    enact(number=2, effective_from="2026-12-01", high="6w")
    assert interval("2026-12-01") == Period(6, "w")


def test_the_calendar_is_laid_out_once(django_assert_num_queries):
    first = current.calendar()
    assert day("2026-12-28") in first.bank_holidays
    with django_assert_num_queries(1):
        assert current.calendar() is first


def test_a_new_bank_holiday_counts_at_once_and_not_when_rolled_back():
    assert current.calendar().after(day("2026-11-23"), 1) == EXTRA
    with transaction.atomic():
        add_bank_holiday()
        assert current.calendar().after(day("2026-11-23"), 1) == day("2026-11-25")
        transaction.set_rollback(True)
    assert current.calendar().after(day("2026-11-23"), 1) == EXTRA
