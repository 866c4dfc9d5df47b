"""When the next home visit is due (PRACTICE 2 to 5, 13 and 16).

The clock starts with the last effective visit and is then told, in order, everything that has
happened since. What it was told stays: the day on which the answer is asked plays no part.
"""

import datetime as dt
from collections.abc import Iterator
from enum import IntEnum
from itertools import pairwise
from typing import NamedTuple

from offenders.models import ManagementLevel, ManagementMode
from offenders.models.management import DecisionOrigin
from workflows.obligations.due import Due, Question
from workflows.obligations.person import LevelDecided, ModeDecided

ONE_DAY = dt.timedelta(days=1)

#: A missing level counts as high, never as low.
RANK: dict[str, int] = {
    ManagementLevel.LOW: 1,
    ManagementLevel.MEDIUM: 2,
    ManagementLevel.HIGH: 3,
    ManagementLevel.NOT_ASSESSED: 3,
    ManagementLevel.VERY_HIGH: 4,
}


class Place(IntEnum):
    """What happened, in the order in which the events of one day are told."""

    RETURNED = 0
    LOCATED = 1
    LEVEL = 2
    ACTIVE_AGAIN = 3
    DIRECTED = 4


class Event(NamedTuple):
    """Something that can move the date. `order` settles two decisions of one day."""

    on: dt.date
    place: Place
    order: int = 0
    level: str = ""
    days_away: int | None = None
    visit_by: dt.date = dt.date.max


def home_visit(asked: Question) -> Due:
    """The next home visit of a person who is actively managed and in the community."""
    clock = VisitClock(asked)
    for event in sorted(_events(asked, clock.since)):
        clock.tell(event)
    return clock.due


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
            self._level = ManagementLevel.NOT_ASSESSED.value
            name, self.since = asked.began(also_abroad=True)
            self._cap = asked.due("visit.initial", name, self.since)
        else:
            self._level = _level_at(asked.facts.levels, visited_on)
            self.since = visited_on
            self._interval = self._interval_from(visited_on)

    @property
    def due(self) -> Due:
        """The due date as told so far. One of the two always runs."""
        if self._interval is None or self._cap is None:
            return self._interval or self._cap  # type: ignore[return-value]
        return min(self._interval, self._cap)

    def tell(self, event: Event) -> None:
        """Take in one event. Events come in their order."""
        match event.place:
            case Place.RETURNED:
                self._return(event)
            case Place.LOCATED:
                self._ask(self._asked.due("visit.located", "located", event.on))
            case Place.LEVEL:
                self._decide_level(event)
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

        Raised: the earlier of the date so far and a new one that leaves some days from the
        decision. Lowered: the new interval, unless the visit was overdue already.
        """
        raised = RANK[event.level] - RANK[self._level]
        self._level = event.level
        visited_on = self._asked.facts.last_visited_on
        if visited_on is None or raised == 0:
            return
        new = self._interval_from(visited_on)
        if raised > 0:
            new = max(new, self._asked.due("visit.after_level_raised", "level_raised", event.on))
            self._interval = new if self._interval is None else min(self._interval, new)
        elif self._interval is not None and self.due.on >= event.on:
            self._interval = new if self._runs else None

    def _return_to_active(self, event: Event) -> None:
        """The end of reactive management: a date that fell meanwhile does not count."""
        limit = self._asked.due("visit.reactive_return", "active_again", event.on)
        if not event.on < self.due.on < limit.on:
            self._start_from(limit)

    def _start_from(self, due: Due) -> None:
        """Have the visit due then, and drop what was due before."""
        self._interval, self._cap, self._runs = None, due, False

    def _interval_from(self, visited_on: dt.date) -> Due:
        on, rule, cited = self._asked.due(
            f"visit.interval.{self._level}", "last_effective_visit", visited_on
        )
        return Due(on, rule, (*cited, ("level", self._level)))

    def _ask(self, due: Due) -> None:
        """Have the visit due no later than that."""
        self._cap = due if self._cap is None else min(self._cap, due)


def _level_at(levels: tuple[LevelDecided, ...], day: dt.date) -> str:
    """The level that stood on `day`: not assessed before the first.

    A first level that we took over stood before we did, however late that was.
    """
    standing = [decided for decided in levels if decided.on <= day]
    if standing:
        return max(standing).level
    if levels and (first := min(levels)).origin == DecisionOrigin.IMPORTED:
        return first.level
    return ManagementLevel.NOT_ASSESSED.value


def _events(asked: Question, since: dt.date) -> list[Event]:
    """What happened after `since`."""
    facts, where = asked.facts, asked.where
    found = [Event(day, Place.LOCATED) for day in where.located_on]
    if facts.last_visited_on is not None:
        found += [Event(back.on, Place.RETURNED, days_away=back.days) for back in where.returns]
    for to in facts.levels:
        found.append(Event(to.on, Place.LEVEL, to.order, to.level))
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
