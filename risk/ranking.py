"""The order of a list, and the first places of a long one without reading it all. Pure.

Who has a critical indicator about which something is still to be done stands first, then by score,
then what is due first, then by key (PRACTICE 18). A stored ceiling is an upper bound of a score for
ever after, so a list that is walked by falling ceiling can stop early and still be exact.
"""

import datetime as dt
from bisect import insort
from collections.abc import Callable, Iterable
from typing import NamedTuple

#: Where a row stands: less is before. Without an unactioned critical indicator, minus score, due
#: date, key.
Place = tuple[bool, int, dt.date, int]
#: The due date of rows that have none: they are ordered by key.
NO_DATE = dt.date.min


def place(
    *, has_unactioned_critical: bool, score: int, key: int, due_on: dt.date = NO_DATE
) -> Place:
    """Where a row of that score stands in a list. No two rows of different keys stand alike."""
    return not has_unactioned_critical, -score, due_on, key


class Bounded(NamedTuple):
    """A row by what is stored of it. `ceiling`: its score is at most so much."""

    key: int
    has_unactioned_critical: bool
    ceiling: int
    due_on: dt.date = NO_DATE

    @property
    def earliest(self) -> Place:
        """Where it stands at the most; rows are walked in this order."""
        return self.at(self.ceiling)

    def at(self, score: int) -> Place:
        """Where it stands with that score."""
        return place(
            has_unactioned_critical=self.has_unactioned_critical,
            score=score,
            key=self.key,
            due_on=self.due_on,
        )


class Top(NamedTuple):
    """The first places of a list, and how many rows were scored to find them."""

    places: tuple[Place, ...]
    visited: int

    @property
    def keys(self) -> tuple[int, ...]:
        """The keys of the rows, first to last."""
        return tuple(place[-1] for place in self.places)


def top(
    rows: Iterable[Bounded],
    score_of: Callable[[int], int],
    count: int,
    *,
    after: Place | None = None,
) -> Top:
    """The first `count` places: those that sorting every row by its true score would give.

    `rows` come by `earliest`, and no more of them are taken than needed. `score_of`: the true
    score of a key. `after`: only places after that one, the last of the page before. A ceiling
    below its score is out of date, and then none is trusted: every row is read. Raises ValueError
    for rows in another order.
    """
    best: list[Place] = []
    visited = 0
    are_trusted = True
    walked: Place | None = None
    for row in rows:
        if walked is not None and row.earliest < walked:
            raise ValueError("The rows are not in the order of their ceilings.")
        walked = row.earliest
        if are_trusted and len(best) >= count and (not best or walked > best[-1]):
            break
        visited += 1
        score = score_of(row.key)
        are_trusted = are_trusted and score <= row.ceiling
        found = row.at(score)
        if after is None or found > after:
            insort(best, found)
            del best[count:]
    return Top(tuple(best), visited)
