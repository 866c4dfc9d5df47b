"""The words in which the parts of this package answer."""

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from rules.ruleset import RuleSet
from rules.workdays import Calendar
from workflows.obligations.person import Facts, Whereabouts

#: The facts an answer rests on, as (name, ISO date or code), for the page's "why".
Cited = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing owed, when, by which rule, and from which facts.

    `about` tells apart what can be owed more than once, such as "release:2028-01-10".
    """

    kind: str
    about: str
    due_on: dt.date
    rule: str
    inputs: Cited = ()


class Due(NamedTuple):
    """A due date, the rule that gave it and the facts it rests on. The earliest sorts first."""

    on: dt.date
    rule: str
    inputs: Cited = ()


class Question(NamedTuple):
    """What a due date is worked out from: the facts, where the person is, and the rules."""

    facts: Facts
    where: Whereabouts
    rules: RuleSet
    calendar: Calendar

    def due(self, rule: str, name: str, since: dt.date) -> Due:
        """What `rule` says from `since`, which is the fact called `name`."""
        on = self.rules.rule(rule).due(since, self.calendar)
        return Due(on, rule, ((name, since.isoformat()),))

    def began(self) -> tuple[str, dt.date]:
        """The name and day from which a person without history is counted.

        The latest release where that is later than the latest relevant date.
        """
        relevant_date = max(basis.relevant_date for basis in self.facts.bases)
        released_on = self.where.released_on
        if released_on is not None and released_on > relevant_date:
            return "release", released_on
        return "relevant_date", relevant_date
