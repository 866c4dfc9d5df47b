"""Numbers for the drawings on the pages: bars and steps as SVG attributes, never as style."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ui.words import RISK_WORDS, day_label, risk_words

#: Width of the workload drawing, in its own units; the right edge stands for 140% of capacity.
WORKLOAD_WIDTH = 700
WORKLOAD_FULL = 500

CHART_LEFT, CHART_RIGHT = 56, 326
#: Height on the chart of each level, from low up.
LEVEL_HEIGHTS = dict(zip(RISK_WORDS, (86, 64, 42, 20), strict=True))


@dataclass(frozen=True, slots=True)
class Band:
    """One stretch of a workload bar."""

    level: str
    x: int
    width: int


def workload(bands: Sequence[Mapping[str, object]], capacity: Decimal | int) -> list[Band]:
    """Stretches for points by risk level against a capacity in points, clipped at the edge."""
    drawn, x = [], 0
    for band in bands:
        points = Decimal(str(band["points"]))
        width = round(points * WORKLOAD_FULL / capacity) if capacity else 0
        width = min(width, WORKLOAD_WIDTH - x)
        if width > 0:
            drawn.append(Band(str(band["level"]), x, max(width - 2, 1)))
            x += width
    return drawn


def workload_words(bands: Sequence[Mapping[str, object]]) -> str:
    """The bar in words: "Very high 24, High 64"."""
    return ", ".join(f"{risk_words(str(band['level']))} {band['points']}" for band in bands)


@dataclass(frozen=True, slots=True)
class Step:
    """A change of risk level on the chart."""

    x: int
    y: int
    label: str


def level_steps(history: Sequence[Mapping[str, object]], today: date) -> list[Step]:
    """Points of the risk chart, oldest first; entries without a level are left out."""
    known = [(entry["on"], str(entry["level"])) for entry in history if entry["level"]]
    dated = [(on, level) for on, level in known if isinstance(on, date) and level in RISK_WORDS]
    if not dated:
        return []
    first = dated[0][0]
    span = max((today - first).days, 1)
    return [
        Step(
            CHART_LEFT + round((on - first).days * (CHART_RIGHT - CHART_LEFT) / span),
            LEVEL_HEIGHTS[level],
            f"{risk_words(level)} from {day_label(on, today)}",
        )
        for on, level in dated
    ]


def step_path(steps: Sequence[Step]) -> str:
    """The line through the steps, held level until the next and on to today."""
    if not steps:
        return ""
    moves = [f"M{steps[0].x} {steps[0].y}", *(f"H{step.x}V{step.y}" for step in steps[1:])]
    return "".join([*moves, f"H{CHART_RIGHT}"])
