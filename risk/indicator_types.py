"""What each coded type of indicator is: name, severity, how it fades, what it leads to.

Data, read strictly (`risk/indicator_types.yaml`); what a type is worth is in the rule set.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import yaml

from offenders.errors import Invalid
from offenders.models.condition import ConditionCategory
from risk.grading import GRADES, Grading
from risk.indicator_codes import (
    SETS_ASIDE,
    HalfLife,
    IndicatorCode,
    IndicatorSource,
    Severity,
    TriageOutcome,
)

SHIPPED = Path(__file__).resolve().parent / "indicator_types.yaml"

#: In the place of a severity: each item says its own; the grade says it.
BY_ITEM: Final = "by_item"
FROM_GRADE: Final = "from_grade"

_NEEDED = frozenset(
    ["code", "name", "severity", "half_life", "sources", "leads_to", "engages", "source"]
)
_KEYS = _NEEDED | {"note", "by_grade"}


class IndicatorType(NamedTuple):
    """One coded type. `severity` may be BY_ITEM or FROM_GRADE: ask `severity_of`.

    `engages`: categories of conditions that such an indicator may breach; an officer confirms it.
    `leads_to`: the outcome of triage that is proposed, never decided.
    """

    code: IndicatorCode
    name: str
    severity: str
    half_life: HalfLife
    sources: tuple[IndicatorSource, ...]
    leads_to: TriageOutcome
    engages: frozenset[ConditionCategory]
    source: str
    note: str
    #: By grade such as "1A", for a type whose severity is FROM_GRADE.
    by_grade: Mapping[str, Severity]

    def severity_of(self, grading: Grading, said: str | None = None) -> Severity:
        """How grave one indicator of this type is.

        `said`: what its sender says, which counts only where the type leaves it to each item: no
        feed makes a fixed type graver or lighter. Raises Invalid `severity_missing`,
        `unknown_severity`.
        """
        if said is not None and said not in Severity.values:
            raise Invalid(
                "unknown_severity", f"Say {', '.join(Severity.values)}.", field="severity"
            )
        if self.severity == FROM_GRADE:
            return self.by_grade[grading.grade]
        if self.severity != BY_ITEM:
            return Severity(self.severity)
        if said is None:
            raise Invalid("severity_missing", "Say how severe this one is.", field="severity")
        return Severity(said)


@cache
def indicator_types() -> Mapping[IndicatorCode, IndicatorType]:
    """Every type by code, in the order of the file."""
    return {one.code: one for one in read(SHIPPED.read_text(encoding="utf-8"))}


def half_lives() -> dict[str, HalfLife]:
    """How each code fades."""
    return {code.value: one.half_life for code, one in indicator_types().items()}


def type_of(code: str) -> IndicatorType:
    """The type of that code. Raises Invalid `unknown_indicator_code`."""
    if code not in set(IndicatorCode):
        raise Invalid("unknown_indicator_code", "There is no such type.", field="code")
    return indicator_types()[IndicatorCode(code)]


def read(text: str) -> list[IndicatorType]:
    """The types of a file: all that the service knows, each once.

    Raises ValueError with what is wrong.
    """
    try:
        said = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(f"This is no YAML: {error}") from error
    if not isinstance(said, dict) or not isinstance(said.get("types"), list) or len(said) != 1:
        raise ValueError("The file is one list of types.")
    found = [_type(one, place) for place, one in enumerate(said["types"], start=1)]
    codes = [one.code for one in found]
    if len(set(codes)) != len(codes):
        raise ValueError("A type is there twice.")
    if missing := [code for code in IndicatorCode if code not in codes]:
        raise ValueError(f"There is no {', '.join(missing)}.")
    return found


def _type(said: Any, place: int) -> IndicatorType:
    code = said.get("code") if isinstance(said, dict) else None
    if not isinstance(code, str) or code not in set(IndicatorCode):
        raise ValueError(f"Type {place} has no code that the service knows.")
    if strange := set(said) - _KEYS:
        raise ValueError(f"{code}: unknown {', '.join(sorted(map(str, strange)))}.")
    if missing := _NEEDED - set(said):
        raise ValueError(f"{code}: say its {', '.join(sorted(missing))}.")
    severity = _one(code, "severity", said, [*Severity.values, BY_ITEM, FROM_GRADE])
    return IndicatorType(
        code=IndicatorCode(code),
        name=_words(code, "name", said),
        severity=severity,
        half_life=HalfLife(_one(code, "half_life", said, HalfLife.values)),
        sources=tuple(
            IndicatorSource(one) for one in _some(code, "sources", said, IndicatorSource.values)
        ),
        leads_to=_proposal(code, said),
        engages=frozenset(
            ConditionCategory(one) for one in _some(code, "engages", said, ConditionCategory.values)
        ),
        source=_words(code, "source", said),
        note=_words(code, "note", said) if "note" in said else "",
        by_grade=_grades(code, severity, said),
    )


def _proposal(code: str, said: dict[str, Any]) -> TriageOutcome:
    found = TriageOutcome(_one(code, "leads_to", said, TriageOutcome.values))
    if found in SETS_ASIDE:
        raise ValueError(f"{code}: leads_to may not set an indicator aside.")
    return found


def _grades(code: str, severity: str, said: dict[str, Any]) -> dict[str, Severity]:
    """Severity by grade: all fifteen, each once, where the grade says it; else none."""
    given = said.get("by_grade", {})
    if not isinstance(given, dict) or set(given) - set(Severity.values):
        raise ValueError(f"{code}: by_grade is by {', '.join(Severity.values)}.")
    pairs = [(grade, Severity(key)) for key in given for grade in _some(code, key, given, GRADES)]
    if sorted(grade for grade, _ in pairs) != (list(GRADES) if severity == FROM_GRADE else []):
        raise ValueError(f"{code}: by_grade names each grade once, and only for {FROM_GRADE}.")
    return dict(pairs)


def _words(code: str, key: str, said: dict[str, Any]) -> str:
    words = said[key]
    if not isinstance(words, str) or not words.strip():
        raise ValueError(f"{code}: say its {key} in words.")
    return words


def _one(code: str, key: str, said: dict[str, Any], known: Iterable[str]) -> str:
    value = said[key]
    if not isinstance(value, str) or value not in known:
        raise ValueError(f"{code}: {key} is one of {', '.join(known)}.")
    return value


def _some(code: str, key: str, said: dict[str, Any], known: Iterable[str]) -> list[str]:
    values = said[key]
    is_list = isinstance(values, list) and all(isinstance(value, str) for value in values)
    if not is_list or set(values) - set(known) or len(set(values)) != len(values):
        raise ValueError(f"{code}: {key} are of {', '.join(known)}, each once.")
    return list(values)
