"""OSP/DC: how likely a man is to reoffend by direct contact. A sum of points, 0 to 64."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, localcontext

from risk.static_scores.bands import Band, Thresholds
from risk.static_scores.inputs import DAYS, Inputs
from risk.static_scores.score import Contribution, Reduction, Score, rounded
from rules.dates import whole_years

TOOL = "osp_dc"

#: Three days decide on the five-year reduction; the last sanction does not.
_COUNTED_FROM = tuple(day for day in DAYS if day != "last_sexual_sanction_on")


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its points from each figure on, lowest figure first."""

    code: str
    points: tuple[tuple[int, int], ...]

    def points_of(self, value: int | None) -> int:
        """The points of a figure; of one that is not known the fewest."""
        if value is None:
            return min(points for _, points in self.points)
        return [points for begin, points in self.points if value >= begin][-1]


@dataclass(frozen=True, slots=True)
class PointsModel:
    """One version of OSP/DC. Per cent: 100 / (1 + e^-(intercept + slope x points))."""

    tool: str
    version: str
    effective_from: dt.date
    sexes: tuple[str, ...]
    from_age: int
    source: str
    items: tuple[Item, ...]
    intercept: Decimal
    slope: Decimal
    reduction_years: int

    def percent(self, points: int) -> Decimal:
        """The likelihood of so many points; of none it is 0, as published."""
        if points == 0:
            return rounded(Decimal(0))
        with localcontext(prec=28):
            odds = (-(self.intercept + self.slope * points)).exp()
            return rounded(100 / (1 + odds))


def _age_on(name: str) -> Callable[[Inputs], int | None]:
    def age(inputs: Inputs) -> int | None:
        day = getattr(inputs, name)
        return None if day is None else inputs.age_on(day)

    return age


def _stranger(inputs: Inputs) -> int | None:
    return None if inputs.stranger_victim is None else int(inputs.stranger_victim)


#: By item: the input that it needs, and its figure.
FIGURES: dict[str, tuple[str, Callable[[Inputs], int | None]]] = {
    "contact_adult": ("contact_adult", lambda inputs: inputs.contact_adult),
    "contact_child": ("contact_child", lambda inputs: inputs.contact_child),
    "non_contact": ("non_contact", lambda inputs: inputs.non_contact),
    "age_at_follow_up": ("follow_up_on", _age_on("follow_up_on")),
    "age_at_last_sanction": ("last_sexual_sanction_on", _age_on("last_sexual_sanction_on")),
    "total_sanctions": ("total_sanctions", lambda inputs: inputs.total_sanctions),
    "stranger_victim": ("stranger_victim", _stranger),
}


def score(inputs: Inputs, model: PointsModel, thresholds: Thresholds, on: dt.date) -> Score:
    """The score on a London date, of inputs that `refuse_impossible` let pass."""
    found = tuple(_contribution(item, inputs) for item in model.items)
    points = sum(one.points or 0 for one in found)
    missing = tuple(FIGURES[one.code][0] for one in found if one.value is None)
    band = thresholds.band(points)
    decided = reduction(inputs, band, on, years=model.reduction_years, is_provisional=bool(missing))
    return Score(
        tool=model.tool,
        model_version=model.version,
        thresholds_version=thresholds.version,
        contributions=found,
        points=points,
        percent=model.percent(points),
        band=band,
        adjusted_band=band.next_lower if decided is Reduction.APPLIED else band,
        reduction=decided,
        missing=missing,
    )


def reduction(
    inputs: Inputs, band: Band, on: dt.date, *, years: int, is_provisional: bool
) -> Reduction:
    """Whether the band is one lower: that many whole years in the community without an offence.

    Counted from the start of follow-up, the last sexual offence and the last offence of any kind.
    A score that may still rise, and a day that is not known, lower nothing.
    """
    if band is Band.LOW:
        return Reduction.LOW_ALREADY
    if inputs.is_detained:
        return Reduction.DETAINED
    if is_provisional:
        return Reduction.PROVISIONAL
    days = [getattr(inputs, name) for name in _COUNTED_FROM]
    known = [day for day in days if day is not None]
    if any(whole_years(day, on) < years for day in known):
        return Reduction.TOO_SOON
    return Reduction.APPLIED if len(known) == len(days) else Reduction.NOT_KNOWN


def _contribution(item: Item, inputs: Inputs) -> Contribution:
    value = FIGURES[item.code][1](inputs)
    return Contribution(item.code, value, item.points_of(value))
