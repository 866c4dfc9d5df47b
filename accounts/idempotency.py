"""A request that is sent twice has its effect once, and gets the same answer both times.

The key commits with the effect, in one transaction. A run that raises leaves nothing behind, so
it may be tried again; an answer that was stored is never made again.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from psycopg.errors import LockNotAvailable

from accounts.actor import Actor
from accounts.models import IdempotencyKey

#: How long an answer is kept. Longer than any client retries.
KEPT = dt.timedelta(hours=72)


class KeyReused(Exception):
    """The same key came with another request (422)."""

    code = "idempotency_key_reused"


class KeyInFlight(Exception):
    """The first request with this key is still running (409). Try again later."""

    code = "idempotency_key_in_flight"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it went out, to be sent again word for word."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


def once(*, by: Actor, key: str, fingerprint: str, run: Callable[[], Reply]) -> tuple[Reply, bool]:
    """The reply to `by`'s request `key`, and whether it is a replay of an earlier one.

    `fingerprint` is SHA-256 hex of method, path and body. A duplicate that arrives while the first
    is running waits for it. Raises KeyReused, KeyInFlight, and whatever `run` raises; where the
    database itself is busy, its OperationalError.
    """
    if known := stored(by=by, key=key, fingerprint=fingerprint):
        return known, True
    with transaction.atomic():
        row = _claimed(by=by, key=key, fingerprint=fingerprint)
        if row is not None:
            reply = run()
            row.status, row.body, row.headers = reply.status, reply.body, dict(reply.headers)
            row.save(update_fields=["status", "body", "headers"])
            return reply, False
    # Another request held the key and has now committed.
    if known := stored(by=by, key=key, fingerprint=fingerprint):
        return known, True
    raise KeyInFlight("The same request is still being answered.")


def purge(older_than: dt.timedelta = KEPT) -> int:
    """Forget the answers older than `older_than`. How many. Safe to run twice."""
    deleted, _ = IdempotencyKey.objects.filter(created_at__lt=timezone.now() - older_than).delete()
    return deleted


def stored(*, by: Actor, key: str, fingerprint: str) -> Reply | None:
    """The answer that `by`'s request `key` got, or None. Raises KeyReused, KeyInFlight."""
    row = IdempotencyKey.objects.filter(actor_key=by.key, key=key).first()
    if row is None:
        return None
    if row.fingerprint != fingerprint:
        raise KeyReused("This Idempotency-Key was used for another request.")
    if row.status is None or row.body is None:  # only inside the transaction that is making it
        raise KeyInFlight("The same request is still being answered.")
    return Reply(status=row.status, body=bytes(row.body), headers=row.headers)


def _claimed(*, by: Actor, key: str, fingerprint: str) -> IdempotencyKey | None:
    """The new row, or None when the key is taken. Waits while another transaction is taking it.

    Raises KeyInFlight after PostgreSQL's `lock_timeout`. SQLite waits where the transaction begins,
    for whoever writes whatever: that says nothing of the key.
    """
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(actor_key=by.key, key=key, fingerprint=fingerprint)
    except IntegrityError:
        return None
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise KeyInFlight("The same request is still being answered.") from error
        raise
