"""A rule as the form of a proposal shows it: how it stands, its examples, and why it is refused."""

import datetime as dt
from typing import Any

from offenders.errors import Invalid
from rules.errors import Fault, RulesInvalid, RulesRefused
from rules.example import Example
from rules.period import Period
from rules.rule import Rule
from ui import words
from workflows.actions.rule_sets import standing

#: Faults that another example mends.
OF_EXAMPLES = {"example_fails", "example_missing"}
#: What is asked for where the change takes the old examples their ground.
ANOTHER = (
    "The examples of this rule do not come out right with the new period, so it needs a new one. "
    "Work it from a calendar; it takes the place of those there are."
)


def chosen_rule(name: str) -> dict[str, Any] | None:
    """A rule or figure that a proposal changes, as it stands; None where there is none so named.

    {id, now (words), examples (words of each)}.
    """
    rules = standing()
    rule = next((each for each in rules.rules if each.id == name), None)
    if rule is not None:
        return {"id": name, "now": _now(rule), "examples": [_example(one) for one in rule.examples]}
    figure = next((each for each in rules.figures if each.id == name), None)
    if figure is not None:
        return {"id": name, "now": f"{figure.value} {figure.unit}", "examples": []}
    return None


def refusals_of(
    error: Invalid | RulesInvalid | RulesRefused, *, has_example: bool
) -> dict[str, list[str]]:
    """What was refused, rule by rule where it is about rules: of examples at their fields.

    `has_example`: one was typed, and took the place of those that the rule had.
    """
    faults: tuple[Fault, ...] = getattr(error, "faults", ())
    if not faults:
        return {"": [str(error)]}
    of_examples = [fault for fault in faults if fault.code in OF_EXAMPLES]
    others = [fault for fault in faults if fault.code not in OF_EXAMPLES]
    asked = [ANOTHER] if of_examples and not has_example else []
    return {
        "": [_said(fault) for fault in others],
        "trigger": asked + [_said(fault) for fault in of_examples],
    }


def _said(fault: Fault) -> str:
    return f"{fault.about}: {fault.message}"


def _now(rule: Rule) -> str:
    if isinstance(rule.period, Period):
        return words.rule_words(rule)
    return f"{words.rule_period(rule)} ({words.rule_words(rule)})"


def _example(one: Example) -> str:
    away = "".join(
        f", away from {words.long_day(stay.since)} until {words.long_day(stay.until)}"
        for stay in one.away
    )
    return f"From {_moment(one.trigger)}{away}: due {_moment(one.due)} ({one.why})"


def _moment(of: dt.date) -> str:
    return words.london_moment(of) if isinstance(of, dt.datetime) else words.long_day(of)
