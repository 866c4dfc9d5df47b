"""A proposed rule set out of what somebody sent: a whole document, or changes to another. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from rules.errors import Fault, RulesInvalid
from rules.ruleset import RuleSet

#: The sections whose items a change names, with the key that names them.
SECTIONS = {"rules": "id", "figures": "id", "notification_periods": "disposal"}

Change = Mapping[str, Any]


def read(document: object) -> RuleSet:
    """The rule set in a JSON document. Raises RulesInvalid with every fault, rule by rule."""
    try:
        return RuleSet.model_validate(document)
    except ValidationError as error:
        faults = [
            Fault("invalid_rule", _about(document, found["loc"]), _said(found))
            for found in error.errors(include_url=False, include_context=False)
        ]
        raise RulesInvalid(faults) from error


def changed(base: RuleSet, changes: Sequence[Change]) -> RuleSet:
    """`base` with some rules and figures written otherwise.

    A change names its rule or figure by `id` and gives the fields that it sets, all others stay;
    one that nothing in `base` is named by is refused. Raises RulesInvalid.
    """
    document = base.document()
    items = {item["id"]: item for part in ("rules", "figures") for item in document[part]}
    faults = [fault for change in changes for fault in _unknown(change, items)]
    times = Counter(str(change.get("id")) for change in changes)
    faults += [Fault("named_twice", name, "Change it once.") for name in times if times[name] > 1]
    if faults:
        raise RulesInvalid(faults)
    for change in changes:
        items[change["id"]].update(change)
    return read(document)


def short(base: RuleSet, values: Mapping[str, str]) -> list[Change]:
    """Changes that only say the new period or value of each: {"visit.interval.medium": "4m"}.

    Raises RulesInvalid for a name that `base` does not have.
    """
    document = base.document()
    figures = {item["id"] for item in document["figures"]}
    counted = {item["id"] for item in document["rules"] if type(item["period"]) is int}
    return [
        {"id": name, "value": value}
        if name in figures
        else {"id": name, "period": int(value) if _is_number(name in counted, value) else value}
        for name, value in values.items()
    ]


def _is_number(is_counted: bool, value: str) -> bool:
    return is_counted and value.isascii() and value.isdigit() and len(value) <= 4


def _unknown(change: Change, items: Mapping[str, Any]) -> Iterable[Fault]:
    name = change.get("id")
    if not isinstance(name, str) or name not in items:
        yield Fault("unknown_rule", str(name)[:60], "There is no such rule or figure to change.")


def _about(document: object, place: tuple[int | str, ...]) -> str:
    """The name of the item that a fault lies in, else the section."""
    section, *rest = (*place, "")
    key = SECTIONS.get(str(section), "")
    try:
        found = document[section][rest[0]][key]  # type: ignore[index]
    except (TypeError, KeyError, IndexError):
        return str(section) or "document"
    return str(found)[:60]


def _said(found: Any) -> str:
    """Which field cannot be right, and why. What was sent is not said back."""
    fields = [str(part) for part in found["loc"][2:]]
    why = found["msg"].removeprefix("Value error, ")
    return f"{'.'.join(fields)}: {why}" if fields else why


def worked(base: RuleSet, rows: Sequence[Mapping[str, Any]], *, source: str) -> list[Change]:
    """Changes from rows that each say `id`, `to` and one example: `trigger`, `due` and `why`.

    A force's own decision: its source is that of the version, its evidence our mark for that. The
    example takes the place of those there were. Raises RulesInvalid.
    """
    changes: list[Change] = []
    for row in rows:
        [change] = short(base, {row["id"]: row["to"]})
        example = {
            name: str(row[name]) for name in ("trigger", "due", "why") if row.get(name) is not None
        }
        changes.append(
            {**change, "source": source, "evidence": "D"}
            | ({"examples": [example]} if example else {})
        )
    return changes
