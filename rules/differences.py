"""How one rule set differs from another, for the people who decide on it. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from rules.ruleset import RuleSet

Part = Literal["rule", "figure", "notification_period"]
How = Literal["added", "removed", "enabled", "disabled", "changed"]
#: The lists of a document, what each holds, and the key that names an item.
PARTS: tuple[tuple[str, Part, str], ...] = (
    ("rules", "rule", "id"),
    ("figures", "figure", "id"),
    ("notification_periods", "notification_period", "disposal"),
)

Written = Mapping[str, Any]


class Difference(NamedTuple):
    """One rule, figure or notification period that is not the same in both, as each writes it.

    `fields` are what was written otherwise. Switched on or off counts before changed.
    """

    part: Part
    about: str
    how: How
    fields: tuple[str, ...]
    before: Written | None
    after: Written | None


def differences(before: RuleSet, after: RuleSet) -> list[Difference]:
    """What `after` says otherwise than `before`: changed and removed in its order, then added."""
    old, new = before.document(), after.document()
    return [
        difference
        for section, part, key in PARTS
        for difference in _of_part(part, _named(old[section], key), _named(new[section], key))
    ]


def _named(items: list[dict[str, Any]], key: str) -> dict[str, dict[str, Any]]:
    return {item[key]: item for item in items}


def _of_part(
    part: Part, old: Mapping[str, Written], new: Mapping[str, Written]
) -> Iterator[Difference]:
    for name, before in old.items():
        after = new.get(name)
        if after is None:
            yield Difference(part, name, "removed", (), before, None)
        elif fields := _fields(before, after):
            yield Difference(part, name, _how(before, after), fields, before, after)
    for name, after in new.items():
        if name not in old:
            yield Difference(part, name, "added", (), None, after)


def _fields(before: Written, after: Written) -> tuple[str, ...]:
    """The keys whose values differ; a rule that does not say so is enabled."""
    keys = [*before, *(key for key in after if key not in before)]
    return tuple(key for key in keys if _value(before, key) != _value(after, key))


def _value(written: Written, key: str) -> Any:
    return written.get(key, {"enabled": True, "note": "", "examples": []}.get(key))


def _how(before: Written, after: Written) -> How:
    was, is_now = _value(before, "enabled"), _value(after, "enabled")
    if was == is_now:
        return "changed"
    return "enabled" if is_now else "disabled"
