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

    @property
    def relevant_date(self) -> dt.date:
        """The latest of the person's relevant dates."""
        return max(basis.relevant_date for basis in self.facts.bases)

    def began(self, *, also_abroad: bool = False) -> tuple[str, dt.date]:
        """The name and day from which a person without history is counted.

        The latest relevant date, or a later return: from the stay in which it fell, or from one
        that was long. A short stay starts nothing again: what was overdue stays so (PRACTICE 5).
        """
        name, since = "relevant_date", self.relevant_date
        for back in self.where.returns:
            counts = back.was_detained or also_abroad
            starts_again = self.is_long(back.days) or back.holds(self.relevant_date)
            if counts and starts_again and back.on > since:
                name, since = "release", back.on
        return name, since

    def after_stay(self, due: Due, *, or_missing: bool = True) -> Due:
        """`due` of something that waits while the person is away, such as a review.

        What fell due meanwhile is due some days after the return (rule `review.after_return`); what
        was overdue before stays so (PRACTICE 5). `or_missing`: whether it waits for a missing
        person too.
        """
        for since, until in self.where.absences if or_missing else self._returns:
            if until is not None and since <= due.on < until:
                due = self.due("review.after_return", "return", until)
        return due

    @property
    def _returns(self) -> list[tuple[dt.date, dt.date | None]]:
        """From custody, hospital or abroad, as (since, until), in order."""
        return [(back.since, back.on) for back in self.where.returns if back.since is not None]

    def is_long(self, days: int | None) -> bool:
        """Whether a stay is as long as `release.minimum_stay`; an unknown length is long."""
        return days is None or days >= self.rules.rule("release.minimum_stay").length.days
