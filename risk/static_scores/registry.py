"""Which versions of the tables there are, and which counts on a day. Read from text."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias, TypeVar

import yaml

from risk.static_scores import osp_dc, osp_iic
from risk.static_scores.bands import Band, Thresholds
from risk.static_scores.osp_dc import Item, PointsModel
from risk.static_scores.osp_iic import HierarchyRow, RowsModel

#: What is calculated: of anything else there are no tables.
TOOLS = (osp_dc.TOOL, osp_iic.TOOL)
#: Most points of OSP/DC.
MOST_POINTS = 64
#: Characters of a version, as a score keeps it.
MOST_OF_VERSION = 20

Model: TypeAlias = PointsModel | RowsModel
Dated = TypeVar("Dated", PointsModel | RowsModel, Thresholds)


class UnknownVersion(LookupError):
    """There are no such tables. `field`: which of the two, "model" or "thresholds"."""

    def __init__(self, field: str) -> None:
        super().__init__(f"There is no such version of the {field}.")
        self.field = field


@dataclass(frozen=True, slots=True)
class Registry:
    """Every version of the models and of the thresholds."""

    models: tuple[Model, ...]
    thresholds: tuple[Thresholds, ...]

    def model(self, tool: str, version: str) -> Model:
        """A version of a tool's model. Raises UnknownVersion."""
        return _named(self.models, tool, version, "model")

    def bands(self, tool: str, version: str) -> Thresholds:
        """A version of where a tool's bands begin. Raises UnknownVersion."""
        return _named(self.thresholds, tool, version, "thresholds")

    def in_force(self, tool: str, on: dt.date) -> tuple[Model, Thresholds]:
        """The newest of both that had taken effect on a London date; before any, the first."""
        return _newest(self.models, tool, on), _newest(self.thresholds, tool, on)


def joined(shipped: Registry, added: Registry) -> Registry:
    """Both together. Raises ValueError where a version is there twice: none is ever replaced.

    So it does where two would count from one day on, and where a model has no thresholds that count
    from its own day on: it would be judged by those that were made for another.
    """
    both = Registry(shipped.models + added.models, shipped.thresholds + added.thresholds)
    for rows in (both.models, both.thresholds):
        _refuse_twice(rows)
        _refuse_same_day(rows)
    begin = {(one.tool, one.effective_from) for one in both.thresholds}
    for model in both.models:
        if (model.tool, model.effective_from) not in begin:
            raise ValueError(
                f"{model.tool} {model.version}: say where its bands begin, from the same day on."
            )
    return both


def read(text: str) -> Registry:
    """The versions of a file. Raises ValueError with what is wrong."""
    try:
        said = yaml.safe_load(text)
        found = Registry(
            tuple(_model(one) for one in said.get("models") or []),
            tuple(_thresholds(one) for one in said.get("thresholds") or []),
        )
    except (yaml.YAMLError, LookupError, AttributeError, TypeError, InvalidOperation) as error:
        raise ValueError(f"These are no tables of static scores: {error}") from error
    _refuse_twice(found.models)
    _refuse_twice(found.thresholds)
    return found


def _model(said: Mapping[str, Any]) -> Model:
    head = _head(said) | {
        "sexes": tuple(said.get("sexes") or ()),
        "from_age": _whole(said.get("from_age", 0)),
    }
    return _points_model(said, head) if head["tool"] == osp_dc.TOOL else _rows_model(said, head)


def _points_model(said: Mapping[str, Any], head: dict[str, Any]) -> PointsModel:
    items = tuple(_item(one) for one in said["items"])
    _refuse_listed_twice([item.code for item in items])
    if sum(max(points for _, points in item.points) for item in items) > MOST_POINTS:
        raise ValueError(f"OSP/DC gives at most {MOST_POINTS} points.")
    return PointsModel(
        **head,
        items=items,
        intercept=_figure(said["intercept"]),
        slope=_figure(said["slope"]),
        reduction_years=_whole(said["reduction_years"]),
    )


def _rows_model(said: Mapping[str, Any], head: dict[str, Any]) -> RowsModel:
    rows = tuple(_row(one) for one in said["rows"])
    _refuse_listed_twice([(row.code, row.at_least) for row in rows])
    if not rows or rows[-1].at_least != 0 or rows[-1].code != "other_sexual":
        raise ValueError("The last row of OSP/IIC is other_sexual from 0 on.")
    percents = [row.percent for row in rows]
    if percents != sorted(percents, reverse=True) or not 0 <= percents[-1] <= percents[0] <= 100:
        raise ValueError("Rows of OSP/IIC go from the most likely to the least, in per cent.")
    return RowsModel(**head, rows=rows)


def _item(said: Mapping[str, Any]) -> Item:
    if said["code"] not in osp_dc.FIGURES:
        raise ValueError(f"There is no item {said['code']}.")
    points = tuple(
        sorted((_whole(begin), _whole(points)) for begin, points in said["points"].items())
    )
    if not points or points[0][0] != 0 or any(one < 0 for _, one in points):
        raise ValueError(f"{said['code']}: points are 0 or more, and begin with the figure 0.")
    return Item(said["code"], points)


def _row(said: Mapping[str, Any]) -> HierarchyRow:
    if said["code"] not in osp_iic.FIGURES:
        raise ValueError(f"There is no row {said['code']}.")
    return HierarchyRow(said["code"], _whole(said["at_least"]), _figure(said["percent"]))


def _thresholds(said: Mapping[str, Any]) -> Thresholds:
    begins = tuple((Band(name), _figure(begin)) for name, begin in said["bands"].items())
    rising = sorted(begins, key=lambda one: (one[1], one[0].rank))
    if not begins or list(begins) != rising or begins[0][1] != 0:
        raise ValueError("Bands are written from the lowest, which begins with 0.")
    return Thresholds(**_head(said), begins=begins)


def _head(said: Mapping[str, Any]) -> dict[str, Any]:
    tool, version, day = said["tool"], said["version"], said["effective_from"]
    if tool not in TOOLS:
        raise ValueError(f"Nothing is calculated by {tool}.")
    # Without quotes YAML reads 1.10 as the number 1.1, which is another version.
    if not isinstance(version, str) or not 0 < len(version.strip()) <= MOST_OF_VERSION:
        raise ValueError(f"A version is text in quotes, of at most {MOST_OF_VERSION} characters.")
    # A moment is a date to isinstance, and is compared with none.
    if type(day) is not dt.date or not str(said["source"] or "").strip():
        raise ValueError("Say effective_from as a date, and the source.")
    return {
        "tool": tool,
        "version": version.strip(),
        "effective_from": day,
        "source": said["source"],
    }


def _figure(said: Any) -> Decimal:
    """A number as it is written: of 10.31 without quotes YAML makes a binary fraction."""
    figure = Decimal(str(said))
    if not figure.is_finite():
        raise ValueError(f"{said} is no figure.")
    return figure


def _whole(said: Any) -> int:
    figure = _figure(said)
    if figure != int(figure):
        raise ValueError(f"{said} is no whole number.")
    return int(figure)


def _named(rows: Iterable[Dated], tool: str, version: str, field: str) -> Dated:
    found = next((one for one in rows if (one.tool, one.version) == (tool, version)), None)
    if found is None:
        raise UnknownVersion(field)
    return found


def _newest(rows: Iterable[Dated], tool: str, on: dt.date) -> Dated:
    of_tool = sorted((one for one in rows if one.tool == tool), key=lambda one: one.effective_from)
    return ([one for one in of_tool if one.effective_from <= on] or of_tool[:1])[-1]


def _refuse_twice(rows: Iterable[Model] | Iterable[Thresholds]) -> None:
    names = [(one.tool, one.version) for one in rows]
    if len(set(names)) != len(names):
        raise ValueError("A version is there twice.")


def _refuse_same_day(rows: Iterable[Model] | Iterable[Thresholds]) -> None:
    days = [(one.tool, one.effective_from) for one in rows]
    if len(set(days)) != len(days):
        raise ValueError("Two versions would count from one day on.")


def _refuse_listed_twice(names: Sequence[object]) -> None:
    if len(set(names)) != len(names):
        raise ValueError("An item or a row is listed twice, and would count twice.")
