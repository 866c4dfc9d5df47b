"""Date arithmetic as the law and the rule set count it. Pure: London dates in, London dates out.

`after` does not count the day of the trigger, `beginning_with` counts it as day 1, `before` counts
back from an event, `absolute` is the anniversary itself. A date has no clock, so that summer time
changes nothing here; hours are counted in `Rule.due_at`.
"""

import datetime as dt
from calendar import monthrange
from functools import lru_cache

from rules.period import Period

#: Dates that may start a count. Nobody managed was born or convicted before 1900.
EARLIEST = dt.date(1900, 1, 1)
LATEST = dt.date(2100, 12, 31)
#: A result may lie further ahead: records are kept for 100 years from a date of birth.
LATEST_RESULT = dt.date(2200, 12, 31)

#: Room for one night's work: every date of a century with a few periods each.
_REMEMBERED = 1 << 17


class DateOutOfRange(ValueError):
    """A date that no rule can be counted from or to. Most often a mistyped year."""


@lru_cache(maxsize=_REMEMBERED)
def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month `months` later, or earlier when negative.

    Where that month is too short it is its last day: 31 January and one month is 28 February,
    29 February and twelve months is 28 February. Raises DateOutOfRange.
    """
    _require_trigger(day)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not EARLIEST.year <= year <= LATEST_RESULT.year:
        raise DateOutOfRange(f"{months} months from {day} is outside the years counted here.")
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_days(day: dt.date, days: int) -> dt.date:
    """`days` calendar days later, or earlier when negative. Raises DateOutOfRange."""
    _require_trigger(day)
    ordinal = day.toordinal() + days
    if not EARLIEST.toordinal() <= ordinal <= LATEST_RESULT.toordinal():
        raise DateOutOfRange(f"{days} days from {day} is outside the years counted here.")
    return dt.date.fromordinal(ordinal)


@lru_cache(maxsize=_REMEMBERED)
def after(day: dt.date, period: Period) -> dt.date:
    """The last day of a period that does not count `day`. Raises DateOutOfRange, ValueError."""
    if period.unit in ("m", "y"):
        return add_months(day, period.months)
    return add_days(day, period.days)


@lru_cache(maxsize=_REMEMBERED)
def before(day: dt.date, period: Period) -> dt.date:
    """The latest day that is a whole period ahead of `day`. Raises DateOutOfRange, ValueError."""
    if period.unit in ("m", "y"):
        return add_months(day, -period.months)
    return add_days(day, -period.days)


@lru_cache(maxsize=_REMEMBERED)
def beginning_with(day: dt.date, period: Period) -> dt.date:
    """The last day of a period in which `day` is day 1 (as in s.83(1), "beginning with").

    Days: day + n - 1. Months and years: the day before the anniversary. Raises DateOutOfRange,
    ValueError.
    """
    if period.unit in ("m", "y"):
        return add_months(day, period.months) - dt.timedelta(days=1)
    return add_days(day, period.days - 1)


def absolute(day: dt.date, period: Period) -> dt.date:
    """The day after the end of a period beginning with `day`: its anniversary (s.91B).

    Raises DateOutOfRange, ValueError.
    """
    return after(day, period)


def whole_years(since: dt.date, on: dt.date) -> int:
    """Whole years from a day to another, as ages are counted. From 29 February: on 1 March."""
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def _require_trigger(day: dt.date) -> None:
    if not EARLIEST <= day <= LATEST:
        raise DateOutOfRange(f"{day} is not between {EARLIEST} and {LATEST}.")
