"""The first places of a whole force by priority, without reading all of its work.

Walked by falling upper bound (`risk.ranking.top`): the work of people with a standing by its
ceiling, all other work by what its level and its lateness can come to at most. Walks are so many
that the bounds are close: what is due later, and what nothing else presses for, comes to little. A
walk that nothing of can stand among the first is never begun. Equal to sorting everything, which a
test compares.
"""

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from django.utils import timezone

from risk.priority import LEVELS, STATUTORY
from risk.ranking import Bounded, Place, Top, place, top
from risk.weights import DAY
from workflows.models import Kind
from workflows.queries.cursor import BadCursor
from workflows.queries.ranking import WORK, WORKED, Scale
from workflows.queries.sight import JOIN, Sight
from workflows.queries.sql import Clause, all_of, placeholders, read

#: How long a list goes on as it began: ceilings are of the day before (`workflows.standings`).
LONGEST_READ = DAY
#: Rows of one step of a walk.
CHUNK = 40
#: The human steps that are open, in the words of the partial index `task_force`.
OPEN = "t.flow_task_type = 'HUMAN' AND t.status IN ('NEW', 'ASSIGNED')"
#: Steps of which more than level and due date is weighed; most have none of these.
PRESSED = Clause(
    "(t.escalated_at IS NOT NULL OR t.attempt_by IS NOT NULL"
    " OR t.order_ends_on IS NOT NULL OR t.changed_on IS NOT NULL)"
)
NOT_CRITICAL = Clause("NOT s.has_unactioned_critical")


class Found(NamedTuple):
    """The first places, and how many rows were read to find them."""

    places: tuple[Place, ...]
    rows_read: int


@dataclass(slots=True)
class Walks:
    """Walks over one force's open tasks that `conditions` leave, as `sight` weighs them."""

    force_id: int
    conditions: Sequence[Clause]
    scale: Scale
    sight: Sight
    rows_read: int = 0
    _scores: dict[int, int] = field(default_factory=dict)

    def first(self, count: int, after: Place | None) -> Found:
        """The first `count` places, after that one.

        Raises BadCursor for an instant more than a day ago, of which the ceilings know nothing.
        """
        if self.scale.at < timezone.now() - LONGEST_READ:
            raise BadCursor
        found: Top = top(self._rows(), self._scores.__getitem__, count, after=after)
        return Found(found.places, self.rows_read)

    def _rows(self) -> Iterator[Bounded]:
        """Every row of every walk, by the earliest place that it can have."""
        waiting: list[tuple[Place, int, Bounded | None, Iterator[Bounded]]] = []
        for number, (starts, rows) in enumerate(self._walks()):
            heapq.heappush(waiting, (starts, number, None, rows))
        while waiting:
            _, number, row, rows = heapq.heappop(waiting)
            if row is not None:
                yield row
            following = next(rows, None)
            if following is not None:
                heapq.heappush(waiting, (following.earliest, number, following, rows))

    def _walks(self) -> Iterator[tuple[Place, Iterator[Bounded]]]:
        """Each walk with a place that none of its rows is before. Two statements."""
        first = place(has_unactioned_critical=True, score=_ABOVE_ALL, key=-1)
        yield first, self._of_named()
        highest = self._highest_ceiling()
        for level in LEVELS:
            critical = Clause("t.level = %s AND s.has_unactioned_critical", (level,))
            yield first, self._with_standing(critical, self.scale.figures.most(level))
            for of_walk, most in self._bands(level):
                if highest is not None:
                    starts = _place_of(most + highest)
                    yield starts, self._with_standing(of_walk & NOT_CRITICAL, most)
            for interval, is_statutory, kinds in self._alike(level):
                for pressed in (PRESSED, ~PRESSED):
                    most_at = partial(
                        self.scale.figures.most_at,
                        level,
                        interval_days=interval,
                        is_statutory=is_statutory,
                        is_pressed=pressed is PRESSED,
                    )
                    of_walk = Clause(
                        f"t.level = %s AND t.kind IN ({placeholders(kinds)})", (level, *kinds)
                    )
                    starts = _place_of(most_at(days_overdue=_LONG))
                    yield starts, self._without(of_walk & pressed, most_at)

    def _of_named(self) -> Iterator[Bounded]:
        """Of people of whom the viewer is named for an item: few, and weighed item by item."""
        rows = [self._scored(row) for row in self._read(self.sight.named)]
        yield from sorted(rows, key=lambda row: row.earliest)

    def _with_standing(self, of_walk: Clause, most: int) -> Iterator[Bounded]:
        """Of people with a standing, by its ceiling and the `most` that comes besides."""
        wanted = of_walk & Clause("s.offender_id IS NOT NULL") & ~self.sight.named
        beyond = Clause("1 = 1")
        order = "s.ceiling DESC, t.due_on, t.id"
        while rows := self._read(wanted & beyond, order=order, columns=", s.ceiling"):
            for row in rows:
                yield self._scored(row)._replace(ceiling=most + row[-1])
            ceiling, due_on, key = rows[-1][-1], *_last(rows)
            beyond = Clause(
                "(s.ceiling < %s OR (s.ceiling = %s AND (t.due_on, t.id) > (%s, %s)))",
                (ceiling, ceiling, due_on, key),
            )

    def _without(self, of_walk: Clause, most_at: Callable[..., int]) -> Iterator[Bounded]:
        """Of everybody else, first due first, by what can be made of a due date."""
        wanted = of_walk & Clause("s.offender_id IS NULL") & ~self.sight.named
        beyond = Clause("1 = 1")
        while rows := self._read(wanted & beyond, order="t.due_on, t.id"):
            for row in rows:
                most = most_at(days_overdue=(self.scale.as_of - row[1]).days)
                yield self._scored(row)._replace(ceiling=most)
            beyond = Clause("(t.due_on, t.id) > (%s, %s)", _last(rows))

    def _bands(self, level: str) -> Iterator[tuple[Clause, int]]:
        """Work of a level by when it is due, pressed or not, with the most that it comes to.

        What is due later never comes to more: the first day of a band speaks for all of it.
        """
        figures, as_of = self.scale.figures, self.scale.as_of
        edges = sorted({0, figures.soon_days + 1, figures.ahead_days + 1})
        bands = zip((-_LONG, *edges), (*edges, None), strict=True)
        for begins, ends in bands:
            due = Clause("t.level = %s", (level,))
            if begins != -_LONG:
                due &= Clause("t.due_on >= %s", (as_of + begins * DAY,))
            if ends is not None:
                due &= Clause("t.due_on < %s", (as_of + ends * DAY,))
            for pressed in (PRESSED, ~PRESSED):
                most = figures.most_at(level, -begins, 1, is_pressed=pressed is PRESSED)
                yield due & pressed, most

    def _highest_ceiling(self) -> int | None:
        """Of the force's standings in which nothing critical waits; None without any."""
        statement = Clause(
            "SELECT MAX(s.ceiling) FROM risk_indicatorstanding s JOIN offenders_offender o"
            " ON o.id = s.offender_id WHERE NOT s.has_unactioned_critical AND o.force_id = %s",
            (self.force_id,),
        )
        found: int | None = read(statement)[0][0]
        return found

    def _read(
        self, further: Clause, *, order: str = "", columns: str = ""
    ) -> list[tuple[Any, ...]]:
        """Key, work and what it weighs of some open tasks; a chunk where there is an order."""
        weighed = self.sight.weighed
        where = all_of(
            [Clause(f"{OPEN} AND t.force_id = %s", (self.force_id,)), *self.conditions, further]
        )
        cut = f" ORDER BY {order} LIMIT {CHUNK:d}" if order else ""
        rows = read(
            Clause(
                f"SELECT t.id, {WORK}, {weighed.sql}{columns}"  # noqa: S608
                f" FROM workflows_task t JOIN offenders_offender o ON o.id = t.offender_id{JOIN}"
                f" WHERE {where.sql}{cut}",
                weighed.params + where.params,
            )
        )
        self.rows_read += len(rows)
        wholes = self.sight.wholes([row[1 + WORKED : _WEIGHED] for row in rows])
        return [
            (*row[:_WEIGHED], whole, *row[_WEIGHED:])
            for row, whole in zip(rows, wholes, strict=True)
        ]

    def _scored(self, row: tuple[Any, ...]) -> Bounded:
        """A row with its true score for a ceiling."""
        stands = self.scale.place(row[0], row[1 : 1 + WORKED], row[_WEIGHED])
        self._scores[row[0]] = -stands[1]
        return Bounded(row[0], not stands[0], -stands[1], stands[2])

    def _alike(self, level: str) -> Iterator[tuple[int, bool, list[str]]]:
        """Kinds of work that are weighed alike: days of their interval, and whether of statute."""
        found: dict[tuple[int, bool], list[str]] = defaultdict(list)
        for kind in Kind.values:
            found[self.scale.usual_days(level, kind), kind in STATUTORY].append(kind)
        yield from ((*alike, kinds) for alike, kinds in found.items())


#: Columns up to the end of `Sight.weighed`, after which the standing is put.
_WEIGHED = 1 + WORKED + 4
#: More than any score: a walk that begins there is begun first.
_ABOVE_ALL = 10**9
#: Days later than anything is.
_LONG = 10**6


def _place_of(most: int) -> Place:
    """That which no row is before that comes to `most` at the most."""
    return place(has_unactioned_critical=False, score=most, key=-1)


def _last(rows: Sequence[tuple[Any, ...]]) -> tuple[dt.date, int]:
    return rows[-1][1], rows[-1][0]
