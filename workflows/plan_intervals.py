"""How a plan's visit interval compares with what the level asks, by the rules of a day. Pure."""

import datetime as dt

from rules.dates import after
from rules.period import Period
from rules.rule import Rule
from rules.ruleset import RuleSet
from rules.workdays import Calendar

#: Months differ in length: compared from each day of a year and a leap day.
COMPARED = 366


def is_longer(
    interval: Period | None, level: str, rules: RuleSet, calendar: Calendar, today: dt.date
) -> bool:
    """Whether somebody would be visited less often than the level asks: an inspector's to agree."""
    return _leads_later(interval, rules.rule(f"visit.interval.{level}"), calendar, today)


def is_too_long(
    interval: Period | None, level: str, rules: RuleSet, calendar: Calendar, today: dt.date
) -> bool:
    """Whether no plan may set it at that level (rule `visit.longest`), whoever agrees."""
    return _leads_later(interval, rules.rule(f"visit.longest.{level}"), calendar, today)


def _leads_later(interval: Period | None, rule: Rule, calendar: Calendar, today: dt.date) -> bool:
    """Whether from some day of the coming year it leads to a later day than the rule.

    31 days are longer than a month, from a day in February.
    """
    if interval is None:
        return False
    days = (today + dt.timedelta(days=n) for n in range(COMPARED))
    return any(after(day, interval) > rule.due(day, calendar) for day in days)
