"""Writing the record. The only code that inserts events.

`record` and `record_many` write in the caller's transaction: the change and its event are kept
together or not at all. `consult`, `complete_stream`, `ask_why` and `refuse` stand alone: outside
a transaction each has committed when it returns, so before a byte is sent.
"""

import datetime as dt
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, transaction

from audit import context
from audit.errors import AuditUnavailable
from audit.leaf import commitment, leaf_data, leaf_hash
from audit.models import Event, Operation, Outcome, Payload

#: Events written by one pair of INSERTs in `record_many`. SQLite's limit on parameters makes
#: Django split each further.
CHUNK = 500

#: Bytes of salt in front of a payload, so that its commitment cannot be guessed.
SALT_BYTES = 32

#: What is recorded where a reason was asked for: neither a look nor a refusal.
ASKED_WHY = "reason.ask"

NOWHERE = context.RequestFacts(request_id="", ip="", session_hash="")


class ActorLike(Protocol):
    """Who acted, in words that stay true after their account has gone."""

    @property
    def kind(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def client_id(self) -> str: ...
    @property
    def acting_for_key(self) -> str: ...
    @property
    def acting_for_label(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one event will say. `payload` alone may hold personal detail beyond a reason."""

    by: ActorLike
    action: str
    operation: Operation
    outcome: Outcome = Outcome.OK
    offender_id: int | None = None
    subject: str = ""
    purpose: tuple[str, str] | None = None
    reason: str = ""
    recipients: str = ""
    row_count: int | None = None
    occurred_at: dt.datetime | None = None
    completes: int | None = None
    payload: Mapping[str, Any] | None = None


def record(
    *,
    by: ActorLike,
    action: str,
    operation: Operation,
    outcome: Outcome = Outcome.OK,
    offender_id: int | None = None,
    subject: str = "",
    purpose: tuple[str, str] | None = None,
    reason: str = "",
    recipients: str = "",
    row_count: int | None = None,
    occurred_at: dt.datetime | None = None,
    completes: int | None = None,
    payload: Mapping[str, Any] | None = None,
) -> Event:
    """Write one event in the caller's transaction.

    `subject` names a thing as "task:<uuid>"; `purpose` is (kind, reference), such as
    ("task", "<uuid>"); `occurred_at` is when the act is said to have happened.
    """
    entry = Entry(
        by=by,
        action=action,
        operation=operation,
        outcome=outcome,
        offender_id=offender_id,
        subject=subject,
        purpose=purpose,
        reason=reason,
        recipients=recipients,
        row_count=row_count,
        occurred_at=occurred_at,
        completes=completes,
        payload=payload,
    )
    event, detail = _drafted(entry)
    with transaction.atomic(savepoint=False):
        event.save(force_insert=True)
        if detail is not None:
            detail.event_id = event.pk
            detail.save(force_insert=True)
    return event


def record_many(events: Iterable[Entry]) -> int:
    """Write many events in the caller's transaction, set-based. How many were written.

    For imports and sweeps: two INSERTs a chunk, whatever the number of events.
    """
    written = 0
    entries = iter(events)
    while chunk := [_drafted(entry) for entry in islice(entries, CHUNK)]:
        with transaction.atomic(savepoint=False):
            Event.objects.bulk_create([event for event, _ in chunk])
            details = []
            for event, detail in chunk:
                if detail is not None:
                    detail.event_id = event.pk
                    details.append(detail)
            Payload.objects.bulk_create(details)
        written += len(chunk)
    return written


def consult(
    *,
    by: ActorLike,
    action: str,
    offender_id: int | None = None,
    subject: str = "",
    row_count: int | None = None,
    ids: Sequence[str] = (),
    filters: Mapping[str, Any] | None = None,
    reason: str = "",
    purpose: tuple[str, str] | None = None,
) -> Event:
    """Record a look before its answer is sent: one event a request, a list's ids in the payload.

    Views run outside a transaction, so the event has committed when this returns. Raises
    AuditUnavailable when it cannot be written, and then nothing may be shown.
    """
    seen = {"ids": list(ids)} if ids else {}
    asked = {"filters": dict(filters)} if filters else {}
    with _must_be_written():
        return record(
            by=by,
            action=action,
            operation=Operation.CONSULTATION,
            offender_id=offender_id,
            subject=subject,
            row_count=row_count,
            reason=reason,
            purpose=purpose,
            payload=(seen | asked) or None,
        )


def complete_stream(event: Event, *, by: ActorLike, row_count: int) -> Event:
    """Record that the stream announced by `event` was sent whole, and how many rows it had.

    Raises AuditUnavailable.
    """
    with _must_be_written():
        return record(
            by=by,
            action=event.action,
            operation=Operation(event.operation),
            offender_id=event.offender_id,
            subject=event.subject,
            row_count=row_count,
            completes=event.pk,
        )


def ask_why(
    *, by: ActorLike, action: str, subject: str = "", offender_id: int | None = None
) -> Event:
    """Record that a reason was asked for before `action`. Nothing was shown, and nothing refused.

    Raises AuditUnavailable.
    """
    with _must_be_written():
        return record(
            by=by,
            action=ASKED_WHY,
            operation=Operation.CONSULTATION,
            subject=subject,
            offender_id=offender_id,
            purpose=("action", action),
        )


def refuse(
    *,
    by: ActorLike,
    action: str,
    operation: Operation = Operation.CONSULTATION,
    subject: str = "",
    offender_id: int | None = None,
    reason: str = "",
) -> Event:
    """Record a refusal. Call it after the refused transaction has rolled back.

    Raises AuditUnavailable.
    """
    with _must_be_written():
        return record(
            by=by,
            action=action,
            operation=operation,
            outcome=Outcome.DENIED,
            subject=subject,
            offender_id=offender_id,
            reason=reason,
        )


@contextmanager
def _must_be_written() -> Iterator[None]:
    """A transaction of its own outside one, a savepoint inside one (`durable=False`)."""
    try:
        with transaction.atomic(durable=False):
            yield
    except DatabaseError as error:
        raise AuditUnavailable("The audit record cannot be written now.") from error


def _drafted(entry: Entry) -> tuple[Event, Payload | None]:
    """The rows of `entry`, with its leaf made; the payload row still lacks its event's id."""
    facts = context.current.get() or NOWHERE
    purpose_kind, purpose_ref = entry.purpose or ("", "")
    event = Event(
        operation=entry.operation,
        action=entry.action,
        outcome=entry.outcome,
        actor_kind=entry.by.kind,
        actor_key=entry.by.key,
        actor_label=entry.by.label,
        client_id=entry.by.client_id,
        acting_for_key=entry.by.acting_for_key,
        acting_for_label=entry.by.acting_for_label,
        session_hash=facts.session_hash,
        ip=facts.ip,
        request_id=facts.request_id,
        offender_id=entry.offender_id,
        subject=entry.subject,
        purpose_kind=purpose_kind,
        purpose_ref=purpose_ref,
        reason=entry.reason,
        recipients=entry.recipients,
        row_count=entry.row_count,
        occurred_at=entry.occurred_at,
        completes=entry.completes,
    )
    detail, commit = _detail(entry.payload)
    event.leaf_data = leaf_data(event, at=dt.datetime.now(dt.UTC), commit=commit)
    event.leaf_hash = leaf_hash(event.leaf_data)
    return event, detail


def _detail(payload: Mapping[str, Any] | None) -> tuple[Payload | None, str | None]:
    """A payload row with a fresh salt, and the commitment to it.

    Dates, UUIDs and decimals become text before hashing, as the column will give them back.
    """
    if payload is None:
        return None, None
    plain = json.loads(json.dumps(dict(payload), cls=DjangoJSONEncoder))
    salt = secrets.token_bytes(SALT_BYTES)
    return Payload(payload=plain, salt=salt), commitment(plain, salt)
