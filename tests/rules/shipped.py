"""What the tests of this room share: the shipped rules, and bank holidays as published."""

import datetime as dt
from functools import cache
from pathlib import Path

import rules
from rules.ruleset import RuleSet, load
from rules.workdays import Calendar

DEFAULT = Path(rules.__file__).with_name("default.yaml")

#: Bank holidays in England and Wales as gov.uk/bank-holidays published them, month and day, typed
#: in by hand: an answer that owes nothing to the package the table is seeded from.
PUBLISHED: dict[int, str] = {
    2011: "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27",  # royal wedding
    2012: "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26",  # Diamond Jubilee
    2018: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",  # May Day moved to VE Day
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",  # Christmas on a Saturday
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",  # Jubilee, State Funeral
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",  # Coronation
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",  # Boxing Day on a Saturday
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}


def day(text: str) -> dt.date:
    """A date as the tables of the tests write it: "2026-11-23"."""
    return dt.date.fromisoformat(text)


def published(year: int) -> list[dt.date]:
    """The bank holidays of one year."""
    return [day(f"{year}-{month_and_day}") for month_and_day in PUBLISHED[year].split()]


@cache
def default_rules() -> RuleSet:
    """The rule set this service ships with."""
    return load(DEFAULT.read_text(encoding="utf-8"))


@cache
def published_calendar() -> Calendar:
    """Working days in the years whose published bank holidays are above."""
    return Calendar.of(holiday for year in PUBLISHED for holiday in published(year))
