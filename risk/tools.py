"""Which tool is for whom, and what a file of tools says (PRACTICE 17).

ARMS is for adult men; where no tool fits there is structured professional judgement, so that
somebody is always assessed.
"""

import datetime as dt
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from accounts.models.training import TrainingCode
from offenders.models import Offender, Sex
from risk.factors import FACTORS, Side
from risk.models import AssessmentPriority, Rating, ToolVersion
from rules.dates import whole_years

SHIPPED = Path(__file__).resolve().parent / "tools.yaml"

_CODE = re.compile(r"[a-z][a-z0-9_]{1,19}")
_FACTOR_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")
_KEYS = frozenset(
    [
        "code",
        "name",
        "sexes",
        "from_age",
        "until_age",
        "factors",
        "ratings",
        "priorities",
        "training",
        "offered",
        "source",
    ]
)
_BY_CODE = {factor.code: factor for factor in FACTORS}


def in_force(on: dt.date) -> dict[str, ToolVersion]:
    """The newest version of each tool that had taken effect on a London date, by code."""
    begun = ToolVersion.objects.filter(effective_from__lte=on)
    newest = {row.code: row for row in begun.order_by("effective_from", "number")}
    return dict(sorted(newest.items(), key=lambda item: (item[1].place, item[0])))


def tools_for(person: Offender, on: dt.date) -> list[ToolVersion]:
    """The tools that fit a person's sex and age on a day, as they are offered. Never none."""
    return [tool for tool in in_force(on).values() if fits(tool, person, on)]


def fits(tool: ToolVersion, person: Offender, on: dt.date) -> bool:
    """Whether a tool is offered and is for somebody of that sex and age."""
    age = whole_years(person.date_of_birth, on)
    of_age = (tool.from_age is None or age >= tool.from_age) and (
        tool.until_age is None or age < tool.until_age
    )
    return tool.is_offered and of_age and (not tool.sexes or person.sex in tool.sexes)


def read(text: str) -> list[dict[str, Any]]:
    """The tools of a file, as the columns of a version. Raises ValueError with what is wrong."""
    try:
        said = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(f"This is no YAML: {error}") from error
    if not isinstance(said, dict) or not isinstance(said.get("tools"), list):
        raise ValueError("The file has no list of tools.")
    found = [_tool(one, place) for place, one in enumerate(said["tools"])]
    codes = [tool["code"] for tool in found]
    if len(set(codes)) != len(codes):
        raise ValueError("A tool is there twice.")
    return found


def _tool(said: Any, place: int) -> dict[str, Any]:
    if not isinstance(said, dict) or not _CODE.fullmatch(str(said.get("code", ""))):
        raise ValueError(f"Tool {place + 1} has no code of [a-z0-9_], at most 20.")
    code = said["code"]
    if strange := set(said) - _KEYS:
        raise ValueError(f"{code}: unknown {', '.join(sorted(map(str, strange)))}.")
    for name in ("name", "source"):
        if not str(said.get(name, "")).strip():
            raise ValueError(f"{code}: say its {name}.")
    tool = {
        "code": code,
        "name": said["name"],
        "place": place,
        "is_offered": bool(said.get("offered", True)),
        "sexes": _known(code, "sexes", said, Sex.values),
        "from_age": said.get("from_age"),
        "until_age": said.get("until_age"),
        "factors": [_factor(code, one) for one in said.get("factors", [])],
        "ratings": _known(code, "ratings", said, Rating.values),
        "priorities": _known(code, "priorities", said, AssessmentPriority.values),
        "training": said.get("training", ""),
        "source": said["source"],
    }
    _refuse_halves(tool)
    return tool


def _refuse_halves(tool: dict[str, Any]) -> None:
    code = tool["code"]
    if tool["training"] and tool["training"] not in TrainingCode.values:
        raise ValueError(f"{code}: no such training.")
    ages = [age for age in (tool["from_age"], tool["until_age"]) if age is not None]
    if any(not isinstance(age, int) or age < 0 for age in ages) or ages != sorted(set(ages)):
        raise ValueError(f"{code}: ages are whole years, the first before the second.")
    if not tool["priorities"]:
        raise ValueError(f"{code}: say which priorities it gives.")
    if tool["factors"] and not {Rating.NOT_KNOWN, *tool["ratings"]} - {Rating.NOT_KNOWN}:
        raise ValueError(f"{code}: say how its factors are rated.")
    codes = [factor["code"] for factor in tool["factors"]]
    if len(set(codes)) != len(codes):
        raise ValueError(f"{code}: a factor is there twice.")


def _known(code: str, key: str, said: dict[str, Any], known: Iterable[str]) -> list[str]:
    values = said.get(key, [])
    if not isinstance(values, list) or set(values) - set(known):
        raise ValueError(f"{code}: {key} are of {', '.join(known)}.")
    return values


def _factor(tool: str, said: Any) -> dict[str, str]:
    if isinstance(said, str) and said in _BY_CODE:
        return {name: str(value) for name, value in _BY_CODE[said]._asdict().items()}
    if (
        isinstance(said, dict)
        and set(said) == {"code", "name", "side"}
        and _FACTOR_CODE.fullmatch(str(said["code"]))
        and str(said["name"]).strip()
        and said["side"] in set(Side)
    ):
        return {name: str(value) for name, value in said.items()}
    raise ValueError(f"{tool}: a factor is a known code, or has code, name and side.")
