"""How one person's open obligations differ from what is owed. Pure."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from workflows.obligations import Owed

#: What tells the obligations of one person apart: (kind, about).
Key = tuple[str, str]


class Open(NamedTuple):
    """What the comparison needs of an open obligation."""

    id: int
    kind: str
    about: str
    due_on: dt.date
    rule: str
    version: int


@dataclass(frozen=True, slots=True)
class Changes:
    """How one person's open obligations differ from what is owed."""

    opened: tuple[Owed, ...] = ()
    moved: tuple[tuple[Open, Owed], ...] = ()
    done: tuple[Open, ...] = ()
    dropped: tuple[Open, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.opened or self.moved or self.done or self.dropped)

    def without_unmoved(self) -> "Changes":
        """These, less what was done and is owed again by the same day and rule.

        Such an act moved no clock, being dated before the last one: what is owed stays as it is,
        with its deferrals (PRACTICE 2).
        """
        again = {(item.kind, item.about, item.due_on, item.rule) for item in self.opened}
        stays = {
            (row.kind, row.about)
            for row in self.done
            if (row.kind, row.about, row.due_on, row.rule) in again
        }
        if not stays:
            return self
        return Changes(
            tuple(item for item in self.opened if (item.kind, item.about) not in stays),
            self.moved,
            tuple(row for row in self.done if (row.kind, row.about) not in stays),
            self.dropped,
        )


def differences(
    owing: Iterable[Owed], standing: Iterable[Open], done: Collection[Key] = ()
) -> Changes:
    """What must be opened, moved and closed so that `standing` says what is owed."""
    left: dict[Key, Owed] = {(item.kind, item.about): item for item in owing}
    moved, fulfilled, dropped = [], [], []
    for row in standing:
        key = (row.kind, row.about)
        if key in done:
            fulfilled.append(row)
            continue
        item = left.pop(key, None)
        if item is None:
            dropped.append(row)
        elif (item.due_on, item.rule) != (row.due_on, row.rule):
            moved.append((row, item))
    return Changes(tuple(left.values()), tuple(moved), tuple(fulfilled), tuple(dropped))
