"""Each rule shows cases worked by hand, and they come out right with the bank holidays as kept."""

from typing import Any

import pytest
from pydantic import ValidationError

from rules import current
from rules.drafting import changed
from rules.examples import failing, uncountable
from rules.rule import Rule
from tests.rules.proposing import FOUR_MONTHS
from tests.rules.shipped import default_rules, published_calendar


@pytest.mark.django_db
def test_every_shipped_example_comes_out_right():
    assert failing(default_rules(), current.calendar()) == []


def test_the_shipped_examples_agree_with_the_published_bank_holidays():
    assert failing(default_rules(), published_calendar()) == []


def test_every_shipped_rule_that_leads_to_a_date_or_an_instant_has_an_example():
    without = {rule.id for rule in default_rules().rules if rule.leads_to and not rule.examples}
    assert without == set()


@pytest.mark.parametrize(
    ("needle", "what"),
    [
        ("02-29", "29 February"),
        ("03-29T", "the night the clocks go forward"),
        ("10-25T", "the night the clocks go back"),
        ("2026-12-29", "a substitute bank holiday"),
        ("2026-04-07", "Easter"),
    ],
)
def test_the_shipped_examples_meet_what_goes_wrong_most(needle, what):
    written = str([rule.get("examples") for rule in default_rules().document()["rules"]])
    assert needle in written, what


def faults(**change: Any) -> list[tuple[str, str]]:
    rules = changed(default_rules(), [FOUR_MONTHS | change])
    found = [check(rules, published_calendar()) for check in (uncountable, failing)]
    return [(fault.code, fault.about) for faults in found for fault in faults]


MEDIUM = "visit.interval.medium"


@pytest.mark.parametrize(
    ("change", "code", "reason"),
    [
        ({}, None, "right"),
        ({"examples": []}, "example_missing", "in force and without one"),
        ({"period": "3m"}, "example_fails", "a month too short"),
        ({"period": "5m"}, "example_fails", "a month too long"),
        ({"period": "1200m", "examples": []}, "example_missing", "the longest that can be counted"),
        ({"period": "1201m"}, "out_of_range", "from the end of 2100 it ends beyond 2200"),
    ],
)
def test_what_examples_must_show(change, code, reason):
    found = faults(**change)
    assert (found[0] if found else None) == (code and (code, MEDIUM)), reason


def test_an_example_that_fails_is_told_with_both_dates():
    rules = changed(default_rules(), [{"id": MEDIUM, "period": "4m"}])
    said = failing(rules, published_calendar())[0].message
    assert said == (
        "From 31 August 2026 the example expects 28 February 2027, "
        "and the rule gives 31 December 2026."
    )


def test_a_rule_that_is_off_needs_no_example_and_one_it_has_must_hold():
    off = {"id": "cpa2026.name_change", "examples": []}
    assert failing(changed(default_rules(), [off]), published_calendar()) == []
    wrong = [{"trigger": "2026-12-24", "due": "2026-12-18", "why": "a day late"}]
    found = failing(changed(default_rules(), [off | {"examples": wrong}]), published_calendar())
    assert [fault.code for fault in found] == ["example_fails"]


def rule(**changes: Any) -> dict[str, Any]:
    return {
        "id": "a.rule",
        "kind": "local",
        "trigger": "something",
        "period": "3d",
        "count": "after",
        "days": "calendar",
        "source": "ours",
        "evidence": "D",
    } | changes


DAYS = {"trigger": "2026-11-23", "due": "2026-11-26", "why": "three days"}
INSTANTS = {
    "trigger": "2026-11-23T10:00:00+00:00",
    "due": "2026-11-24T10:00:00+00:00",
    "why": "a day and a night",
}
HOURS = {"period": "24h", "days": "elapsed"}


@pytest.mark.parametrize(
    ("changes", "example", "reason"),
    [
        ({}, DAYS | {"due": "2026-02-30"}, "no such day"),
        ({}, DAYS | {"due": "20261126"}, "written another way"),
        ({}, DAYS | {"why": ""}, "no reason"),
        ({}, DAYS | {"because": "x"}, "an unknown key"),
        ({}, INSTANTS, "instants for a rule of days"),
        (HOURS, DAYS, "days for a rule of hours"),
        (HOURS, INSTANTS | {"due": "2026-11-24"}, "an instant and a day"),
        (HOURS, INSTANTS | {"due": "2026-11-24T10:00:00"}, "no offset"),
        (HOURS, INSTANTS | {"due": "2026-11-24T10:00:00Z"}, "written another way"),
        ({"period": 2, "count": "occurrences", "days": None}, DAYS, "leads to no date"),
        ({"count": "threshold"}, DAYS, "leads to no date"),
        ({}, DAYS | {"away": [{"since": "2026-11-24", "until": "2026-11-25"}]}, "no stay counts"),
    ],
)
def test_an_example_that_makes_no_sense_is_refused(changes, example, reason):
    with pytest.raises(ValidationError):
        Rule.model_validate(rule(**changes, examples=[example]))


@pytest.mark.parametrize(("changes", "example"), [({}, DAYS), (HOURS, INSTANTS)])
def test_the_examples_those_faults_were_put_into_are_sound(changes, example):
    written = rule(**changes, examples=[example])
    assert Rule.model_validate(written).model_dump(mode="json", exclude_unset=True) == written
