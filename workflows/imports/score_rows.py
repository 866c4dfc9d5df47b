"""A file of official scores, one row a score: its columns, and each row read and judged."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from risk.models import ScoreBand, ScoreTool
from risk.official import MOST_POINTS, PERCENT, OfficialValue
from workflows.imports.columns import day
from workflows.imports.reading import laid_out
from workflows.imports.refusals import Reason, Refusal

COLUMNS = (
    "source_ref",
    "tool",
    "band",
    "scored_on",
    "reference",
    "version",
    "points",
    "percent",
)
REQUIRED = ("source_ref", "tool", "band", "scored_on")
#: Longest value of each free-text column, characters.
LONGEST = {"source_ref": 40, "reference": 60, "version": 20}

#: Accepted spellings, lower case: the code, and the name in print.
TOOLS = {tool.value: tool for tool in ScoreTool} | {
    "osp/dc": ScoreTool.OSP_DC,
    "osp/iic": ScoreTool.OSP_IIC,
    "rm2000/s": ScoreTool.RM2000S,
}
BANDS = {band.value: band for band in ScoreBand} | {"very high": ScoreBand.VERY_HIGH}
#: RM2000/s numbers its bands.
NUMBERED = dict(zip(("i", "ii", "iii", "iv"), ScoreBand, strict=True))

_POINTS = re.compile(r"[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """An official value, and whose it is by the reference of the record."""

    line: int
    source_ref: str
    value: OfficialValue


def read_scores(file: BinaryIO, *, as_of: date) -> Iterator[ScoreRow | Refusal]:
    """Yield every row of a file of scores, accepted or refused, in the order of the file.

    A person, tool, day and reference stand once; a later row of the same is refused. `as_of` is
    the day on which the file was true. Raises UnreadableFile.
    """
    seen: set[tuple[str, ...]] = set()
    for line, values, has_surplus in laid_out(file, columns=COLUMNS, required=REQUIRED):
        about = _about(values)
        fault = _fault(values, has_surplus=has_surplus, is_first=about not in seen, as_of=as_of)
        seen.add(about)
        if fault is None:
            yield ScoreRow(line, values["source_ref"], _value(values))
        else:
            # A reference has a score of each tool: the row is named by its line.
            yield Refusal(line, "", *fault)


def _about(values: dict[str, str]) -> tuple[str, ...]:
    """What one score is of: person, tool, day and reference."""
    tool = TOOLS.get(values["tool"].lower(), values["tool"])
    scored_on = day(values["scored_on"]) or values["scored_on"]
    return values["source_ref"], str(tool), str(scored_on), values["reference"]


def _fault(
    values: dict[str, str], *, has_surplus: bool, is_first: bool, as_of: date
) -> tuple[Reason, str] | None:
    """The first fault of a row and its column, in the order of `Reason`; None for a sound one."""
    missing = next((column for column in REQUIRED if not values[column]), None)
    if missing:
        return Reason.MISSING_REQUIRED, missing
    if not is_first:
        return Reason.DUPLICATE_REFERENCE, "source_ref"
    scored_on = day(values["scored_on"])
    if scored_on is None:
        return Reason.INVALID_DATE, "scored_on"
    if scored_on > as_of:
        return Reason.DATE_IN_FUTURE, "scored_on"
    unknown = next(_not_known(values), "" if has_surplus else None)
    return None if unknown is None else (Reason.UNKNOWN_CODE, unknown)


def _not_known(values: dict[str, str]) -> Iterator[str]:
    """The columns whose value is none of theirs."""
    if values["tool"].lower() not in TOOLS:
        yield "tool"
    if _band(values) is None:
        yield "band"
    yield from (column for column, most in LONGEST.items() if len(values[column]) > most)
    points = values["points"]
    if points and not (_POINTS.fullmatch(points) and int(points) <= MOST_POINTS):
        yield "points"
    if values["percent"] and not PERCENT.fullmatch(values["percent"]):
        yield "percent"


def _band(values: dict[str, str]) -> ScoreBand | None:
    """The band by its code or name; of RM2000/s by its number too."""
    band = values["band"].lower()
    is_numbered = TOOLS.get(values["tool"].lower()) == ScoreTool.RM2000S
    return BANDS.get(band) or (NUMBERED.get(band) if is_numbered else None)


def _value(values: dict[str, str]) -> OfficialValue:
    """The value of a row without a fault."""
    band, scored_on = _band(values), day(values["scored_on"])
    assert band is not None and scored_on is not None  # noqa: S101, PT018 - `_fault` saw to it
    return OfficialValue(
        tool=TOOLS[values["tool"].lower()],
        band=band,
        scored_on=scored_on,
        reference=values["reference"],
        version=values["version"],
        points=int(values["points"]) if values["points"] else None,
        percent=Decimal(values["percent"]) if values["percent"] else None,
    )
