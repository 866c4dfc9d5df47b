"""Each dated rule of the shipped set, from every day of eleven years, counted the slow way too.

Leap days, year ends, bank holidays and the days on which the clocks change are all among them.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import pytest
import yaml

from rules.workdays import Calendar
from tests.rules.by_hand import (
    ONE_DAY,
    bank_holidays,
    days_after,
    months_after,
    working_days_after,
)
from tests.rules.shipped import DEFAULT, default_rules

FIRST, LAST = dt.date(2025, 1, 1), dt.date(2035, 12, 31)
LONDON = ZoneInfo("Europe/London")
CALENDAR = Calendar.of(bank_holidays())

#: As the file writes them: nothing of `rules` has read these.
WRITTEN = yaml.safe_load(DEFAULT.read_text(encoding="utf-8"))["rules"]
DATED = [
    rule
    for rule in WRITTEN
    if rule["period"]
    and rule["count"] in ("beginning_with", "after", "before", "absolute")
    and rule["days"] in ("calendar", "working")
]
CLOCKED = [
    rule for rule in WRITTEN if rule.get("days") == "elapsed" and "per_day" not in rule["count"]
]


def every_day(last: dt.date = LAST) -> Iterator[dt.date]:
    on = FIRST
    while on <= last:
        yield on
        on += ONE_DAY


def slowly(rule: dict[str, str]) -> Callable[[dt.date], dt.date]:
    """What a rule leads to, read from its words alone."""
    number, unit = int(rule["period"][:-1]), rule["period"][-1]
    if rule["days"] == "working":
        return lambda on: working_days_after(on, number)
    # "Beginning with" counts the day itself, so its last day is one day nearer.
    nearer = -1 if rule["count"] == "beginning_with" else 0
    back = -1 if rule["count"] == "before" else 1
    if unit in "dw":
        days = number * (7 if unit == "w" else 1)
        return lambda on: days_after(on, back * days + nearer)
    months = number * (12 if unit == "y" else 1)
    return lambda on: days_after(months_after(on, back * months), nearer)


def test_every_rule_with_a_period_is_in_one_of_the_grids_or_leads_to_no_date():
    named = {rule["id"] for rule in (*DATED, *CLOCKED)}
    rest = [rule for rule in WRITTEN if rule["id"] not in named]
    assert {rule["count"] for rule in rest if rule["period"]} <= {
        "accumulate",
        "threshold",
        "threshold_per_day",
        "occurrences",
    }
    assert len(DATED) > 60


@pytest.mark.parametrize("written", DATED, ids=lambda rule: rule["id"])
def test_from_every_day_a_rule_leads_where_counting_leads(written):
    rule = default_rules().rule(written["id"], even_disabled=True)
    # Working days are known as far as the list of bank holidays goes.
    last = dt.date(2035, 12, 1) if written["days"] == "working" else LAST
    expected = slowly(written)
    wrong = [on for on in every_day(last) if rule.due(on, CALENDAR) != expected(on)]
    assert wrong == []


@pytest.mark.parametrize("written", CLOCKED, ids=lambda rule: rule["id"])
@pytest.mark.parametrize("hour", [0, 1, 2, 12, 23])
def test_hours_are_hours_on_every_day_and_on_the_nights_the_clocks_change(written, hour):
    rule = default_rules().rule(written["id"], even_disabled=True)
    hours = int(written["period"][:-1]) * (-1 if written["count"] == "before" else 1)
    for on in every_day():
        trigger = dt.datetime(on.year, on.month, on.day, hour, 30, tzinfo=LONDON)
        passed = rule.due_at(trigger).timestamp() - trigger.timestamp()
        assert passed == hours * 3600, on
