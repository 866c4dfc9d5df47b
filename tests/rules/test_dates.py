"""Counting days, months and years."""

import datetime as dt
from calendar import monthrange

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import dates
from rules.period import Period
from tests.rules.shipped import day

DAYS = st.dates(dt.date(1930, 1, 1), dates.LATEST)
MONTHS = st.integers(min_value=-240, max_value=600)


@pytest.mark.parametrize(
    ("start", "months", "expected", "reason"),
    [
        ("2026-01-31", 1, "2026-02-28", "February is too short"),
        ("2028-01-31", 1, "2028-02-29", "February of a leap year"),
        ("2028-02-29", 12, "2029-02-28", "no 29 February next year"),
        ("2024-02-29", 48, "2028-02-29", "four years on there is one"),
        ("2025-02-28", 36, "2028-02-28", "the 28th stays the 28th, not the month's last day"),
        ("2026-03-31", 3, "2026-06-30", "June has 30 days"),
        ("2026-11-30", 3, "2027-02-28", "over a year's end"),
        ("2026-12-01", 1, "2027-01-01", "December to January"),
        ("2026-12-31", 12, "2027-12-31", "a whole year at a year's end"),
        ("2027-03-31", -1, "2027-02-28", "backwards into February"),
        ("2027-01-15", -1, "2026-12-15", "backwards over a year's end"),
        ("2099-11-30", 3, "2100-02-28", "2100 is not a leap year"),
    ],
)
def test_months_are_added(start, months, expected, reason):
    assert dates.add_months(day(start), months) == day(expected), reason


@pytest.mark.parametrize(
    ("start", "period", "expected", "reason"),
    [
        ("2026-11-23", "1d", "2026-11-23", "one day beginning with today is today"),
        ("2026-12-30", "3d", "2027-01-01", "over a year's end"),
        ("2028-02-27", "3d", "2028-02-29", "29 February is a day like any other"),
        ("2027-02-27", "3d", "2027-03-01", "and in other years it is not there"),
        ("2026-03-28", "3d", "2026-03-30", "the clocks go forward on day 2"),
        ("2026-10-24", "3d", "2026-10-26", "the clocks go back on day 2"),
        ("2026-11-23", "2w", "2026-12-06", "fourteen days with today"),
        ("2026-01-01", "12m", "2026-12-31", "a calendar year"),
        ("2026-05-04", "10y", "2036-05-03", "the day before the anniversary"),
        ("2024-02-29", "10y", "2034-02-27", "the anniversary is 28 February"),
        ("2026-03-01", "1m", "2026-03-31", "a calendar month"),
    ],
)
def test_the_day_of_the_trigger_is_day_1(start, period, expected, reason):
    assert dates.beginning_with(day(start), Period.parse(period)) == day(expected), reason


@pytest.mark.parametrize(
    ("start", "period", "expected", "reason"),
    [
        ("2026-11-23", "1d", "2026-11-24", "the day itself does not count"),
        ("2026-12-25", "7d", "2027-01-01", "over a year's end"),
        ("2028-02-28", "1d", "2028-02-29", "into 29 February"),
        ("2026-03-28", "7d", "2026-04-04", "the clocks go forward in between"),
        ("2026-10-24", "7d", "2026-10-31", "the clocks go back in between"),
        ("2026-02-16", "6w", "2026-03-30", "42 days"),
        ("2026-08-31", "6m", "2027-02-28", "a month's end, into a shorter month"),
        ("2024-02-29", "1y", "2025-02-28", "29 February"),
        ("2010-06-01", "100y", "2110-06-01", "records kept for a century"),
    ],
)
def test_the_day_of_the_trigger_is_not_counted_after(start, period, expected, reason):
    assert dates.after(day(start), Period.parse(period)) == day(expected), reason


@pytest.mark.parametrize(
    ("event", "period", "expected", "reason"),
    [
        ("2026-12-24", "7d", "2026-12-17", "seven whole days ahead"),
        ("2027-01-03", "7d", "2026-12-27", "back over a year's end"),
        ("2028-03-01", "1d", "2028-02-29", "back into 29 February"),
        ("2027-03-31", "1m", "2027-02-28", "back into a shorter month"),
    ],
)
def test_periods_are_counted_back_from_an_event(event, period, expected, reason):
    assert dates.before(day(event), Period.parse(period)) == day(expected), reason


@pytest.mark.parametrize(
    ("count", "start", "period", "reason"),
    [
        (dates.after, "1899-12-31", "1d", "before the first date admitted"),
        (dates.after, "2101-01-01", "1d", "after the last date admitted"),
        (dates.beginning_with, "0026-11-23", "3d", "a year of two digits, mistyped"),
        (dates.before, "1900-01-03", "7d", "a result before the first date"),
        (dates.before, "1900-01-03", "1m", "the same in months"),
        (dates.after, "2100-12-31", "101y", "a result too far ahead"),
    ],
)
def test_dates_out_of_range_are_refused(count, start, period, reason):
    with pytest.raises(dates.DateOutOfRange):
        count(day(start), Period.parse(period))


@pytest.mark.parametrize("count", [dates.after, dates.before, dates.beginning_with, dates.absolute])
def test_hours_are_no_calendar_period(count):
    with pytest.raises(ValueError, match="72h"):
        count(day("2026-11-23"), Period(72, "h"))


@given(DAYS, MONTHS)
def test_adding_months_keeps_the_day_or_takes_the_months_last(start, months):
    added = dates.add_months(start, months)
    total = (added.year - start.year) * 12 + added.month - start.month
    assert total == months
    assert added.day == min(start.day, monthrange(added.year, added.month)[1])


@given(DAYS, DAYS, MONTHS)
def test_a_later_start_is_never_due_earlier(one, other, months):
    first, second = sorted([one, other])
    assert dates.add_months(first, months) <= dates.add_months(second, months)


@given(DAYS, st.integers(1, 4000), st.sampled_from(["d", "w"]))
def test_counting_the_first_day_ends_one_day_sooner(start, number, unit):
    period = Period(number, unit)
    sooner = dates.beginning_with(start, period)
    assert dates.after(start, period) - sooner == dt.timedelta(days=1)
    assert (sooner - start).days + 1 == period.days


@given(DAYS, st.integers(1, 1200))
def test_days_before_undo_days_after(start, number):
    period = Period(number, "d")
    landed = dates.after(start, period)
    if landed <= dates.LATEST:
        assert dates.before(landed, period) == start
