"""Dates counted the slow way, a day at a time, from the committed list of bank holidays.

It owes nothing to `rules`: no table, no shared arithmetic. What both say is likely to be right.
"""

import csv
import datetime as dt
from functools import cache
from pathlib import Path

EXTRACT = Path(__file__).parents[1] / "data" / "bank_holidays.csv"
ONE_DAY = dt.timedelta(days=1)
#: The years of the extract.
YEARS = range(2010, 2036)


@cache
def bank_holidays() -> dict[dt.date, str]:
    """Every bank holiday of the extract, with its name."""
    with EXTRACT.open(encoding="utf-8") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {dt.date.fromisoformat(row["on"]): row["name"] for row in rows}


def is_worked(day: dt.date) -> bool:
    """Whether offices are open."""
    return day.strftime("%a") not in ("Sat", "Sun") and day not in bank_holidays()


def working_days_after(day: dt.date, number: int) -> dt.date:
    """The `number`th working day after `day`."""
    while number:
        day += ONE_DAY
        number -= is_worked(day)
    return day


def days_after(day: dt.date, number: int) -> dt.date:
    """`number` days after `day`, stepping over each midnight."""
    step = ONE_DAY if number >= 0 else -ONE_DAY
    for _ in range(abs(number)):
        day += step
    return day


def months_after(day: dt.date, number: int) -> dt.date:
    """The same day of the month that many months away, or that month's last day."""
    year, month = day.year, day.month
    for _ in range(abs(number)):
        month += 1 if number > 0 else -1
        if month in (0, 13):
            year, month = (year + 1, 1) if month == 13 else (year - 1, 12)
    return dt.date(year, month, min(day.day, length_of_month(year, month)))


def length_of_month(year: int, month: int) -> int:
    """Thirty days hath September."""
    if month == 2:
        is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        return 29 if is_leap else 28
    return 30 if month in (4, 6, 9, 11) else 31
