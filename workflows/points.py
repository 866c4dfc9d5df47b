"""How much work one person is: caseload points. Pure.

Our defaults, from case weighting in the field: about fifty people an officer is taken as reasonable
(HMICFRS and the forces it inspected), and the mix of levels makes fifty people about 80 points.
They compare workloads; they order nothing and decide nothing.
"""

from decimal import Decimal
from typing import NamedTuple

#: Points of an actively managed person by level. A missing level counts as high.
LEVEL_POINTS = {
    "very_high": Decimal(6),
    "high": Decimal(3),
    "not_assessed": Decimal(3),
    "medium": Decimal("1.5"),
    "low": Decimal(1),
}
#: Points of a reactively managed person, whatever the level.
REACTIVE_POINTS = Decimal("0.25")
#: Added for a MAPPA level: multi-agency meetings and their actions.
MAPPA_POINTS = {2: Decimal(1), 3: Decimal(2)}
#: Someone registered in the last `NEW_DAYS` takes this much more.
NEW_DAYS, NEW_FACTOR = 90, Decimal("1.25")
#: Points that one full-time officer can carry.
CAPACITY = Decimal(80)


class Weight(NamedTuple):
    """What a person's points are worked out from."""

    level: str
    mode: str
    mappa_level: int | None
    is_new: bool

    @property
    def points(self) -> Decimal:
        """The points. KeyError for an unknown level."""
        if self.mode == "reactive":
            return REACTIVE_POINTS
        base = LEVEL_POINTS[self.level]
        if self.is_new:
            base *= NEW_FACTOR
        return base + MAPPA_POINTS.get(self.mappa_level or 0, Decimal(0))


def percent_of_capacity(points: Decimal) -> int:
    """`points` against what one officer can carry; 100 is full."""
    return round(100 * points / CAPACITY)
