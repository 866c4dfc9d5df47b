"""JSON from strangers: read strictly or refused, before any of it is used."""

import re
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.parsers import BaseParser

from api.errors import TooLarge
from workflows.strict_json import NotJSON, loads

#: The longest body, bytes: a write-up of the longest fields, or 5,000 ids.
MAX_BODY = 256 * 1024
#: The longest batch, bytes: a thousand indicators of two thousand characters.
MAX_BATCH = 2 * 1024 * 1024


class StrictJSONParser(BaseParser):
    """Bodies in application/json: UTF-8, an object, no key twice, at most MAX_DEPTH deep."""

    media_type = "application/json"
    most_bytes = MAX_BODY

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
        raw = stream.read(self.most_bytes + 1)
        if len(raw) > self.most_bytes:
            raise TooLarge(self.most_bytes)
        try:
            document = loads(raw)
        except NotJSON as error:
            raise ParseError(error.message, code=error.code) from error
        if not isinstance(document, dict):
            raise ParseError("Send one JSON object.", code="not_an_object")
        return document


class BatchParser(StrictJSONParser):
    """The same, as long as a thousand indicators are."""

    most_bytes = MAX_BATCH


class SignedParser(BaseParser):
    """A body in application/json that is signed as it stands: its bytes, not yet read."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The bytes. Raises TooLarge."""
        raw = stream.read(MAX_BATCH + 1)
        if len(raw) > MAX_BATCH:
            raise TooLarge(MAX_BATCH)
        return raw


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
