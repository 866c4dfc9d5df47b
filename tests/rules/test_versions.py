"""One person proposes a version of the rules, another approves it, its day brings it in force."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from rules import actions, current, guards
from rules.models import BankHoliday, RuleSetVersion
from rules.period import Period
from rules.ruleset import RuleSet
from tests.rules.proposing import FOUR_MONTHS, TODAY, approve, inspector, propose, refused, withdraw
from tests.rules.shipped import day, default_rules

pytestmark = pytest.mark.django_db

TOMORROW = TODAY + dt.timedelta(days=1)
MEDIUM = "visit.interval.medium"


def interval(on: dt.date) -> Period:
    return current.in_force(on).rule(MEDIUM).length


def test_a_proposal_changes_nothing_until_it_is_approved_and_its_day_has_come():
    version = propose()
    assert (version.number, version.state, version.based_on.number) == (2, "proposed", 1)
    assert interval(TOMORROW) == Period(6, "m")

    approve(version)

    assert interval(TODAY) == Period(6, "m")
    assert interval(TOMORROW) == Period(4, "m")
    assert current.version_in_force(TOMORROW) == version


def test_what_is_withdrawn_is_never_in_force():
    withdraw(propose())
    assert interval(TOMORROW) == Period(6, "m")


def test_a_whole_document_may_be_proposed_as_well():
    document = default_rules().document()
    for rule in document["rules"]:
        if rule["id"] == MEDIUM:
            rule.update(FOUR_MONTHS)
    version = propose(changes=(), document=document)
    assert version.digest == RuleSet.model_validate(document).digest() == propose().digest


@pytest.mark.parametrize(
    ("said", "code", "reason"),
    [
        ({"effective_from": TODAY - dt.timedelta(days=1)}, "in_past", "yesterday"),
        ({"effective_from": TODAY}, None, "today, and not before"),
        ({"changes": []}, "no_change", "nothing is said"),
        ({"changes": [{"id": MEDIUM, "period": "6m"}]}, "no_change", "what is in force already"),
        ({"changes": [{"id": MEDIUM, "period": "4m"}]}, "example_fails", "with the old examples"),
        ({"changes": [{"id": MEDIUM, "examples": []}]}, "example_missing", "without any"),
        ({"changes": [{"id": "notif.initial", "period": "4d"}]}, "statutory_rule", "law"),
        ({"changes": [{"id": "arms.review", "enabled": False}]}, "rule_needed", "switched off"),
    ],
)
def test_what_can_be_proposed(said, code, reason):
    if code is None:
        assert propose(**said).state == "proposed", reason
        return
    with refused(code):
        propose(**said)
    assert RuleSetVersion.objects.count() == 1


def test_nobody_approves_what_they_proposed_and_the_database_holds_it_too():
    author = inspector()
    version = propose(by=author)
    with refused("own_proposal"):
        approve(version, by=author)
    author.role = "supervisor"  # another role is the same person
    author.save(update_fields=["role"])
    with refused("own_proposal"):
        approve(version, by=author)
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleSetVersion.objects.filter(pk=version.pk).update(
            state="approved",
            approved_by=author,
            approved_at=dt.datetime.now(dt.UTC),
            approved_on=TODAY,
            approval_reason="Mine",
        )


@pytest.mark.parametrize(
    ("approved_on", "is_in_time"), [(TODAY, True), (TOMORROW, True), (day("2026-11-27"), False)]
)
def test_a_version_takes_effect_on_or_after_the_day_of_its_approval(approved_on, is_in_time):
    version = propose(effective_from=TOMORROW)
    if is_in_time:
        assert approve(version, today=approved_on).approved_on == approved_on
        return
    with refused("in_past"):
        approve(version, today=approved_on)
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleSetVersion.objects.filter(pk=version.pk).update(
            state="approved",
            approved_by=inspector(),
            approved_at=dt.datetime.now(dt.UTC),
            approved_on=approved_on,
            approval_reason="Late",
        )


def test_examples_are_looked_at_again_when_it_is_approved():
    change = {
        "id": "visit.write_up",
        "period": "1d",
        "examples": [{"trigger": "2026-11-23", "due": "2026-11-24", "why": "the next day"}],
    }
    version = propose(changes=[change])
    BankHoliday.objects.create(
        division="england-and-wales", on=day("2026-11-24"), name="Extra", source="by hand"
    )
    with refused("example_fails"):
        approve(version)


@pytest.mark.parametrize("done", [approve, withdraw])
def test_what_is_settled_is_settled(done):
    version = done(propose())
    with refused("not_proposed"):
        approve(version)


def test_a_proposal_rests_on_what_was_approved_then():
    first, second = propose(), propose(effective_from=day("2026-12-24"))
    approve(first)
    with refused("superseded"):
        approve(second)
    again = propose(effective_from=day("2026-12-24"), changes=[{"id": "visit.hours", "value": "2"}])
    assert again.based_on == first
    approve(again)
    assert interval(day("2026-12-24")) == Period(4, "m")


@pytest.mark.parametrize(
    ("effective_from", "code"),
    [("2026-12-09", "before_approved"), ("2026-12-10", None), ("2026-12-11", None)],
)
def test_no_version_slips_in_before_one_that_is_approved(effective_from, code):
    approve(propose(effective_from=day("2026-12-10")))
    said = {"changes": [{"id": "visit.hours", "value": "2"}], "effective_from": day(effective_from)}
    if code is None:
        approve(propose(**said))
        assert current.in_force(day(effective_from)).figure("visit.hours") == 2
        return
    with refused(code):
        propose(**said)


@pytest.mark.parametrize(
    ("on", "code"),
    [(TODAY, None), (TOMORROW, "in_force"), (day("2026-12-24"), "in_force")],
)
def test_an_approved_version_is_withdrawn_before_its_day_or_not_at_all(on, code):
    version = approve(propose(effective_from=TOMORROW))
    if code is None:
        withdraw(version, today=on)
        assert interval(TOMORROW) == Period(6, "m")
        return
    with refused(code):
        withdraw(version, today=on)
    assert interval(TOMORROW) == Period(4, "m")


def test_what_another_version_was_built_on_is_not_withdrawn():
    first = approve(propose())
    approve(propose(changes=[{"id": "visit.hours", "value": "2"}]))
    with refused("built_on"):
        withdraw(first)


def test_what_was_shipped_is_not_withdrawn():
    with refused("not_proposed"):
        withdraw(RuleSetVersion.objects.get())


def test_an_altered_proposal_is_not_approved():
    version = propose()
    guards.drop(connection)  # whoever owns the database can
    RuleSetVersion.objects.filter(pk=version.pk).update(digest="0" * 64)
    with pytest.raises(Exception, match="does not match its digest"):
        approve(version)


def test_switching_on_what_has_commenced_takes_a_new_version():
    name = "cpa2026.name_change"
    version = propose(changes=[{"id": name, "enabled": True}])
    assert not current.in_force(TOMORROW).rule(name, even_disabled=True).enabled
    approve(version)
    assert current.in_force(TOMORROW).rule(name).enabled
    assert not current.in_force(TODAY).rule(name, even_disabled=True).enabled


def test_the_next_proposal_is_written_from_what_is_approved_last():
    assert actions.newest_approved().number == 1
    approve(propose(effective_from=day("2027-03-01")))
    assert actions.newest_approved().number == 2
