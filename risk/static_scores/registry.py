"""Which versions of the tables there are, and which counts on a day. Read from data."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import yaml
from django.conf import settings

from risk.static_scores import osp_dc, osp_iic
from risk.static_scores.bands import Band, Thresholds
from risk.static_scores.osp_dc import Item, PointsModel
from risk.static_scores.osp_iic import HierarchyRow, RowsModel

SHIPPED = Path(__file__).resolve().parent / "versions.yaml"

#: Most points of OSP/DC.
MOST_POINTS = 64

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


def known() -> Registry:
    """The versions that are shipped and those of the force's own file, where it has one."""
    return _known(settings.STATIC_SCORE_VERSIONS)


@cache
def _known(more: str) -> Registry:
    shipped = read(SHIPPED.read_text(encoding="utf-8"))
    if not more:
        return shipped
    added = read(Path(more).read_text(encoding="utf-8"))
    return joined(shipped, added)


def joined(shipped: Registry, added: Registry) -> Registry:
    """Both together. Raises ValueError where a version is there twice: none is ever replaced."""
    both = Registry(shipped.models + added.models, shipped.thresholds + added.thresholds)
    _refuse_twice(both.models)
    _refuse_twice(both.thresholds)
    return both


def read(text: str) -> Registry:
    """The versions of a file. Raises ValueError with what is wrong."""
    try:
        said = yaml.safe_load(text)
        found = Registry(
            tuple(_model(one) for one in said.get("models") or []),
            tuple(_thresholds(one) for one in said.get("thresholds") or []),
        )
    except (yaml.YAMLError, KeyError, AttributeError, TypeError, InvalidOperation) as error:
        raise ValueError(f"These are no tables of static scores: {error}") from error
    _refuse_twice(found.models)
    _refuse_twice(found.thresholds)
    return found


def _model(said: Mapping[str, Any]) -> Model:
    head = _head(said) | {"sexes": tuple(said.get("sexes") or ())}
    if said["tool"] == osp_dc.TOOL:
        items = tuple(_item(one) for one in said["items"])
        if sum(max(points for _, points in item.points) for item in items) > MOST_POINTS:
            raise ValueError(f"OSP/DC gives at most {MOST_POINTS} points.")
        return PointsModel(
            **head,
            items=items,
            intercept=Decimal(said["intercept"]),
            slope=Decimal(said["slope"]),
            reduction_years=int(said["reduction_years"]),
        )
    if said["tool"] == osp_iic.TOOL:
        rows = tuple(_row(one) for one in said["rows"])
        if not rows or rows[-1].at_least != 0 or rows[-1].code != "other_sexual":
            raise ValueError("The last row of OSP/IIC is other_sexual from 0 on.")
        percents = [row.percent for row in rows]
        if (
            percents != sorted(percents, reverse=True)
            or not 0 <= percents[-1] <= percents[0] <= 100
        ):
            raise ValueError("Rows of OSP/IIC go from the most likely to the least, in per cent.")
        return RowsModel(**head, rows=rows)
    raise ValueError(f"Nothing is calculated by {said['tool']}.")


def _item(said: Mapping[str, Any]) -> Item:
    if said["code"] not in osp_dc.FIGURES:
        raise ValueError(f"There is no item {said['code']}.")
    points = tuple(sorted((int(begin), int(points)) for begin, points in said["points"].items()))
    if not points or points[0][0] != 0 or any(one < 0 for _, one in points):
        raise ValueError(f"{said['code']}: points are 0 or more, and begin with the figure 0.")
    return Item(said["code"], points)


def _row(said: Mapping[str, Any]) -> HierarchyRow:
    if said["code"] not in osp_iic.FIGURES:
        raise ValueError(f"There is no row {said['code']}.")
    return HierarchyRow(said["code"], int(said["at_least"]), Decimal(said["percent"]))


def _thresholds(said: Mapping[str, Any]) -> Thresholds:
    begins = tuple((Band(name), Decimal(begin)) for name, begin in said["bands"].items())
    rising = sorted(begins, key=lambda one: (one[1], one[0].rank))
    if not begins or list(begins) != rising or begins[0][1] != 0:
        raise ValueError("Bands are written from the lowest, which begins with 0.")
    return Thresholds(**_head(said), begins=begins)


def _head(said: Mapping[str, Any]) -> dict[str, Any]:
    day = said["effective_from"]
    if not isinstance(day, dt.date) or not str(said["source"]).strip():
        raise ValueError("Say effective_from as a date, and the source.")
    return {
        "tool": said["tool"],
        "version": str(said["version"]),
        "effective_from": day,
        "source": said["source"],
    }


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
