"""The factors of an assessment: each rated on fresh evidence, or said not to be known."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from offenders.errors import Invalid
from risk.models import Rating, ToolVersion, Trend

FIELD = "ratings"


def rated(
    tool: ToolVersion,
    rows: Iterable[Mapping[str, Any]],
    *,
    since: dt.date | None,
    today: dt.date,
) -> list[dict[str, Any]]:
    """What was sent as the columns of FactorRating, in the order of the tool.

    Rows without a rating are left out where the tool has no such factor: the form offers those of
    another. `since`: the day of the assessment that stands; evidence is fresh from it on.

    Raises Invalid, of `ratings`: `factor_not_of_this_tool`, `factor_rated_twice`, `rating_missing`,
    `rating_not_of_this_tool`, `evidence_missing`, `evidence_undated`, `evidence_not_fresh`,
    `in_future`.
    """
    names = {factor["code"]: factor["name"] for factor in tool.factors}
    given: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        if not row.get("rating"):
            continue
        if row["factor"] not in names:
            raise Invalid(
                "factor_not_of_this_tool", f"{tool.name} has no such factor.", field=FIELD
            )
        if row["factor"] in given:
            said = f"{names[row['factor']]} is rated twice."
            raise Invalid("factor_rated_twice", said, field=FIELD)
        given[row["factor"]] = row
    found = []
    for code, name in names.items():
        if code not in given:
            raise Invalid(
                "rating_missing", f"{name}: rate it, or say that it is not known.", field=FIELD
            )
        _refuse(tool, name, given[code], since, today)
        found.append(_columns(code, name, given[code]))
    return found


def _refuse(
    tool: ToolVersion, name: str, row: Mapping[str, Any], since: dt.date | None, today: dt.date
) -> None:
    evidence_on: dt.date | None = row.get("evidence_on")
    if row["rating"] not in tool.ratings:
        raise Invalid("rating_not_of_this_tool", f"{name}: not so in this tool.", field=FIELD)
    if evidence_on is not None and evidence_on > today:
        raise Invalid("in_future", f"{name}: that day has not come yet.", field=FIELD)
    if row["rating"] == Rating.NOT_KNOWN:
        return
    if not (row.get("evidence") or "").strip():
        raise Invalid("evidence_missing", f"{name}: write the evidence.", field=FIELD)
    if evidence_on is None:
        raise Invalid("evidence_undated", f"{name}: say when the evidence is from.", field=FIELD)
    if since is not None and evidence_on < since:
        raise Invalid(
            "evidence_not_fresh",
            f"{name}: the evidence is older than the last assessment. Say what is known since.",
            field=FIELD,
        )


def _columns(code: str, name: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "factor": code,
        "name": name,
        "rating": row["rating"],
        "trend": row.get("trend") or Trend.NOT_KNOWN,
        "evidence": row.get("evidence") or "",
        "evidence_on": row.get("evidence_on"),
        "evidence_source": row.get("evidence_source") or "",
    }
