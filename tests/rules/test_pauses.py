"""Time in custody, hospital or abroad."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.dates import add_days, beginning_with
from rules.pauses import Pause, beginning_with_disregarding, extended
from rules.period import Period
from tests.rules.shipped import day, default_rules, published_calendar

THREE_DAYS = Period(3, "d")


def stays(*pairs: tuple[str, str | None]) -> list[Pause]:
    return [Pause(day(since), day(until) if until else None) for since, until in pairs]


@pytest.mark.parametrize(
    ("trigger", "inside", "expected", "reason"),
    [
        ("2026-11-23", [], "2026-11-25", "never inside"),
        ("2026-11-23", [("2026-11-01", "2026-11-23")], "2026-11-25", "released that day: day 1"),
        ("2026-11-23", [("2026-11-24", "2026-12-01")], "2026-12-02", "one day before, two after"),
        ("2026-11-23", [("2026-11-26", "2026-12-01")], "2026-11-25", "arrested too late to matter"),
        (
            "2026-11-23",
            [("2026-11-23", "2026-12-01"), ("2026-12-01", "2027-01-05")],
            "2027-01-07",
            "prison straight into hospital",
        ),
        (
            "2026-11-23",
            [("2026-12-02", "2027-01-05"), ("2026-11-23", "2026-12-01")],
            "2027-01-06",
            "one day out between two stays, told in the wrong order",
        ),
        (
            "2026-06-01",
            [("2026-06-01", "2026-09-01"), ("2026-06-10", "2026-06-20")],
            "2026-09-03",
            "a hospital stay within the sentence",
        ),
        ("2028-02-28", [("2028-02-29", "2028-03-31")], "2028-04-01", "inside on 29 February"),
    ],
)
def test_time_inside_is_disregarded(trigger, inside, expected, reason):
    found = beginning_with_disregarding(day(trigger), THREE_DAYS, stays(*inside))
    assert found == day(expected), reason


@pytest.mark.parametrize(
    ("last_day", "inside", "expected", "reason"),
    [
        ("2026-06-10", [], "2026-06-10", "never inside"),
        ("2026-06-10", [("2026-06-01", "2026-06-10")], "2026-06-10", "released on the last day"),
        ("2026-06-10", [("2026-06-01", "2026-06-11")], "2026-06-13", "released the day after"),
        ("2026-06-10", [("2026-01-01", "2026-06-01")], "2026-06-10", "inside, but out in time"),
        (
            "2026-06-10",
            [("2026-06-20", "2026-07-01"), ("2026-06-01", "2026-06-20")],
            "2026-07-03",
            "prison straight into hospital",
        ),
        ("2026-12-31", [("2026-12-31", "2027-01-01")], "2027-01-03", "one night over New Year"),
    ],
)
def test_a_last_day_inside_is_extended(last_day, inside, expected, reason):
    assert extended(day(last_day), THREE_DAYS, stays(*inside)) == day(expected), reason


@pytest.mark.parametrize("rule", ["notif.initial", "notif.periodic.annual"])
def test_there_is_no_date_while_nobody_knows_the_release(rule):
    inside = stays(("2026-01-01", None))
    found = default_rules().rule(rule)
    assert found.due_around(day("2026-01-01"), published_calendar(), inside) is None


def test_working_days_run_on_inside():
    rule = default_rules().rule("visit.initial")
    inside = stays(("2026-11-23", None))
    calendar = published_calendar()
    assert rule.due_around(day("2026-11-23"), calendar, inside) == day("2026-12-14")


@given(
    st.dates(day("2020-01-01"), day("2030-12-31")),
    st.integers(1, 14),
    st.lists(st.tuples(st.integers(-50, 50), st.integers(1, 40)), max_size=5),
)
def test_exactly_the_days_outside_are_counted(trigger, number, spans):
    inside = [
        Pause(add_days(trigger, since), add_days(trigger, since + length))
        for since, length in spans
    ]
    last = beginning_with_disregarding(trigger, Period(number, "d"), inside)
    lived = [add_days(trigger, n) for n in range((last - trigger).days + 1)]
    outside = [today for today in lived if not any(stay.holds(today) for stay in inside)]
    assert len(outside) == number
    assert outside[-1] == last
    assert last >= beginning_with(trigger, Period(number, "d"))
