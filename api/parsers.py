"""JSON from strangers: read strictly or refused, before any of it is used."""

import json
import re
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.parsers import BaseParser

from api.errors import TooLarge

#: The longest body, bytes: a write-up of the longest fields, or 5,000 ids.
MAX_BODY = 256 * 1024
#: Deeper nesting is no request of ours; a parser recurses once a level.
MAX_DEPTH = 32

#: A whole string, or what is left of one that never ends: always matches, so one pass is enough.
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+\\?(?:"|\Z)', re.DOTALL)
_BRACKET = re.compile(rb"[\[\]{}]")
#: NUL breaks PostgreSQL, and half of a surrogate pair cannot be written back as UTF-8.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class StrictJSONParser(BaseParser):
    """Bodies in application/json: UTF-8, an object, no key twice, at most MAX_DEPTH deep."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The body as a dict. Raises ParseError with a stable code, or TooLarge."""
        charset = re.search(r'charset="?([\w-]+)', media_type or "", re.IGNORECASE)
        if charset and charset[1].lower() not in {"utf-8", "utf8"}:
            raise UnsupportedMediaType(f"charset {charset[1][:20]}")
        raw = stream.read(MAX_BODY + 1)
        if len(raw) > MAX_BODY:
            raise TooLarge(MAX_BODY)
        document = loads(raw)
        if not isinstance(document, dict):
            raise ParseError("Send one JSON object.", code="not_an_object")
        return document


def loads(raw: bytes) -> Any:
    """The JSON document in `raw`, read strictly. Raises ParseError."""
    if depth(raw) > MAX_DEPTH:
        raise ParseError(f"Nest at most {MAX_DEPTH} deep.", code="too_deep")
    try:
        document = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_not_a_number,
            parse_float=_float,
        )
    # A number of thousands of digits is a ValueError too, like bad UTF-8 and bad JSON.
    except ValueError as error:
        raise ParseError("This is not JSON in UTF-8.", code="malformed_json") from error
    # Only an escape can put these in: UTF-8 and JSON themselves have refused the raw ones.
    if rb"\u" in raw and _unstorable(document):
        raise ParseError("Text may not hold NUL or half a character.", code="bad_text")
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
        raise ParseError("A key is there twice.", code="duplicate_key")
    return found


def _not_a_number(name: str) -> NoReturn:
    raise ParseError("NaN and Infinity are not JSON.", code="not_a_number")


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


class CSVParser(BaseParser):
    """A file as the whole body, in text/csv. The view reads the stream, which has its own limit."""

    media_type = "text/csv"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The stream as it is."""
        return stream
