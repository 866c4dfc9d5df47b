"""What other rules would do to the live caseload: visits, hours, and who would be overdue.

Pure over facts: everyone is worked out once under the rules that stand and once under the others,
and nothing is written. Restricted people count in every total and are named to nobody who may not
see them.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from rules.period import Period
from rules.rule import Rule
from rules.ruleset import RuleSet
from rules.workdays import Calendar
from workflows.models import Kind
from workflows.obligations import Facts, owed
from workflows.obligations.due import Question
from workflows.obligations.intervals import BY_PLAN, Interval
from workflows.obligations.person import whereabouts

#: Days of a month on average: 365.25 / 12.
DAYS_A_MONTH = Fraction(1461, 48)
VISIT = (Kind.HOME_VISIT, "")
#: Before the interval of somebody whose plan sets one.
EVERY = "every:"


class Shift(NamedTuple):
    """One thing owed that would be due at another date, or only under one of the rule sets.

    `now` and `then` are None where it is not owed under those rules. Overdue on `on`.
    """

    kind: str
    about: str
    now: dt.date | None
    then: dt.date | None
    was_overdue: bool
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody under both rule sets: what shifts, and how often they are visited.

    `level`: whose interval counts, or "every:" and the interval that a plan sets; None where no
    home visit is owed under those rules.
    """

    offender_id: int
    shifts: tuple[Shift, ...]
    overdue_now: int
    overdue_then: int
    level_now: str | None
    level_then: str | None


@dataclass(slots=True)
class Tally:
    """Counts of some people: everyone's, a team's or an officer's.

    `becomes_overdue` and `no_longer_overdue` count things owed on the day.
    """

    people: int = 0
    overdue_now: int = 0
    overdue_then: int = 0
    becomes_overdue: int = 0
    no_longer_overdue: int = 0
    earlier: int = 0
    later: int = 0
    visited_now: Counter[str] = field(default_factory=Counter)
    visited_then: Counter[str] = field(default_factory=Counter)

    def add(self, person: Person) -> None:
        """Count one more person."""
        self.people += 1
        self.overdue_now += person.overdue_now
        self.overdue_then += person.overdue_then
        if person.level_now is not None:
            self.visited_now[person.level_now] += 1
        if person.level_then is not None:
            self.visited_then[person.level_then] += 1
        for shift in person.shifts:
            self.becomes_overdue += shift.is_overdue and not shift.was_overdue
            self.no_longer_overdue += shift.was_overdue and not shift.is_overdue
            if shift.now is not None and shift.then is not None:
                self.earlier += shift.then < shift.now
                self.later += shift.then > shift.now


class Work(NamedTuple):
    """Home visits a month and the hours they take, one decimal."""

    visits: Decimal
    hours: Decimal


def compared(
    people: Iterable[Facts], before: RuleSet, after: RuleSet, calendar: Calendar, on: dt.date
) -> Iterator[Person]:
    """Everyone to whom something is owed on the London date `on`, under both rule sets."""
    is_same = before == after
    for facts in people:
        now = owed(facts, before, calendar, on)
        then = now if is_same else owed(facts, after, calendar, on)
        if not (now or then):
            continue
        was = {(item.kind, item.about): item.due_on for item in now}
        will = {(item.kind, item.about): item.due_on for item in then}
        yield Person(
            offender_id=facts.offender_id,
            shifts=tuple(_shifts(was, will, on)),
            overdue_now=sum(day < on for day in was.values()),
            overdue_then=sum(day < on for day in will.values()),
            level_now=_pace(facts, before, calendar, on) if VISIT in was else None,
            level_then=_pace(facts, after, calendar, on) if VISIT in will else None,
        )


def _pace(facts: Facts, rules: RuleSet, calendar: Calendar, on: dt.date) -> str:
    """The level, or the interval that stands instead, as `Person` says it."""
    level = max(facts.levels).level if facts.levels else "not_assessed"
    if not facts.plans:
        return level
    asked = Question(facts, whereabouts(facts.stays, on), rules, calendar)
    standing = Interval.on(asked, on)
    due = standing.due(on)
    if due.rule.startswith("visit.longest."):
        return f"{EVERY}{rules.rule(due.rule).length}"
    if due.rule == BY_PLAN and standing.plan is not None:
        return f"{EVERY}{standing.plan.interval}"
    return level


def work(visited: Counter[str], rules: RuleSet) -> Work:
    """What visiting so many people of each level at the intervals of `rules` takes a month."""
    visits = sum(
        (number * _visits_a_month(pace, rules) for pace, number in visited.items()),
        Fraction(0),
    )
    return Work(_rounded(visits), _rounded(visits * Fraction(rules.figure("visit.hours"))))


def _visits_a_month(pace: str, rules: RuleSet) -> Fraction:
    """How often in a month somebody is visited whose pace `Person` says."""
    if not pace.startswith(EVERY):
        return a_month(rules.rule(f"visit.interval.{pace}"))
    length = Period.parse(pace.removeprefix(EVERY))
    if length.unit in ("m", "y"):
        return Fraction(1, length.months)
    return DAYS_A_MONTH / length.days


def a_month(interval: Rule) -> Fraction:
    """How often in a month something comes that comes at this interval. Bank holidays left out."""
    period = interval.length
    if period.unit in ("m", "y"):
        return Fraction(1, period.months)
    days = Fraction(period.days * 7, 5) if interval.days == "working" else period.days
    return DAYS_A_MONTH / days


def _shifts(
    was: dict[tuple[str, str], dt.date], will: dict[tuple[str, str], dt.date], on: dt.date
) -> Iterator[Shift]:
    for key in sorted(was.keys() | will.keys()):
        now, then = was.get(key), will.get(key)
        if now != then:
            was_overdue, is_overdue = (day is not None and day < on for day in (now, then))
            yield Shift(*key, now, then, was_overdue, is_overdue)


def _rounded(number: Fraction) -> Decimal:
    return Decimal(round(number * 10)) / 10
