"""OSP/IIC: how likely reoffending by images or indirect contact is. The first row that fits."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from risk.static_scores.bands import Thresholds
from risk.static_scores.inputs import Inputs
from risk.static_scores.score import Contribution, Reduction, Score, rounded

TOOL = "osp_iic"

#: By what a row may ask: its figure, None where it is not known. Whoever gets as far as
#: `other_sexual` has a sanction for one (`refuse_impossible`): upstream asks there for a contact
#: offence against an adult *and* one without contact, and says 0 % otherwise, which is not copied.
FIGURES: dict[str, Callable[[Inputs], int | None]] = {
    "images": lambda inputs: inputs.images,
    "contact_child": lambda inputs: inputs.contact_child,
    "other_sexual": lambda inputs: (inputs.contact_adult or 0) + (inputs.non_contact or 0),
}


@dataclass(frozen=True, slots=True)
class HierarchyRow:
    """What a person has at least, and the likelihood then, per cent."""

    code: str
    at_least: int
    percent: Decimal


@dataclass(frozen=True, slots=True)
class RowsModel:
    """One version of OSP/IIC: its rows from the most likely to the least; the last fits anyone."""

    tool: str
    version: str
    effective_from: dt.date
    sexes: tuple[str, ...]
    from_age: int
    source: str
    rows: tuple[HierarchyRow, ...]


def score(inputs: Inputs, model: RowsModel, thresholds: Thresholds, on: dt.date) -> Score:
    """The score, of inputs that `refuse_impossible` let pass. The day changes nothing.

    A row that cannot be told because its count is not known is passed over, and the score is
    provisional: the row that counts is the least likely that it can be.
    """
    missing: list[str] = []
    for row in model.rows:
        figure = FIGURES[row.code](inputs)
        if figure is None and row.code not in missing:
            missing.append(row.code)
        if figure is not None and figure >= row.at_least:
            break
    percent = rounded(row.percent)
    band = thresholds.band(percent)
    return Score(
        tool=model.tool,
        model_version=model.version,
        thresholds_version=thresholds.version,
        contributions=(Contribution(row.code, figure, None),),
        points=None,
        percent=percent,
        band=band,
        adjusted_band=band,
        reduction=Reduction.NOT_OF_THIS_TOOL,
        missing=tuple(missing),
    )
