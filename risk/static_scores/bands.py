"""The bands of a static score, and at which figure each begins."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Band(StrEnum):
    """How likely sexual reoffending is, from least to most. Not the management level."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"

    @property
    def rank(self) -> int:
        """0 for the lowest."""
        return list(Band).index(self)

    @property
    def next_lower(self) -> "Band":
        """One band down; the lowest stays."""
        return list(Band)[max(self.rank - 1, 0)]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """One version of where the bands of a tool begin, lowest first.

    `begins`: points for OSP/DC, per cent for OSP/IIC; from that figure on.
    """

    tool: str
    version: str
    effective_from: dt.date
    source: str
    begins: tuple[tuple[Band, Decimal], ...]

    def band(self, figure: int | Decimal) -> Band:
        """The band of a figure."""
        return [band for band, begin in self.begins if figure >= begin][-1]
