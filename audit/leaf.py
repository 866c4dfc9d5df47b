"""The bytes that stand for an event in the sealed record, and their hashes (RFC 9162 leaves).

Pure: no database. What is written here is hashed for ever, so a change of shape is a new
`VERSION`, and old rows are never made again.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping

from audit.models import Event

#: Shape of `leaf_data`, inside it as `v`.
VERSION = 1

#: The columns of Event that `leaf_data` repeats word for word.
FIELDS = (
    "operation",
    "action",
    "outcome",
    "actor_kind",
    "actor_key",
    "actor_label",
    "client_id",
    "session_hash",
    "ip",
    "request_id",
    "offender_id",
    "subject",
    "purpose_kind",
    "purpose_ref",
    "reason",
    "recipients",
    "row_count",
    "occurred_at",
    "completes",
)

#: Columns that came later: in `leaf_data` only where they say something, so that a leaf without
#: them is what it always was.
LATER_FIELDS = ("acting_for_key", "acting_for_label")


def canonical(value: object) -> bytes:
    """JSON with sorted keys, no spaces, in UTF-8. ValueError for NaN, TypeError for odd types."""
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def commitment(payload: Mapping[str, object], salt: bytes) -> str:
    """SHA-256 of the salt and the canonical payload, hex. Says nothing about the payload."""
    return hashlib.sha256(salt + canonical(payload)).hexdigest()


def leaf_data(event: Event, *, at: dt.datetime, commit: str | None) -> bytes:
    """The canonical bytes of `event`. `at` is the writer's clock, UTC, to the microsecond."""
    leaf: dict[str, object] = {name: _plain(getattr(event, name)) for name in FIELDS}
    leaf |= {name: said for name in LATER_FIELDS if (said := str(getattr(event, name)))}
    leaf |= {"v": VERSION, "at": _plain(at)}
    if commit is not None:
        leaf["commit"] = commit
    return canonical(leaf)


def leaf_hash(data: bytes) -> bytes:
    """SHA-256 with the leaf prefix 0x00, 32 bytes (RFC 9162 s.2.1.1)."""
    return hashlib.sha256(b"\x00" + data).digest()


def differences(event: Event) -> list[str]:
    """The names of the columns that do not say what `leaf_data` says; empty when all is well."""
    data = bytes(event.leaf_data)
    leaf = json.loads(data)
    wrong = [name for name in FIELDS if _plain(getattr(event, name)) != leaf[name]]
    wrong += [name for name in LATER_FIELDS if getattr(event, name) != leaf.get(name, "")]
    if bytes(event.leaf_hash) != leaf_hash(data):
        wrong.append("leaf_hash")
    return wrong


def _plain(value: object) -> object:
    """`value` as JSON has it: instants as UTC to the microsecond."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, str):
        return str(value)
    return value
