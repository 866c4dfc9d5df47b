"""Working days of 2010 to 2035 against a list that is ours, and dates worked out by hand."""

import datetime as dt

import pytest

from rules import current
from rules.models import BankHoliday
from rules.workdays import Calendar
from tests.rules.by_hand import (
    ONE_DAY,
    YEARS,
    bank_holidays,
    days_after,
    is_worked,
    working_days_after,
)
from tests.rules.shipped import PUBLISHED, day, published

CALENDAR = Calendar.of(bank_holidays())

#: Days that a proclamation gave once, and the Mondays that it took for them.
ONCE = {
    "2011-04-29": "Wedding",
    "2012-06-05": "Diamond Jubilee",
    "2022-06-03": "Platinum Jubilee",
    "2022-09-19": "State Funeral",
    "2023-05-08": "Coronation",
}
MOVED = {"2012-05-28": "2012-06-04", "2020-05-04": "2020-05-08", "2022-05-30": "2022-06-02"}


def easter_sunday(year: int) -> dt.date:
    """Gauss's rule as Clavius's tables have it: golden number, epact, the Sunday that follows."""
    golden = year % 19 + 1
    century = year // 100 + 1
    solar, lunar = 3 * century // 4 - 12, (8 * century + 5) // 25 - 5
    epact = (11 * golden + 20 + lunar - solar) % 30
    if epact == 24 or (epact == 25 and golden > 11):
        epact += 1
    full_moon = 44 - epact
    full_moon += 30 if full_moon < 21 else 0
    moon = dt.date(year, 3, 1) + dt.timedelta(days=full_moon - 1)
    return moon + dt.timedelta(days=7 - moon.weekday() - 1 if moon.weekday() < 6 else 7)


def by_the_act(year: int) -> set[dt.date]:
    """The usual eight days of a year: Act of 1971, New Year's Day and May Day by proclamation."""
    easter = easter_sunday(year)
    usual = {easter - 2 * ONE_DAY, easter + ONE_DAY}
    usual.add(_weekday_on_or_after(dt.date(year, 1, 1)))
    usual |= {_monday_from(dt.date(year, 5, 1)), _monday_from(dt.date(year, 5, 25))}
    usual.add(_monday_from(dt.date(year, 8, 25)))
    for on in (dt.date(year, 12, 25), dt.date(year, 12, 26)):
        usual.add(on if on.weekday() < 5 and on not in usual else _free_after(on, usual))
    return usual


def _weekday_on_or_after(on: dt.date) -> dt.date:
    while on.weekday() > 4:
        on += ONE_DAY
    return on


def _monday_from(on: dt.date) -> dt.date:
    while on.weekday() != 0:
        on += ONE_DAY
    return on


def _free_after(on: dt.date, taken: set[dt.date]) -> dt.date:
    """The next weekday that is not a holiday already; Boxing Day keeps its own Monday."""
    christmas_on_sunday = (on.month, on.day, on.weekday()) == (12, 25, 6)
    on += 2 * ONE_DAY if christmas_on_sunday else ONE_DAY
    while on.weekday() > 4 or on in taken:
        on += ONE_DAY
    return on


@pytest.mark.parametrize("year", YEARS)
def test_the_extract_is_the_usual_days_and_those_that_a_proclamation_gave_or_moved(year):
    listed = {on for on in bank_holidays() if on.year == year}
    given = {day(on) for on in (*ONCE, *MOVED.values()) if on.startswith(str(year))}
    taken = {day(on) for on in MOVED if on.startswith(str(year))}
    assert listed == (by_the_act(year) | given) - taken


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_extract_agrees_with_the_years_typed_from_the_published_page(year):
    assert sorted(on for on in bank_holidays() if on.year == year) == published(year)


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2010, "04-04"), (2011, "04-24"), (2016, "03-27"), (2024, "03-31"), (2035, "03-25")],
)
def test_easter_is_worked_out_without_any_package(year, expected):
    assert easter_sunday(year) == day(f"{year}-{expected}")


@pytest.mark.django_db
@pytest.mark.parametrize("year", YEARS)
def test_the_seeded_bank_holidays_are_those_of_the_extract(year):
    seeded = BankHoliday.objects.filter(on__year=year).values_list("on", flat=True)
    assert set(seeded) == {on for on in bank_holidays() if on.year == year}


@pytest.mark.django_db
def test_the_calendar_in_force_works_the_days_that_are_worked():
    calendar, on = current.calendar(), dt.date(2010, 1, 1)
    while on.year in YEARS:
        assert calendar.is_working_day(on) == is_worked(on), on
        on += ONE_DAY


@pytest.mark.parametrize("number", [1, 2, 3, 5, 10, 15])
def test_every_day_of_26_years_counts_as_it_does_a_day_at_a_time(number):
    on = dt.date(2010, 1, 1)
    while on < dt.date(2035, 12, 1):
        assert CALENDAR.after(on, number) == working_days_after(on, number), on
        on += ONE_DAY


@pytest.mark.parametrize(
    ("start", "number", "expected", "reason"),
    [
        ("2010-04-01", 1, "2010-04-06", "Thursday before Easter to the Tuesday"),
        ("2010-12-24", 1, "2010-12-29", "Christmas on a Saturday: Monday and Tuesday instead"),
        ("2011-04-21", 1, "2011-04-26", "over Easter"),
        ("2011-04-21", 3, "2011-04-28", "and to the eve of the wedding"),
        ("2011-04-28", 1, "2011-05-03", "wedding on Friday, May Day on Monday"),
        ("2011-12-30", 1, "2012-01-03", "New Year's Day on a Sunday"),
        ("2012-05-25", 1, "2012-05-28", "its usual Monday was worked in 2012"),
        ("2012-06-01", 1, "2012-06-06", "Monday moved, Tuesday for the jubilee"),
        ("2013-12-24", 1, "2013-12-27", "Christmas on a Wednesday"),
        ("2014-05-02", 5, "2014-05-12", "one Monday in a week"),
        ("2015-12-24", 1, "2015-12-29", "Boxing Day on a Saturday"),
        ("2016-03-24", 1, "2016-03-29", "an Easter in March"),
        ("2016-12-23", 1, "2016-12-28", "Christmas on a Sunday: Monday and Tuesday"),
        ("2016-12-30", 1, "2017-01-03", "New Year's Day on a Sunday again"),
        ("2018-08-24", 1, "2018-08-28", "the last Monday of August"),
        ("2020-05-01", 5, "2020-05-11", "Monday worked, Friday not: VE Day"),
        ("2020-12-24", 3, "2020-12-31", "Friday, and Monday for Saturday"),
        ("2021-12-24", 5, "2022-01-05", "two days for Christmas, one for New Year's Day"),
        ("2022-06-01", 1, "2022-06-06", "Thursday and Friday for the jubilee"),
        ("2022-09-16", 1, "2022-09-20", "the funeral"),
        ("2023-04-28", 6, "2023-05-10", "May Day, then the coronation a week later"),
        ("2024-02-28", 2, "2024-03-01", "29 February is worked"),
        ("2025-04-17", 2, "2025-04-23", "Easter on 20 April"),
        ("2026-12-24", 5, "2027-01-05", "Boxing Day on a Saturday, New Year's Day on a Friday"),
        ("2027-12-24", 1, "2027-12-29", "as in 2021"),
        ("2028-12-29", 1, "2029-01-02", "over a plain New Year's Day"),
        ("2032-12-24", 1, "2032-12-29", "as in 2010, a leap year"),
        ("2033-12-30", 1, "2034-01-03", "New Year's Day 2034 on a Sunday"),
        ("2035-03-22", 1, "2035-03-27", "an Easter on 25 March, as the clocks go forward"),
    ],
)
def test_working_days_worked_out_with_a_wall_calendar(start, number, expected, reason):
    assert CALENDAR.after(day(start), number) == day(expected), reason
    assert working_days_after(day(start), number) == day(expected), reason


def test_the_slow_way_counts_days_back_too():
    assert days_after(day("2028-03-01"), -1) == day("2028-02-29")
