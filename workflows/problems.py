"""What each refusal of ours is called outside: one table, so that neither pages nor API forget one.

`code` is stable and for programs, `detail` is for people and never repeats what was sent.
"""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import OperationalError
from psycopg.errors import DeadlockDetected, LockNotAvailable

from accounts.errors import NotPermitted, ReasonRequired, TooManyAttempts
from accounts.idempotency import KeyInFlight, KeyReused
from audit.errors import AuditUnavailable
from offenders.errors import Invalid, RuleBroken, Stale
from rules.errors import Fault, NoRulesInForce, RulesInvalid, RulesRefused
from workflows.errors import NotVisible

#: Seconds after which a caller who met a lock may ask again.
AFTER_A_LOCK = 1
#: Seconds after which a caller who met an unwritable record may ask again.
AFTER_AN_OUTAGE = 5

Errors = dict[str, list[dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem, by its HTTP status (RFC 9110).

    `invalid` names the fields that cannot be right, and why. `retry_after`: seconds, 0 for never.
    """

    status: int
    code: str
    detail: str
    invalid: Errors = field(default_factory=dict)
    retry_after: int = 0


NOT_FOUND = Problem(404, "not_found", "There is no such record.")
BUSY = Problem(503, "busy", "Others are writing. Ask again.", retry_after=AFTER_A_LOCK)

#: Every exception with an answer of its own. The first that fits decides.
ANSWERS: tuple[tuple[type[Exception], Callable[[Any], Problem]], ...] = (
    (RuleBroken, lambda e: Problem(409, e.code, e.message)),
    (Invalid, lambda e: invalid(_by_field(e))),
    (NoRulesInForce, lambda e: Problem(409, "no_rules_in_force", "No rules cover that day.")),
    (RulesInvalid, lambda e: invalid(_by_rule(e.faults))),
    (RulesRefused, lambda e: Problem(409, e.code, e.message, invalid=_by_rule(e.faults))),
    (Stale, lambda e: Problem(412, e.code, e.message)),
    (NotVisible, lambda e: NOT_FOUND),
    (
        ReasonRequired,
        lambda e: Problem(
            403, e.code, "Give a reason: in Access-Reason to look, in the body to change."
        ),
    ),
    (NotPermitted, lambda e: Problem(403, e.code, "You may not do this.")),
    (
        TooManyAttempts,
        lambda e: Problem(
            429, e.code, "Too many requests. Wait as Retry-After says.", retry_after=e.seconds
        ),
    ),
    (KeyReused, lambda e: Problem(422, e.code, "This Idempotency-Key came with another request.")),
    (
        KeyInFlight,
        lambda e: Problem(
            409,
            e.code,
            "The first request with this Idempotency-Key is running.",
            retry_after=AFTER_A_LOCK,
        ),
    ),
    (
        AuditUnavailable,
        lambda e: Problem(
            503,
            e.code,
            "The record cannot be written now, so nothing was done or shown.",
            retry_after=AFTER_AN_OUTAGE,
        ),
    ),
)


def problem_of(error: BaseException | None) -> Problem | None:
    """What is known about `error`, or None: then it is a fault of ours."""
    for kind, answer in ANSWERS:
        if isinstance(error, kind):
            return answer(error)
    return BUSY if _waited_in_vain(error) else None


def invalid(errors: Errors) -> Problem:
    """Some fields cannot be right."""
    return Problem(400, "invalid", "Some fields are invalid.", invalid=errors)


def _by_field(error: Invalid) -> Errors:
    """All that an action found wrong, by field."""
    return {
        field: [{"code": one.code, "message": one.message} for one in found]
        for field, found in error.by_field().items()
    }


def _by_rule(faults: Iterable[Fault]) -> Errors:
    """Faults of a rule set, by the rule or figure they are about."""
    found: Errors = {}
    for fault in faults:
        found.setdefault(fault.about, []).append({"code": fault.code, "message": fault.message})
    return found


def _waited_in_vain(error: BaseException | None) -> bool:
    """Whether a lock was not free in time, which passes by itself."""
    cause = error.__cause__ if isinstance(error, OperationalError) else None
    if isinstance(cause, sqlite3.OperationalError):
        return cause.sqlite_errorcode in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return isinstance(cause, LockNotAvailable | DeadlockDetected)
