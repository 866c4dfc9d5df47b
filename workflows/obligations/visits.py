"""When the next home visit is due (PRACTICE 2 to 5, 13 and 16; docs/decisions/0019).

The clock starts with the last effective visit and is then told, in order, everything that has
happened since. What it was told stays: the day on which the answer is asked plays no part.
"""

import datetime as dt
from collections.abc import Iterator
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

from offenders.models import ManagementLevel, ManagementMode
from workflows.obligations.due import Due, Question
from workflows.obligations.intervals import RANK, Interval
from workflows.obligations.person import ModeDecided, PlanAgreed

ONE_DAY = dt.timedelta(days=1)


class Place(IntEnum):
    """What happened, in the order in which the events of one day are told."""

    RETURNED = 0
    LOCATED = 1
    LEVEL = 2
    PLAN = 3
    ACTIVE_AGAIN = 4
    DIRECTED = 5


class Event(NamedTuple):
    """Something that can move the date. `order` settles two decisions of one day."""

    on: dt.date
    place: Place
    order: int = 0
    level: str = ""
    days_away: int | None = None
    visit_by: dt.date = dt.date.max
    plan: PlanAgreed | None = None


def home_visit(asked: Question) -> Due:
    """The next home visit of a person who is actively managed and in the community."""
    return _told(asked).due


def is_visit_asked_for(asked: Question) -> bool:
    """Whether something that happened asks for a visit, besides the round: a return, being located,
    a direction, active management again, or that there was none yet. Only a visit answers it."""
    return _told(asked).is_asked_for


def _told(asked: Question) -> "VisitClock":
    clock = VisitClock(asked)
    for event in sorted(_events(asked, clock.since)):
        clock.tell(event)
    return clock


class VisitClock:
    """When a visit is due, and what changes that.

    The answer is the earlier of two: the interval since the last effective visit (`_interval`),
    and the earliest day that an event asked for since (`_cap`), which only a visit takes away.
    A long stay or reactive management stops the clock of that visit for good: what a raised level
    asks for afterwards goes again when it is lowered.
    """

    def __init__(self, asked: Question) -> None:
        """Start with the last effective visit; where there is none, no interval runs."""
        self._asked = asked
        self._cap: Due | None = None
        self._interval: Due | None = None
        self._runs = asked.facts.last_visited_on is not None
        visited_on = asked.facts.last_visited_on
        if visited_on is None:
            self._every = Interval(asked, ManagementLevel.NOT_ASSESSED.value)
            name, self.since = asked.began(also_abroad=True)
            self._cap = asked.due("visit.initial", name, self.since)
        else:
            self._every = Interval.on(asked, visited_on)
            self.since = visited_on
            self._interval = self._every.due(visited_on)

    @property
    def due(self) -> Due:
        """The due date as told so far. One of the two always runs."""
        if self._interval is None or self._cap is None:
            return self._interval or self._cap  # type: ignore[return-value]
        return min(self._interval, self._cap)

    @property
    def is_asked_for(self) -> bool:
        """Whether an event asked for a visit by some day, however early the interval ends."""
        return self._cap is not None

    def tell(self, event: Event) -> None:
        """Take in one event. Events come in their order."""
        match event.place:
            case Place.RETURNED:
                self._return(event)
            case Place.LOCATED:
                self._ask(self._asked.due("visit.located", "located", event.on))
            case Place.LEVEL:
                self._decide_level(event)
            case Place.PLAN:
                self._agree_plan(event)
            case Place.ACTIVE_AGAIN:
                self._return_to_active(event)
            case Place.DIRECTED:
                self._direct(event)

    def _return(self, event: Event) -> None:
        """From custody, hospital or abroad. After a long stay what was due before is dropped."""
        due = self._asked.due("visit.after_release", "release", event.on)
        if self._asked.is_long(event.days_away):
            self._start_from(due)
        else:
            self._ask(due)

    def _direct(self, event: Event) -> None:
        """Brought forward to a day that someone decided (PRACTICE 4)."""
        day = event.visit_by
        cited = (("direction", event.on.isoformat()), ("visit_by", day.isoformat()))
        self._ask(Due(day, "visit.directed", cited))

    def _decide_level(self, event: Event) -> None:
        """A decision on the level. Within one rank it changes no date (PRACTICE 3).

        Where a plan's interval stands whatever the level, a lower one changes no date either.
        """
        before = self._every
        self._every = before.at_level(event.level)
        raised = RANK[event.level] - RANK[before.level]
        visited_on = self._asked.facts.last_visited_on
        if visited_on is None or raised == 0:
            return
        new = self._every.due(visited_on)
        if raised > 0:
            limit = self._asked.due("visit.after_level_raised", "level_raised", event.on)
            self._shorten(new, limit)
        elif before.plan is None or new.on != before.due(visited_on).on:
            self._lengthen(new, event.on)

    def _agree_plan(self, event: Event) -> None:
        """A plan comes into force, with its own interval or with the level's again."""
        before = self._every
        self._every = before.by_plan(event.plan)
        visited_on = self._asked.facts.last_visited_on
        if visited_on is None:
            return
        old, new = before.due(visited_on), self._every.due(visited_on)
        if new.on < old.on:
            self._shorten(new, self._asked.due("visit.after_plan", "plan_agreed", event.on))
        elif new.on > old.on:
            self._lengthen(new, event.on)

    def _shorten(self, new: Due, limit: Due) -> None:
        """The earlier of the date so far and a new one that leaves some days from the decision."""
        new = max(new, limit)
        self._interval = new if self._interval is None else min(self._interval, new)

    def _lengthen(self, new: Due, decided_on: dt.date) -> None:
        """The new interval, unless the visit was overdue already."""
        if self._interval is not None and self.due.on >= decided_on:
            self._interval = new if self._runs else None

    def _return_to_active(self, event: Event) -> None:
        """The end of reactive management: a date that fell meanwhile does not count."""
        limit = self._asked.due("visit.reactive_return", "active_again", event.on)
        if not event.on < self.due.on < limit.on:
            self._start_from(limit)

    def _start_from(self, due: Due) -> None:
        """Have the visit due then, and drop what was due before."""
        self._interval, self._cap, self._runs = None, due, False

    def _ask(self, due: Due) -> None:
        """Have the visit due no later than that."""
        self._cap = due if self._cap is None else min(self._cap, due)


def _events(asked: Question, since: dt.date) -> list[Event]:
    """What happened after `since`."""
    facts, where = asked.facts, asked.where
    found = [Event(day, Place.LOCATED) for day in where.located_on]
    if facts.last_visited_on is not None:
        found += [Event(back.on, Place.RETURNED, days_away=back.days) for back in where.returns]
    for to in facts.levels:
        found.append(Event(to.on, Place.LEVEL, to.order, to.level))
    for agreed in facts.plans:
        found.append(Event(agreed.on, Place.PLAN, agreed.order, plan=agreed))
    if len(facts.modes) > 1:
        found += _returns_to_active(facts.modes)
    found = [event for event in found if event.on > since]
    # What was directed on the very day of a visit was done by it.
    first = since if facts.last_visited_on is None else since + ONE_DAY
    for given_on, visit_by, visited_on in facts.directions:
        # In the write-up of that very visit, it is about the one after.
        is_after = visited_on is not None and visited_on == facts.last_visited_on
        if given_on >= first or is_after:
            found.append(Event(given_on, Place.DIRECTED, visit_by=visit_by))
    return found


def _returns_to_active(modes: tuple[ModeDecided, ...]) -> Iterator[Event]:
    for before, to in pairwise(sorted(modes)):
        if before.mode == ManagementMode.REACTIVE and to.mode == ManagementMode.ACTIVE:
            yield Event(to.on, Place.ACTIVE_AGAIN, to.order)
