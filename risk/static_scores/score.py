"""A static score with its working."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from risk.static_scores.bands import Band

#: Per cent are kept to four decimals, halves up: enough to tell every score from the next.
PERCENT = Decimal("0.0001")


class Reduction(StrEnum):
    """Whether the band of OSP/DC is one lower after five years, and why not."""

    APPLIED = "applied"
    NOT_OF_THIS_TOOL = "not_of_this_tool"
    LOW_ALREADY = "low_already"
    DETAINED = "detained"
    PROVISIONAL = "provisional"
    #: A day is not known: what is not known lowers nothing.
    NOT_KNOWN = "not_known"
    TOO_SOON = "too_soon"


@dataclass(frozen=True, slots=True)
class Contribution:
    """One item of a score: the figure that counted and its points.

    `value`: None where it is not known, and then the fewest points count. `points`: None for
    OSP/IIC, where the first row that fits decides.
    """

    code: str
    value: int | None
    points: int | None


@dataclass(frozen=True, slots=True)
class Score:
    """One calculation. `points`: 0 to 64, None for OSP/IIC. `percent`: the
    published likelihood, four decimals. `adjusted_band`: `band`, or one lower. `missing`: inputs
    that the score needs and that are not known, in the order of its items.
    """

    tool: str
    model_version: str
    thresholds_version: str
    contributions: tuple[Contribution, ...]
    points: int | None
    percent: Decimal
    band: Band
    adjusted_band: Band
    reduction: Reduction
    missing: tuple[str, ...]

    @property
    def is_provisional(self) -> bool:
        """Points, likelihood and band are the least they can be.

        No reduction is applied; once all is known the adjusted band may be one lower for it.
        """
        return bool(self.missing)

    def working(self) -> dict[str, Any]:
        """How it came about, as JSON takes it."""
        return {
            "contributions": [
                {"code": one.code, "value": one.value, "points": one.points}
                for one in self.contributions
            ],
            "missing": list(self.missing),
        }


def rounded(percent: Decimal) -> Decimal:
    """Per cent as they are kept."""
    return percent.quantize(PERCENT, rounding=ROUND_HALF_UP)
