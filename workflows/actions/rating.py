"""The factors of an assessment: each rated on fresh evidence, or said not to be known."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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

    Raises Invalid of all that is wrong at once, each by its row of `ratings`:
    `factor_not_of_this_tool`, `factor_rated_twice`, `rating_missing`, `rating_not_of_this_tool`,
    `evidence_missing`, `evidence_undated`, `evidence_not_fresh`, `in_future`.
    """
    names = {factor["code"]: factor["name"] for factor in tool.factors}
    sent = list(rows)
    given: dict[str, Mapping[str, Any]] = {}
    wrong: list[Invalid] = []
    for place, row in enumerate(sent):
        if not row.get("rating"):
            continue
        at, factor = f"{FIELD}.{place}.", row["factor"]
        if factor not in names:
            said = f"{tool.name} has no such factor."
            wrong.append(Invalid("factor_not_of_this_tool", said, field=f"{at}factor"))
        elif factor in given:
            said = f"{names[factor]} is rated twice."
            wrong.append(Invalid("factor_rated_twice", said, field=f"{at}factor"))
        else:
            given[factor] = row
            wrong += _wrong_with(tool, names[factor], row, at, (since, today))
    wrong += _unrated(names, sent, given)
    if wrong:
        first, *others = wrong
        raise Invalid(first.code, first.message, field=first.field, others=tuple(others))
    return [_columns(code, name, given[code]) for code, name in names.items()]


def _unrated(
    names: Mapping[str, str], sent: Sequence[Mapping[str, Any]], given: Collection[str]
) -> Iterator[Invalid]:
    """One for each factor without a rating, by its row where it has one."""
    places = {row["factor"]: place for place, row in enumerate(sent)}
    for code, name in names.items():
        if code not in given:
            field = f"{FIELD}.{places[code]}.rating" if code in places else FIELD
            said = f"{name}: rate it, or say that it is not known."
            yield Invalid("rating_missing", said, field=field)


def _wrong_with(
    tool: ToolVersion,
    name: str,
    row: Mapping[str, Any],
    at: str,
    fresh: tuple[dt.date | None, dt.date],
) -> Iterator[Invalid]:
    """What is wrong with one row, which stands at `at`. `fresh`: first and last day of evidence."""
    since, today = fresh
    evidence_on: dt.date | None = row.get("evidence_on")
    if row["rating"] not in tool.ratings:
        said = f"{name}: not so in this tool."
        yield Invalid("rating_not_of_this_tool", said, field=f"{at}rating")
    if evidence_on is not None and evidence_on > today:
        said = f"{name}: that day has not come yet."
        yield Invalid("in_future", said, field=f"{at}evidence_on")
    if row["rating"] == Rating.NOT_KNOWN:
        return
    if not (row.get("evidence") or "").strip():
        said = f"{name}: write the evidence."
        yield Invalid("evidence_missing", said, field=f"{at}evidence")
    if evidence_on is None:
        said = f"{name}: say when the evidence is from."
        yield Invalid("evidence_undated", said, field=f"{at}evidence_on")
    elif since is not None and evidence_on < since:
        said = (
            f"{name}: the evidence is older than the last assessment, of {since:%-d %B %Y}. "
            "Say what is known since."
        )
        yield Invalid("evidence_not_fresh", said, field=f"{at}evidence_on")


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
