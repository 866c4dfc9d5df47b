"""The first places of a whole force by priority, without reading all of its work.

Walked by falling upper bound (`risk.ranking.top`): the work of people with a standing by its
ceiling, all other work by what its level and its lateness can come to at most. A walk that nothing
of can stand among the first is never begun. Equal to sorting everything, which a test compares.
"""

import datetime as dt
import heapq
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils import timezone

from risk.priority import LEVELS
from risk.ranking import Bounded, Place, Top, place, top
from risk.weights import DAY
from workflows.models import Kind
from workflows.queries.cursor import BadCursor
from workflows.queries.ranking import WORK, WORKED, Scale
from workflows.queries.sight import JOIN, Sight
from workflows.queries.sql import Clause, all_of, placeholders, read

#: Rows of one step of a walk.
CHUNK = 100
#: The human steps that are open, in the words of the partial index `task_force`.
OPEN = "t.flow_task_type = 'HUMAN' AND t.status IN ('NEW', 'ASSIGNED')"


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
        if self.scale.at < timezone.now() - DAY:
            raise BadCursor
        found: Top = top(self._rows(), self._scores.__getitem__, count, after=after)
        return Found(found.places, self.rows_read)

    def _rows(self) -> Iterator[Bounded]:
        """Every row of every walk, by the earliest place that it can have."""
        figures = self.scale.figures
        waiting: list[tuple[Place, int, Bounded | None, Iterator[Bounded]]] = []
        own = self._of_named()
        walks = [(place(has_unactioned_critical=True, score=_ABOVE_ALL, key=-1), own)]
        for level in LEVELS:
            walks.append((walks[0][0], self._with_standing(level)))
            for interval, kinds in self._kinds_by_interval(level).items():
                most = figures.most(level)
                starts = place(has_unactioned_critical=False, score=most, key=-1)
                walks.append((starts, self._without(level, kinds, interval)))
        for number, (starts, rows) in enumerate(walks):
            heapq.heappush(waiting, (starts, number, None, rows))
        while waiting:
            _, number, row, rows = heapq.heappop(waiting)
            if row is not None:
                yield row
            following = next(rows, None)
            if following is not None:
                heapq.heappush(waiting, (following.earliest, number, following, rows))

    def _of_named(self) -> Iterator[Bounded]:
        """Of people of whom the viewer is named for an item: few, and weighed item by item."""
        rows = [self._scored(row) for row in self._read(self.sight.named)]
        yield from sorted(rows, key=lambda row: row.earliest)

    def _with_standing(self, level: str) -> Iterator[Bounded]:
        """Of people with a standing, by its ceiling and all that the level can come to."""
        most = self.scale.figures.most(level)
        of_level = Clause("t.level = %s AND s.id IS NOT NULL", (level,)) & ~self.sight.named
        beyond = Clause("1 = 1")
        order = "s.has_unactioned_critical DESC, s.ceiling DESC, t.due_on, t.id"
        while rows := self._read(of_level & beyond, order=order, columns=", s.ceiling"):
            for row in rows:
                found = self._scored(row)
                yield found._replace(ceiling=most + row[-1])
            critical, ceiling, due_on, key = bool(rows[-1][_CRITICAL]), rows[-1][-1], *_last(rows)
            beyond = Clause(
                "(s.has_unactioned_critical < %s OR (s.has_unactioned_critical = %s"
                " AND (s.ceiling < %s OR (s.ceiling = %s AND (t.due_on, t.id) > (%s, %s)))))",
                (critical, critical, ceiling, ceiling, due_on, key),
            )

    def _without(self, level: str, kinds: Sequence[str], interval: int) -> Iterator[Bounded]:
        """Of everybody else, first due first, by what can be made of a due date."""
        of_level = Clause(
            f"t.level = %s AND s.id IS NULL AND t.kind IN ({placeholders(kinds)})",
            (level, *kinds),
        )
        wanted, beyond = of_level & ~self.sight.named, Clause("1 = 1")
        while rows := self._read(wanted & beyond, order="t.due_on, t.id"):
            for row in rows:
                days = (self.scale.as_of - row[1]).days
                most = self.scale.figures.most_at(level, days, interval)
                yield self._scored(row)._replace(ceiling=most)
            beyond = Clause("(t.due_on, t.id) > (%s, %s)", _last(rows))

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

    def _kinds_by_interval(self, level: str) -> dict[int, list[str]]:
        """Kinds of work whose lateness is measured alike."""
        found: dict[int, list[str]] = defaultdict(list)
        for kind in Kind.values:
            found[self.scale.usual_days(level, kind)].append(kind)
        return found


#: Columns up to the end of `Sight.weighed`, after which the standing is put.
_WEIGHED = 1 + WORKED + 4
_CRITICAL = 1 + WORKED + 1
#: More than any score: a walk that begins there is begun first.
_ABOVE_ALL = 10**9


def _last(rows: Sequence[tuple[Any, ...]]) -> tuple[dt.date, int]:
    return rows[-1][1], rows[-1][0]
