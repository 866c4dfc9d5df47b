"""Keyset paging: a cursor says after which row to go on, so that nothing is skipped or sent twice.

DRF's own cursor loops for ever when more than 1,000 rows share a date (docs/decisions). Lists are
never counted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from rest_framework.exceptions import ValidationError

from workflows.queries import cursor as cursors


class Cursor(cursors.Cursor):
    """The cursors of one list of the API: a bad one is a 400."""

    def read(self, cursor: str) -> tuple[Any, ...]:
        """The keys in `cursor`, dates still as text. Raises ValidationError."""
        with self.refusing():
            return super().read(cursor)

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Around a query that may find that a cursor of ours is of an order before this one."""
        try:
            yield
        except cursors.BadCursor as error:
            said = {"cursor": "Send the cursor of an answer to the same list."}
            raise ValidationError(said, code="bad_cursor") from error

    def links(self, keys: tuple[Any, ...] | None, limit: int) -> dict[str, str | None]:
        """`next` (a path to ask for) and `next_cursor`, null at the end of the list."""
        if keys is None:
            return {"next": None, "next_cursor": None}
        cursor = self.write(keys)
        asked = {**self.filters, "limit": limit, "cursor": cursor}
        return {"next": f"{self.path}?{urlencode(asked)}", "next_cursor": cursor}
