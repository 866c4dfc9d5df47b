"""Working days in England and Wales."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.dates import EARLIEST, LATEST, DateOutOfRange
from rules.workdays import Calendar
from tests.rules.shipped import PUBLISHED, day, published, published_calendar

DAYS = st.dates(dt.date(2018, 1, 1), dt.date(2027, 6, 30))
NUMBERS = st.integers(1, 60)


def counted_by_hand(start: dt.date, number: int) -> dt.date:
    """One day after another, as with a finger on a wall calendar."""
    holidays = {holiday for year in PUBLISHED for holiday in published(year)}
    today = start
    while number:
        today += dt.timedelta(days=1)
        number -= today.strftime("%a") not in ("Sat", "Sun") and today not in holidays
    return today


@pytest.mark.parametrize(
    ("start", "number", "expected", "reason"),
    [
        ("2026-11-23", 15, "2026-12-14", "three plain weeks from a Monday"),
        ("2026-11-27", 1, "2026-11-30", "Friday to Monday"),
        ("2026-11-28", 1, "2026-11-30", "Saturday to Monday: the start never counts"),
        ("2026-11-29", 5, "2026-12-04", "a week from Sunday"),
        ("2026-04-02", 1, "2026-04-07", "over Good Friday and Easter Monday"),
        ("2026-04-03", 1, "2026-04-07", "from Good Friday itself"),
        ("2026-12-24", 1, "2026-12-29", "Christmas, a weekend, and Monday for Boxing Day"),
        ("2026-12-24", 3, "2026-12-31", "the last day of the year"),
        ("2026-12-24", 4, "2027-01-04", "over New Year's Day and a weekend"),
        ("2021-12-24", 1, "2021-12-29", "Christmas at a weekend: Monday and Tuesday instead"),
        ("2022-06-01", 1, "2022-06-06", "Spring Bank Holiday moved to Thursday, Jubilee Friday"),
        ("2022-05-27", 1, "2022-05-30", "its usual Monday was worked"),
        ("2022-09-16", 1, "2022-09-20", "State Funeral"),
        ("2023-05-05", 1, "2023-05-09", "Coronation"),
        ("2020-05-07", 1, "2020-05-11", "May Day moved to Friday"),
        ("2020-05-01", 1, "2020-05-04", "its usual Monday was worked"),
        ("2023-12-29", 1, "2024-01-02", "over a year's end"),
        ("2024-02-28", 1, "2024-02-29", "29 February is worked"),
        ("2026-03-27", 1, "2026-03-30", "the weekend the clocks go forward"),
        ("2026-10-23", 1, "2026-10-26", "the weekend the clocks go back"),
    ],
)
def test_working_days_are_counted(start, number, expected, reason):
    assert published_calendar().after(day(start), number) == day(expected), reason


@pytest.mark.parametrize(
    ("today", "worked", "reason"),
    [
        ("2026-11-23", True, "a Monday"),
        ("2026-11-28", False, "a Saturday"),
        ("2026-11-29", False, "a Sunday"),
        ("2026-12-28", False, "a substitute day"),
        ("2022-05-30", True, "the Monday from which the holiday was moved"),
    ],
)
def test_some_days_are_worked(today, worked, reason):
    assert published_calendar().is_working_day(day(today)) is worked, reason


@given(DAYS, NUMBERS)
def test_counting_ends_where_counting_by_hand_ends(start, number):
    assert published_calendar().after(start, number) == counted_by_hand(start, number)


@given(DAYS, NUMBERS)
def test_counting_always_ends_on_a_working_day_later_on(start, number):
    landed = published_calendar().after(start, number)
    assert landed > start
    assert published_calendar().is_working_day(landed)


@given(DAYS, DAYS, NUMBERS)
def test_a_later_start_never_ends_earlier(one, other, number):
    first, second = sorted([one, other])
    calendar = published_calendar()
    assert calendar.after(first, number) <= calendar.after(second, number)


@given(DAYS, NUMBERS, NUMBERS)
def test_counting_in_two_goes_is_counting_in_one(start, first, second):
    calendar = published_calendar()
    assert calendar.after(calendar.after(start, first), second) == calendar.after(
        start, first + second
    )


def test_the_first_and_the_last_day_admitted_can_be_counted_from():
    calendar = Calendar.of([])
    assert calendar.after(EARLIEST, 1) == day("1900-01-02")
    assert calendar.after(LATEST, 1) == day("2101-01-03")


@pytest.mark.parametrize(
    ("start", "number"), [("1899-12-31", 1), ("2101-01-01", 1), ("2100-12-31", 400)]
)
def test_days_outside_the_calendar_are_refused(start, number):
    with pytest.raises(DateOutOfRange):
        Calendar.of([]).after(day(start), number)


@pytest.mark.parametrize("number", [0, -1])
def test_nothing_is_counted_below_one(number):
    with pytest.raises(ValueError, match="from 1"):
        Calendar.of([]).after(day("2026-11-23"), number)
