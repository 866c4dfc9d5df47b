"""One shape for everything that goes wrong: application/problem+json (RFC 9457).

`code` is stable and for programs, `detail` is for people and never repeats what was sent. What is
unknown stays a 500 without any detail, for the error tracker.
"""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from psycopg.errors import DeadlockDetected, LockNotAvailable
from rest_framework import exceptions
from rest_framework.response import Response

from accounts.errors import NotPermitted, ReasonRequired
from accounts.idempotency import KeyInFlight, KeyReused
from api.renderers import dumps
from audit import context
from audit.errors import AuditUnavailable
from offenders.errors import Invalid, RuleBroken, Stale
from rules.errors import NoRulesInForce
from workflows.errors import NotVisible

PROBLEM_JSON = "application/problem+json"

#: Seconds after which a caller who met a lock may ask again.
AFTER_A_LOCK = 1
#: Seconds after which a caller who met an unwritable record may ask again.
AFTER_AN_OUTAGE = 5

Errors = dict[str, list[dict[str, str]]]


class TooLarge(exceptions.APIException):
    """A body longer than its route takes."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"Send at most {limit} bytes.")


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. `invalid` names the fields that cannot be right, and why."""

    status: int
    code: str
    detail: str
    invalid: Errors = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """As RFC 9457 writes it, with `code`, `invalid` and `request_id` as extensions."""
        facts = context.current.get()
        members = {
            "type": f"urn:mosovo:problem:{self.code}",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            "request_id": facts.request_id if facts else "",
        }
        return members | ({"invalid": self.invalid} if self.invalid else {})


NOT_FOUND = Problem(404, "not_found", "There is no such record.")
BAD_REQUEST = Problem(400, "bad_request", "The request makes no sense.")
FAILED = Problem(500, "server_error", "Something went wrong here. It has been noted.")

#: What DRF's own exceptions are called here, and said, so that no input is repeated.
_WORDS = {
    401: ("not_authenticated", "Sign in, or send a valid token."),
    403: ("not_permitted", "You may not do this."),
    404: ("not_found", NOT_FOUND.detail),
    405: ("method_not_allowed", "This route does not take that method; see Allow."),
    406: ("not_acceptable", "Nothing here can be written as Accept asks."),
    415: ("unsupported_media_type", "This route does not read that Content-Type."),
    429: ("too_many_requests", "Too many requests. Wait as Retry-After says."),
}


def _of_framework(exc: exceptions.APIException) -> Problem:
    code, detail = _WORDS.get(exc.status_code, (str(exc.get_codes()), str(exc.detail)))
    if isinstance(exc, exceptions.PermissionDenied) and exc.get_codes() == "csrf_failed":
        code, detail = "csrf_failed", "Send the CSRF token of your session."
    wait = getattr(exc, "wait", None)
    headers = {"Retry-After": str(int(wait))} if wait else {}
    return Problem(exc.status_code, code, detail, headers=headers)


#: Every exception with an answer of its own. The first that fits decides.
ANSWERS: tuple[tuple[type[Exception], Callable[[Any], Problem]], ...] = (
    (RuleBroken, lambda e: Problem(409, e.code, e.message)),
    (
        Invalid,
        lambda e: invalid({e.field: [{"code": e.code, "message": e.message}]}),
    ),
    (NoRulesInForce, lambda e: Problem(409, "no_rules_in_force", "No rules cover that day.")),
    (Stale, lambda e: Problem(412, e.code, e.message)),
    (NotVisible, lambda e: NOT_FOUND),
    (Http404, lambda e: NOT_FOUND),
    (exceptions.NotFound, lambda e: NOT_FOUND),
    (
        ReasonRequired,
        lambda e: Problem(
            403, e.code, "Give a reason: in Access-Reason to look, in the body to change."
        ),
    ),
    (NotPermitted, lambda e: Problem(403, e.code, "You may not do this.")),
    (PermissionDenied, lambda e: Problem(403, "not_permitted", "You may not do this.")),
    (KeyReused, lambda e: Problem(422, e.code, "This Idempotency-Key came with another request.")),
    (
        KeyInFlight,
        lambda e: Problem(
            409, e.code, "The first request with this Idempotency-Key is running.",
            headers={"Retry-After": str(AFTER_A_LOCK)},
        ),
    ),
    (
        AuditUnavailable,
        lambda e: Problem(
            503, e.code, "The record cannot be written now, so nothing was done or shown.",
            headers={"Retry-After": str(AFTER_AN_OUTAGE)},
        ),
    ),
    (RequestDataTooBig, lambda e: Problem(413, "too_large", "The body is too large.")),
    (SuspiciousOperation, lambda e: BAD_REQUEST),
    (exceptions.ValidationError, lambda e: invalid(flattened(e.get_full_details()))),
    (exceptions.APIException, _of_framework),
)  # fmt: skip


def problem_handler(exc: Exception, handler_context: dict[str, Any]) -> Response | None:
    """The answer to `exc`; None lets it go on as a 500."""
    found = problem_of(exc)
    if found is None:
        return None
    headers = dict(found.headers)
    challenge = getattr(exc, "auth_header", None)
    if challenge:
        headers["WWW-Authenticate"] = challenge
    return Response(found.body(), status=found.status, headers=headers, content_type=PROBLEM_JSON)


def problem_of(exc: Exception) -> Problem | None:
    """What is known about `exc`, or None."""
    for kind, answer in ANSWERS:
        if isinstance(exc, kind):
            return answer(exc)
    if isinstance(exc, OperationalError) and _waited_in_vain(exc):
        return Problem(
            503, "busy", "Others are writing. Ask again.",
            headers={"Retry-After": str(AFTER_A_LOCK)},
        )  # fmt: skip
    return None


def invalid(errors: Errors) -> Problem:
    """Some fields cannot be right."""
    return Problem(400, "invalid", "Some fields are invalid.", invalid=errors)


def flattened(details: Any, name: str = "") -> Errors:
    """DRF's nested errors as one list for each field, "present.0" for the first item of a list."""
    if isinstance(details, dict) and details.keys() == {"message", "code"}:
        return {
            name or "non_field_errors": [
                {"code": details["code"], "message": str(details["message"])}
            ]
        }
    found: Errors = {}
    items = details.items() if isinstance(details, dict) else enumerate(details)
    for key, value in items:
        # Errors of one field come as a list, errors of its items as a list or dict of lists.
        is_leaf = isinstance(details, list) and isinstance(value, dict) and "message" in value
        inner = name if is_leaf else f"{name}.{key}".strip(".")
        for path, errors in flattened(value, inner).items():
            found.setdefault(path, []).extend(errors)
    return found


def server_error(request: HttpRequest) -> HttpResponse:
    """The 500 of everything under /api: no words about what failed."""
    return as_response(FAILED)


def bad_request(request: HttpRequest) -> HttpResponse:
    """The 400 of a request that Django itself refuses, such as one for another host."""
    return as_response(BAD_REQUEST)


def not_found(request: HttpRequest) -> HttpResponse:
    """The 404 of a path under /api that no route has: the same as for a missing record."""
    return as_response(NOT_FOUND)


def as_response(problem: Problem) -> HttpResponse:
    """A problem outside DRF: from a middleware, or for a path without a route."""
    return HttpResponse(
        dumps(problem.body()),
        status=problem.status,
        content_type=PROBLEM_JSON,
        headers={**problem.headers, "Cache-Control": "no-store"},
    )


def _waited_in_vain(error: OperationalError) -> bool:
    """Whether a lock was not free in time, which passes by itself."""
    cause = error.__cause__
    if isinstance(cause, sqlite3.OperationalError):
        return cause.sqlite_errorcode in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return isinstance(cause, LockNotAvailable | DeadlockDetected)
