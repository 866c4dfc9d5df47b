"""Everything that goes wrong has one shape, a stable code, and says nothing it should not."""

import sqlite3

import orjson
import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.http import Http404
from psycopg.errors import LockNotAvailable
from rest_framework import exceptions

from accounts.errors import NotPermitted, ReasonRequired, TooManyAttempts
from accounts.idempotency import KeyInFlight, KeyReused
from api.errors import FAILED, as_response, problem_handler, problem_of
from audit import context
from audit.errors import AuditUnavailable
from offenders.errors import Invalid, RuleBroken, Stale
from rules.errors import NoRulesInForce
from workflows.errors import NotVisible, TaskBusy, TaskNotOpen

SECRET = "Kestrel"


@pytest.mark.parametrize(
    ("raised", "status", "code"),
    [
        (RuleBroken("visit_already_made", "It was made."), 409, "visit_already_made"),
        (TaskNotOpen(), 409, "task_not_open"),
        (TaskBusy(), 409, "busy"),
        (Invalid("in_past", "Too early.", field="until"), 400, "invalid"),
        (NoRulesInForce(SECRET), 409, "no_rules_in_force"),
        (Stale(), 412, "stale"),
        (NotVisible(SECRET), 404, "not_found"),
        (Http404(SECRET), 404, "not_found"),
        (NotPermitted(SECRET), 403, "not_permitted"),
        (ReasonRequired(SECRET), 403, "reason_required"),
        (KeyReused(SECRET), 422, "idempotency_key_reused"),
        (KeyInFlight(SECRET), 409, "idempotency_key_in_flight"),
        (AuditUnavailable(SECRET), 503, "audit_unavailable"),
        (SuspiciousOperation(SECRET), 400, "bad_request"),
        (exceptions.NotAuthenticated(SECRET), 401, "not_authenticated"),
        (exceptions.AuthenticationFailed(SECRET), 401, "not_authenticated"),
        (exceptions.PermissionDenied(SECRET), 403, "not_permitted"),
        (exceptions.MethodNotAllowed(SECRET), 405, "method_not_allowed"),
        (exceptions.NotAcceptable(SECRET), 406, "not_acceptable"),
        (exceptions.UnsupportedMediaType(SECRET), 415, "unsupported_media_type"),
        (TooManyAttempts(3), 429, "too_many_requests"),
        (exceptions.ValidationError({"a": ["Wrong."]}), 400, "invalid"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_what_is_raised_becomes_a_problem(raised: Exception, status: int, code: str) -> None:
    answer = problem_handler(raised, {})
    assert answer is not None
    assert (answer.status_code, answer.data["status"], answer.data["code"]) == (
        status,
        status,
        code,
    )
    assert answer.content_type == "application/problem+json"
    assert answer.data.keys() >= {"type", "title", "status", "code", "detail", "request_id"}
    assert SECRET not in str(answer.data)


def test_what_is_unknown_stays_a_server_error() -> None:
    assert problem_handler(ZeroDivisionError(SECRET), {}) is None
    assert problem_of(OperationalError("no such table")) is None


def test_a_server_error_says_nothing_of_what_failed() -> None:
    answer = as_response(FAILED)
    assert answer.status_code == 500
    assert orjson.loads(answer.content)["code"] == "server_error"


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_lock_that_was_not_free_may_be_asked_for_again(database: str) -> None:
    cause: Exception = LockNotAvailable("timeout")
    if database == "sqlite":
        cause = sqlite3.OperationalError("database is locked")
        cause.sqlite_errorcode = sqlite3.SQLITE_BUSY  # type: ignore[attr-defined]
    error = OperationalError("locked")
    error.__cause__ = cause
    answer = problem_handler(error, {})
    assert answer is not None
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")


def test_every_fault_of_every_field_is_named() -> None:
    nested = exceptions.ValidationError({"people": {1: ["Bad id."]}, "on": ["Late.", "Odd."]})
    answer = problem_handler(nested, {})
    assert answer is not None
    assert {name: len(errors) for name, errors in answer.data["invalid"].items()} == {
        "people.1": 1,
        "on": 2,
    }


def test_missing_and_hidden_look_alike_but_for_the_request_id() -> None:
    facts = context.RequestFacts(request_id="r1", ip="", session_hash="")
    with context.entered(facts):
        hidden = problem_handler(NotVisible(), {})
        missing = problem_handler(Http404(), {})
    assert hidden is not None
    assert missing is not None
    assert hidden.data == missing.data
    assert hidden.data["request_id"] == "r1"
