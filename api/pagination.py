"""Keyset paging: a cursor says after which row to go on, so that nothing is skipped or sent twice.

DRF's own cursor loops for ever when more than 1,000 rows share a date (docs/decisions). Lists are
never counted.
"""

import datetime as dt
import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import orjson
from django.core.signing import BadSignature, Signer
from rest_framework.exceptions import ValidationError

#: Longest cursor that is read, characters.
MOST_CURSOR = 500


class Cursor:
    """Cursors of one list under one set of filters. One made by us for another is refused.

    What it holds (the scoring instant, the keys of the last row) is readable but signed: a forged
    one is a 400, never a query.
    """

    def __init__(self, path: str, filters: Mapping[str, Any]) -> None:
        self.path = path
        self.filters = {name: _text(value) for name, value in filters.items() if name != "limit"}
        asked = orjson.dumps(self.filters, option=orjson.OPT_SORT_KEYS)
        self._signer = Signer(salt=f"api.cursor:{path}:{hashlib.sha256(asked).hexdigest()}")

    def write(self, keys: tuple[Any, ...]) -> str:
        """The cursor that goes on after the row with `keys`."""
        return self._signer.sign(urlsafe_b64encode(orjson.dumps(keys)).decode().rstrip("="))

    def read(self, cursor: str) -> tuple[Any, ...]:
        """The keys in `cursor`, dates still as text. Raises ValidationError."""
        try:
            body = self._signer.unsign(cursor[:MOST_CURSOR])
            return tuple(orjson.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4))))
        except (BadSignature, ValueError) as error:
            said = {"cursor": "Send the cursor of an answer to the same list."}
            raise ValidationError(said, code="bad_cursor") from error

    def links(self, keys: tuple[Any, ...] | None, limit: int) -> dict[str, str | None]:
        """`next` (a path to ask for) and `next_cursor`, null at the end of the list."""
        if keys is None:
            return {"next": None, "next_cursor": None}
        cursor = self.write(keys)
        asked = {**self.filters, "limit": limit, "cursor": cursor}
        return {"next": f"{self.path}?{urlencode(asked)}", "next_cursor": cursor}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, dt.date) else str(value)
