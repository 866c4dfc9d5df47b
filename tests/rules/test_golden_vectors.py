"""The dates of practice that decide whether the software is right, through the shipped rules."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from rules import dates
from rules.pauses import Pause
from rules.period import Period
from tests.rules.shipped import day, default_rules, published_calendar


def due(rule: str, trigger: str, *stays: tuple[str, str | None]) -> dt.date | None:
    pauses = [Pause(day(since), day(until) if until else None) for since, until in stays]
    return default_rules().rule(rule).due_around(day(trigger), published_calendar(), pauses)


@pytest.mark.parametrize(
    ("rule", "trigger", "expected", "reason"),
    [
        ("notif.initial", "2026-11-23", "2026-11-25", "1: a caution on Monday, the day counts"),
        ("notif.periodic.annual", "2026-03-01", "2027-03-01", "3: after, same day next year"),
        ("notif.periodic.annual", "2024-02-29", "2025-02-28", "3: no 29 February in 2025"),
        ("review.qualifying.adult", "2012-09-03", "2027-09-03", "6: first day to apply"),
        ("notif.travel.standard", "2026-12-24", "2026-12-17", "7: seven days before leaving"),
        ("notif.advance.nonoccurrence", "2026-12-01", "2026-12-06", "8: six days beginning with"),
        ("notif.periodic.no_fixed_abode", "2026-11-23", "2026-11-30", "9: weekly"),
        ("review.acknowledge", "2026-01-05", "2026-01-19", "10: 14 days after"),
        ("review.body_reply", "2026-01-19", "2026-02-16", "10: 28 days after being asked"),
        ("review.determine", "2026-02-16", "2026-03-30", "10: six weeks after, over the clocks"),
    ],
)
def test_golden_dates_without_custody(rule, trigger, expected, reason):
    assert due(rule, trigger) == day(expected), reason


def test_three_days_begin_with_release_when_custody_came_first():
    # 2: convicted and remanded on one day, released on a Monday more than a year later.
    assert due("notif.initial", "2026-11-23", ("2026-11-23", "2028-01-10")) == day("2028-01-12")


def test_the_annual_notification_extends_to_three_days_beginning_with_release():
    # 4: the last day, 10 June, falls in custody.
    stay = ("2026-06-01", "2026-06-20")
    assert due("notif.periodic.annual", "2025-06-10", stay) == day("2026-06-22")


@pytest.mark.parametrize(
    ("disposal", "under_18", "last_day", "reason"),
    [
        ("imprisonment_over_6m_under_30m", False, "2036-05-03", "5: ten years, anniversary - 1"),
        ("imprisonment_6m_or_less", True, "2029-11-03", "5: seven years, halved"),
    ],
)
def test_golden_ends_of_notification_periods(disposal, under_18, last_day, reason):
    months = default_rules().notification_months(disposal, under_18=under_18)
    assert isinstance(months, int)
    ends = dates.beginning_with(day("2026-05-04"), Period(months, "m"))
    assert ends == day(last_day), reason


def test_the_whole_review_takes_84_days_at_most():
    # 10: what a force publishes as "no longer than 12 weeks".
    received = day("2026-01-05")
    today = received
    for step in ("review.acknowledge", "review.body_reply", "review.determine"):
        today = default_rules().rule(step).due(today, published_calendar())
    assert (today - received).days == 84


@pytest.mark.parametrize(
    ("trigger_at", "expected", "reason"),
    [
        ("2026-11-23T23:30:00+00:00", "2026-11-25", "GMT: half past eleven at night, same day"),
        ("2026-06-22T23:30:00+00:00", "2026-06-25", "BST: half past midnight, already the 23rd"),
        ("2026-06-22T22:59:59+00:00", "2026-06-24", "BST: one second to midnight, the 22nd"),
        ("2026-03-28T23:59:00+00:00", "2026-03-30", "GMT, the night the clocks go forward"),
        ("2026-03-29T23:00:00+00:00", "2026-04-01", "BST began that morning: the 30th is day 1"),
        ("2026-10-24T23:00:00+00:00", "2026-10-27", "BST, the night the clocks go back"),
        ("2026-10-25T23:00:00+00:00", "2026-10-27", "GMT began that morning: still the 25th"),
    ],
)
def test_days_are_london_days_in_winter_and_summer(trigger_at, expected, reason):
    london = ZoneInfo(default_rules().timezone)
    trigger = dt.datetime.fromisoformat(trigger_at).astimezone(london).date()
    rule = default_rules().rule("notif.initial")
    assert rule.due(trigger, published_calendar()) == day(expected), reason
