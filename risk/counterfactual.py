"""Where a row of a list would stand if something were otherwise. Pure, and nothing is changed.

"A visit today moves this from 4th to 61st": what an officer would get for the work, said before it.
"""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from risk.differences import Difference, differences
from risk.priority import Contribution, score
from risk.ranking import NO_DATE, Place, place


class Item(NamedTuple):
    """One row of a list with the reasons for its score."""

    key: int
    reasons: tuple[Contribution, ...]
    has_unactioned_critical: bool = False
    due_on: dt.date = NO_DATE

    @property
    def place(self) -> Place:
        """Where it stands among others."""
        return place(
            has_unactioned_critical=self.has_unactioned_critical,
            score=score(self.reasons),
            key=self.key,
            due_on=self.due_on,
        )


class Move(NamedTuple):
    """From which place to which, counted from 1; `becomes` None where the row leaves the list.

    `differences`: what of its score makes the move.
    """

    was: int
    becomes: int | None
    differences: tuple[Difference, ...]


def moved(items: Iterable[Item], key: int, altered: Item | None) -> Move:
    """Where the row `key` of a list would stand as `altered`, all others as they are.

    `altered` may have another key, as the next visit has: it takes the place of the row. None: the
    row leaves. KeyError where `key` is not in the list.
    """
    others = {item.key: item for item in items}
    row = others.pop(key)
    places = [item.place for item in others.values()]
    return Move(
        was=_standing_among(places, row),
        becomes=None if altered is None else _standing_among(places, altered),
        differences=differences(row.reasons, () if altered is None else altered.reasons),
    )


def _standing_among(places: Iterable[Place], item: Item) -> int:
    return 1 + sum(place < item.place for place in places)
