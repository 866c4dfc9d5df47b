"""What one live indicator of online risk is worth at an instant. Pure.

Points = severity x reliability of its grade x the type's factor x what its age leaves x the
order's factor. Its clock starts when its triage and the action that came of it are closed: before
that it does not fade, however old it is (PRACTICE 18, docs/decisions/0024).
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Self

from risk.grading import GRADES
from risk.indicator_codes import HalfLife, Severity
from rules.ruleset import RuleSet

DAY = dt.timedelta(days=1)


class Live(NamedTuple):
    """One live indicator of a person, as it is weighed.

    `grade`: such as "1A". `engages_order`: it may breach a live condition. `decays_from`: when
    triage and the action that came of it were closed, None while either is open.
    """

    code: str
    severity: str
    grade: str
    engages_order: bool = False
    is_untriaged: bool = False
    decays_from: dt.datetime | None = None

    @property
    def is_unactioned_critical(self) -> bool:
        """A critical one about which something is still to be done: triage, or its action."""
        return self.severity == Severity.CRITICAL and self.decays_from is None


@dataclass(frozen=True, slots=True)
class IndicatorScale:
    """The figures of one rule set by which indicators are weighed.

    `points` by severity, `reliability` by grade ("1A"), `half_lives` by code in days, `factors` by
    code: how much more or less a type counts than another of its severity. All indicators of one
    code give at most `cap` points together.
    """

    points: Mapping[str, Decimal]
    reliability: Mapping[str, Decimal]
    order_factor: Decimal
    cap: float
    half_lives: Mapping[str, int]
    factors: Mapping[str, Decimal]

    @classmethod
    def of(cls, rules: RuleSet, half_lives: Mapping[str, HalfLife]) -> Self:
        """As `rules` say, for the codes in `half_lives` (`risk.indicator_types.half_lives`).

        Raises UnknownRule for a figure that is not there.
        """
        figure = rules.figure
        return cls(
            points={one: figure(f"indicator.points.{one}") for one in Severity.values},
            reliability={one: figure(f"indicator.reliability.{one.lower()}") for one in GRADES},
            order_factor=figure("indicator.order.factor"),
            cap=float(figure("indicator.cap")),
            half_lives={
                code: int(figure(f"indicator.half_life.{half_life.value}"))
                for code, half_life in half_lives.items()
            },
            factors={code: figure(f"indicator.factor.{code.lower()}") for code in half_lives},
        )

    def digest(self) -> str:
        """SHA-256 hex of the figures: standings of other figures are worked out again."""
        numbers = [self.points, self.reliability, self.order_factor, self.cap]
        figures = [*numbers, self.half_lives, self.factors]
        said = json.dumps(figures, sort_keys=True, default=str)
        return hashlib.sha256(said.encode()).hexdigest()

    def weight(self, one: Live) -> float:
        """The points of an indicator before any decay. KeyError for an unknown code or grade.

        Before triage neither its grade nor its type discounts a critical one: nobody has looked
        yet.
        """
        points = self.points[one.severity]
        if not (one.is_untriaged and one.severity == Severity.CRITICAL):
            points *= self.reliability[one.grade] * self.factors[one.code]
        return float(points * self.order_factor if one.engages_order else points)

    def points_at(self, one: Live, at: dt.datetime) -> float:
        """The points of an indicator at an instant; an instant before its clock counts as that."""
        weight = self.weight(one)
        if one.decays_from is None:
            return weight
        age = max((at - one.decays_from) / DAY, 0.0)
        return float(weight * 2.0 ** (-age / self.half_lives[one.code]))
