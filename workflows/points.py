"""How much work one person is: caseload points. Pure.

The numbers are figures of the rule set in force, a force's to change; our defaults come from case
weighting in the field. They compare workloads; they order nothing and decide nothing.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Self

from offenders.models import ManagementLevel
from rules.ruleset import RuleSet

#: MAPPA levels that add points: multi-agency meetings and their actions.
MAPPA_LEVELS = (2, 3)
#: The share of someone in full time.
FULL = Decimal(1)


class Weight(NamedTuple):
    """What a person's points are worked out from."""

    level: str
    mode: str
    mappa_level: int | None
    is_new: bool
    #: Under a live sexual harm prevention order with a live condition about devices.
    has_devices: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """The figures of one rule set. `levels`: of somebody actively managed, by level.

    `reactive`: of somebody reactively managed, whatever the level. `mappa`: added by MAPPA level.
    Someone registered in the last `new_days` takes `new_factor` times the points of the level, and
    someone whose devices an order limits `devices_factor` times; both where both are so.
    `capacity`: points that one full-time officer can carry; who has more than `over` times what
    they can carry is overloaded. A duty due within `imminent_days` is pointed out when its person
    changes officer.
    """

    levels: Mapping[str, Decimal]
    reactive: Decimal
    mappa: Mapping[int, Decimal]
    new_factor: Decimal
    new_days: int
    devices_factor: Decimal
    capacity: Decimal
    over: Decimal
    imminent_days: int

    @classmethod
    def of(cls, rules: RuleSet) -> Self:
        """As `rules` say. Raises UnknownRule for a figure that is not there."""
        figure = rules.figure
        return cls(
            levels={level: figure(f"caseload.points.{level}") for level in ManagementLevel.values},
            reactive=figure("caseload.points.reactive"),
            mappa={level: figure(f"caseload.points.mappa_{level}") for level in MAPPA_LEVELS},
            new_factor=figure("caseload.new.factor"),
            new_days=int(figure("caseload.new.days")),
            devices_factor=figure("caseload.devices.factor"),
            capacity=figure("caseload.capacity"),
            over=figure("caseload.over"),
            imminent_days=int(figure("caseload.imminent.days")),
        )

    def points(self, weight: Weight) -> Decimal:
        """The points of one person. KeyError for an unknown level."""
        if weight.mode == "reactive":
            return self.reactive
        base = self.levels[weight.level]
        if weight.is_new:
            base *= self.new_factor
        if weight.has_devices:
            base *= self.devices_factor
        return base + self.mappa.get(weight.mappa_level or 0, Decimal(0))

    def carried_by(self, share: Decimal) -> Decimal:
        """The points that an officer with `share` of full time can carry."""
        return self.capacity * share

    def percent(self, points: Decimal, share: Decimal = FULL) -> int | None:
        """`points` against what the officer can carry; 100 is full.

        None: nothing can be carried, and there is something.
        """
        carried = self.carried_by(share)
        if not carried:
            return None if points else 0
        return round(100 * points / carried)

    def is_over(self, points: Decimal, share: Decimal = FULL) -> bool:
        """Whether `points` overload an officer with `share` of full time."""
        return points > self.carried_by(share) * self.over

    def new_since(self, today: dt.date) -> dt.date:
        """The first relevant date that counts as newly registered."""
        return today - dt.timedelta(days=self.new_days)
