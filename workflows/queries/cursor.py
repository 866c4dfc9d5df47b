"""Where a list goes on: readable, but signed, and good for that one list alone."""

import datetime as dt
import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

import orjson
from django.core.signing import BadSignature, Signer

#: Longest cursor that is read, characters.
MOST_CURSOR = 500


class BadCursor(ValueError):
    """A cursor that is not ours, or is ours for another list, filter or order."""


class Cursor:
    """Cursors of one list under one set of filters. One made by us for another is refused.

    What it holds (the scoring instant, the keys of the last row) is readable but signed: a forged
    one never gets as far as a query.
    """

    def __init__(self, path: str, filters: Mapping[str, Any]) -> None:
        self.path = path
        self.filters = {name: _text(value) for name, value in filters.items() if name != "limit"}
        asked = orjson.dumps(self.filters, option=orjson.OPT_SORT_KEYS)
        self._signer = Signer(salt=f"cursor:{path}:{hashlib.sha256(asked).hexdigest()}")

    def write(self, keys: tuple[Any, ...]) -> str:
        """The cursor that goes on after the row with `keys`."""
        return self._signer.sign(urlsafe_b64encode(orjson.dumps(keys)).decode().rstrip("="))

    def read(self, cursor: str) -> tuple[Any, ...]:
        """The keys in `cursor`, dates still as text. Raises BadCursor."""
        try:
            body = self._signer.unsign(cursor[:MOST_CURSOR])
            return tuple(orjson.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4))))
        except (BadSignature, ValueError) as error:
            raise BadCursor from error

    def read_or_begin(self, cursor: str) -> tuple[Any, ...] | None:
        """The keys in `cursor`; None, which is the beginning of the list, for a bad one or none."""
        try:
            return self.read(cursor) if cursor else None
        except BadCursor:
            return None


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, dt.date) else str(value)
