"""JSON from strangers: read strictly or refused, before any of it is used. Pure."""

import json
import re
from typing import Any, NoReturn

#: Deeper nesting is no request of ours; a parser recurses once a level.
MAX_DEPTH = 32

#: A whole string, or what is left of one that never ends: always matches, so one pass is enough.
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+\\?(?:"|\Z)', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")
#: NUL breaks PostgreSQL, and half of a surrogate pair cannot be written back as UTF-8.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class NotJSON(Exception):
    """What was sent cannot be taken as JSON. `code` is stable, `message` is for people."""

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def loads(raw: bytes) -> Any:
    """The JSON document in `raw`, read strictly. Raises NotJSON."""
    if depth(raw) > MAX_DEPTH:
        raise NotJSON(f"Nest at most {MAX_DEPTH} deep.", code="too_deep")
    try:
        document = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_not_a_number,
            parse_float=_float,
        )
    # A number of thousands of digits is a ValueError too, like bad UTF-8 and bad JSON.
    except ValueError as error:
        raise NotJSON("This is not JSON in UTF-8.", code="malformed_json") from error
    # Only an escape can put these in: UTF-8 and JSON themselves have refused the raw ones.
    if rb"\u" in raw and _unstorable(document):
        raise NotJSON("Text may not hold NUL or half a character.", code="bad_text")
    return document


def depth(raw: bytes) -> int:
    """How deep brackets nest in `raw`, outside strings; malformed JSON is counted as it stands."""
    if raw.count(b"[") + raw.count(b"{") <= MAX_DEPTH:
        return 0
    level = deepest = 0
    for bracket in _BRACKET.finditer(_STRING.sub(b"", raw)):
        level += 1 if bracket[0] in b"[{" else -1
        deepest = max(deepest, level)
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NotJSON("A key is there twice.", code="duplicate_key")
    return found


def _not_a_number(name: str) -> NoReturn:
    raise NotJSON("NaN and Infinity are not JSON.", code="not_a_number")


def _float(text: str) -> float:
    number = float(text)
    if number in {float("inf"), float("-inf")}:
        _not_a_number(text)
    return number


def _unstorable(value: Any) -> bool:
    """Whether any text in `value` cannot be stored. Recursion is bounded by MAX_DEPTH."""
    if isinstance(value, str):
        return bool(_UNSTORABLE.search(value))
    if isinstance(value, list):
        return any(_unstorable(item) for item in value)
    if isinstance(value, dict):
        return any(_UNSTORABLE.search(key) or _unstorable(item) for key, item in value.items())
    return False
