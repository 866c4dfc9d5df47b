"""Whether a delivery was signed by who knows the feed's secret, and just now. Pure.

As Standard Webhooks has it: HMAC-SHA256 over id, timestamp and body, so that none of the three is
changed or sent again later.
"""

import base64
import binascii
import datetime as dt
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

#: How far the sender's clock and ours may be apart; what is older may be a recording.
WINDOW = dt.timedelta(minutes=5)
_VERSION = "v1"


@dataclass(frozen=True, slots=True)
class Signed:
    """What came with a body: Webhook-Id, Webhook-Timestamp (Unix seconds), Webhook-Signature."""

    id: str
    timestamp: str
    signature: str


def fault(signed: Signed, body: bytes, *, secrets: Sequence[str], now: dt.datetime) -> str:
    """Why a delivery is not to be believed, or "": `signature_wrong`, `outside_window`.

    Any of `secrets` will do, while one is replaced by another.
    """
    content = f"{signed.id}.{signed.timestamp}.".encode() + body
    wanted = [digest(secret, content) for secret in secrets]
    given = [value for value in map(_decoded, signed.signature.split()) if value]
    # Each pair is compared, and in constant time.
    alike = [hmac.compare_digest(one, other) for one in given for other in wanted]
    if not signed.id or not any(alike):
        return "signature_wrong"
    return "" if _is_recent(signed.timestamp, now) else "outside_window"


def digest(key: str, content: bytes) -> bytes:
    """The bytes that a signature of `content` is the base64 of."""
    return hmac.new(key.encode(), content, hashlib.sha256).digest()


def sign(secret: str, *, id: str, timestamp: int, body: bytes) -> Signed:  # noqa: A002 - as the header
    """What a sender puts into the three headers."""
    content = f"{id}.{timestamp}.".encode() + body
    written = base64.b64encode(digest(secret, content)).decode()
    return Signed(id, str(timestamp), f"{_VERSION},{written}")


def _is_recent(timestamp: str, now: dt.datetime) -> bool:
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    return abs(now.timestamp() - int(timestamp)) <= WINDOW.total_seconds()


def _decoded(written: str) -> bytes:
    version, _, value = written.partition(",")
    if version != _VERSION:
        return b""
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return b""
