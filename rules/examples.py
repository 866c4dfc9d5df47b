"""Whether the worked cases of a rule set come out right."""

import datetime as dt
from collections.abc import Iterator

from rules.dates import LATEST, DateOutOfRange
from rules.errors import Fault
from rules.example import Example
from rules.rule import Rule
from rules.ruleset import RuleSet
from rules.workdays import Calendar


def failing(rules: RuleSet, calendar: Calendar) -> list[Fault]:
    """Every reason why the examples of `rules` do not bear it out.

    `example_missing`: a rule in force that leads to a date or an instant shows none.
    `example_fails`: one comes out otherwise, disabled rules included.
    """
    return [fault for rule in rules.rules for fault in _failing(rule, calendar)]


def uncountable(rules: RuleSet, calendar: Calendar) -> list[Fault]:
    """Rules so long that from some day nothing can be counted: `out_of_range`."""
    return [
        Fault("out_of_range", rule.id, "That is too long to be counted from every day.")
        for rule in rules.rules
        if rule.leads_to == "date" and not _can_always_be_counted(rule, calendar)
    ]


def _failing(rule: Rule, calendar: Calendar) -> Iterator[Fault]:
    if rule.enabled and rule.leads_to and not rule.examples:
        yield Fault("example_missing", rule.id, "Add an example with its due date.")
    for example in rule.examples:
        found = _found(rule, example, calendar)
        if found != example.due:
            said = "nothing" if found is None else _said(found)
            message = f"From {_said(example.trigger)} the example expects {_said(example.due)}"
            yield Fault("example_fails", rule.id, f"{message}, and the rule gives {said}.")


def _said(day: dt.date) -> str:
    """A day, or an instant to the minute, as people write it."""
    clock = f" at {day:%H:%M}" if isinstance(day, dt.datetime) else ""
    return f"{day:%-d %B %Y}{clock}"


def _found(rule: Rule, example: Example, calendar: Calendar) -> dt.date | None:
    if isinstance(example.trigger, dt.datetime):
        return rule.due_at(example.trigger)
    try:
        return rule.due_around(example.trigger, calendar, example.stays)
    except ValueError:
        # Too far from now for any count, which no example can be right about.
        return None


def _can_always_be_counted(rule: Rule, calendar: Calendar) -> bool:
    try:
        rule.due(LATEST, calendar)
    except DateOutOfRange:
        return False
    return True
