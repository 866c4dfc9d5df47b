"""Versions of single records as ETag and If-Match (RFC 9110 s.13.1.1)."""

import re

from django.http import HttpRequest
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from offenders.errors import Stale

_TAG = re.compile(r'(?P<weak>W/)?"(?P<version>[0-9]{1,9})"')


def etag(version: int) -> str:
    """The entity tag of a record at `version`."""
    return f'"{version}"'


def expected_version(request: Request | HttpRequest) -> int | None:
    """The version that the caller read, or None where they did not say (no header, or `*`).

    Raises ParseError for what is not one of our tags, and Stale for a weak one: it matches nothing.
    """
    said = request.headers.get("If-Match", "").strip()
    if said in {"", "*"}:
        return None
    match = _TAG.fullmatch(said)
    if match is None:
        raise ParseError("Send the ETag of the record, in quotes.", code="bad_if_match")
    if match["weak"]:
        raise Stale
    return int(match["version"])
