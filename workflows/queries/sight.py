"""What people's indicators amount to for one viewer: what counts in a score, and what may be told.

The score is everybody's. What the viewer may not open is one reason without its type, and a secret
item is in the score of its named users alone (PRACTICE 14). Standings are read with the row they
stand beside; only about people of whom the viewer is named for an item the items are read.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
from django.db.models import QuerySet

from accounts.actor import Actor
from accounts.policy import Action
from offenders.models import Offender
from risk.models import Indicator, IndicatorAccess
from risk.standing import NOTHING, Standing
from risk.weights import IndicatorScale
from workflows.queries import scope
from workflows.queries.sql import Clause, read
from workflows.weighing import LiveRow, live_rows, scale_of

#: The standing of the person `o` beside a row.
JOIN = " LEFT JOIN risk_indicatorstanding s ON s.offender_id = o.id"
#: People about whom the viewer is named for a restricted item, in whose row not everything is.
NAMED = """o.id IN (
    SELECT i.offender_id FROM risk_indicatoraccess a JOIN risk_indicator i ON i.id = a.indicator_id
     WHERE a.user_id = %s AND a.ended_at IS NULL AND i.is_restricted
       AND i.state IN ('untriaged', 'triaged') AND i.offender_id IS NOT NULL)"""


class Indicated(NamedTuple):
    """`whole` counts in the score; `seen`, a part of it, may be told by code."""

    whole: Standing = NOTHING
    seen: Standing = NOTHING


#: Of somebody about whom there is nothing.
NONE = Indicated()


class Sight:
    """Reads standings as `actor` sees them on a London date.

    `weighed`: the columns that decide the score; `told`: the same with what may be told. Both end
    with the key of the person. `named`: whether the viewer is named for an item about `o`.
    """

    def __init__(self, actor: Actor, today: dt.date) -> None:
        self._actor = actor
        self._today = today
        self.named = named = Clause("1 = 0")
        if actor.user_id is not None:
            self.named = named = Clause(NAMED, (actor.user_id,))
        opens = scope.people(actor, Action.INDICATOR_VIEW)
        critical = "s.has_unactioned_critical"
        self.weighed = Clause(f"s.terms, {critical}, ({named.sql}), o.id AS person", named.params)
        self.told = Clause(
            f"s.terms, {critical}, s.open_terms, ({opens.sql}), ({named.sql}), o.id AS person",
            opens.params + named.params,
        )

    def wholes(self, rows: Collection[tuple[Any, ...]]) -> list[Standing]:
        """What counts for each row of `weighed`, in order. No statement, or two."""
        named = self._named({row[3] for row in rows if row[2]})
        return [
            named[person].whole if person in named else _read(terms, critical)
            for terms, critical, _, person in rows
        ]

    def indicated(self, rows: Collection[tuple[Any, ...]]) -> list[Indicated]:
        """What counts and what may be told of each row of `told`, in order. As many statements."""
        named = self._named({row[5] for row in rows if row[4]})
        return [named[row[5]] if row[5] in named else _kept(*row[:4]) for row in rows]

    def of_person(self, person: int) -> Indicated:
        """What counts and what may be told of one person. One statement, or three."""
        told = self.told
        statement = f"SELECT {told.sql} FROM offenders_offender o{JOIN} WHERE o.id = %s"  # noqa: S608
        [found] = self.indicated(read(Clause(statement, (*told.params, person))))
        return found

    def of_rows(self, rows: Collection[LiveRow], scale: IndicatorScale) -> Indicated:
        """The same worked out from items that are or were about one person. Two statements.

        What no longer is about them is told as it was while it was.
        """
        if not rows:
            return NONE
        keys, person = [row.key for row in rows], next(iter(rows)).offender_id
        access = IndicatorAccess.objects.filter(indicator__in=keys, ended_at=None)
        named = set(access.filter(user=self._actor.user_id).values_list("indicator", flat=True))
        seen = Offender.objects.permitted(self._actor, Action.INDICATOR_VIEW)
        opens = seen.filter(pk=person).exists()
        opened = {row.key for row in rows if opens and (row.key in named or not row.is_restricted)}
        return _worked_out(rows, opened, scale)

    def _named(self, people: Collection[int]) -> dict[int, Indicated]:
        """Worked out from the items, of those people of whom there is anything live."""
        if not people:
            return {}
        live = Indicator.objects.live().filter(offender__in=people)
        opened, of_person = self._opened(live), defaultdict(list)
        for row in live_rows(live, self._today):
            of_person[row.offender_id].append(row)
        scale = scale_of(self._today)
        return {key: _worked_out(of_person[key], opened, scale) for key in people}

    def _opened(self, rows: "QuerySet[Indicator]") -> set[int]:
        """The keys of those that the viewer may open."""
        mine = Indicator.objects.permitted(self._actor, Action.INDICATOR_VIEW)
        return set(mine.filter(pk__in=rows.values("pk")).values_list("pk", flat=True))


def _worked_out(rows: Collection[LiveRow], opened: set[int], scale: IndicatorScale) -> Indicated:
    counting = [row for row in rows if row.key in opened or not row.is_secret]
    return Indicated(
        Standing.of([row.live for row in counting], scale),
        Standing.of([row.live for row in counting if row.key in opened], scale),
    )


def _kept(terms: Any, critical: Any, open_terms: Any, opens: Any) -> Indicated:
    if terms is None:
        return NONE
    whole = _read(terms, critical)
    if not opens:
        return Indicated(whole, NOTHING)
    return Indicated(whole, whole if _is_null(open_terms) else _read(open_terms, False))


def _is_null(value: Any) -> bool:
    """A column without a value, or with the null of JSON."""
    return value is None or value == "null"


def _read(terms: Any, critical: Any) -> Standing:
    return NOTHING if terms is None else _parsed(terms, bool(critical))


@lru_cache(maxsize=16_384)
def _parsed(terms: str, critical: bool) -> Standing:
    return Standing.read(orjson.loads(terms), has_unactioned_critical=critical)
