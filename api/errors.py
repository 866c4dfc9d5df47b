"""One shape for everything that goes wrong: application/problem+json (RFC 9457).

`code` is stable and for programs, `detail` is for people and never repeats what was sent. What is
unknown stays a 500 without any detail, for the error tracker.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions
from rest_framework.response import Response

from api.renderers import dumps
from audit import context
from workflows.problems import NOT_FOUND, Errors, Problem, invalid
from workflows.problems import problem_of as problem_of_ours

PROBLEM_JSON = "application/problem+json"


class TooLarge(exceptions.APIException):
    """A body longer than its route takes."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"

    def __init__(self, limit: int) -> None:
        super().__init__(f"Send at most {limit} bytes.")


class PreconditionRequired(exceptions.APIException):
    """A change of a record that has a version came without If-Match (RFC 6585 s.3)."""

    status_code = HTTPStatus.PRECONDITION_REQUIRED
    default_code = "precondition_required"
    default_detail = "Send the ETag that you read in If-Match."


BAD_REQUEST = Problem(400, "bad_request", "The request makes no sense.")
TOO_LARGE = Problem(413, "too_large", "The body is too large.")
FAILED = Problem(500, "server_error", "Something went wrong here. It has been noted.")

#: What the framework's own exceptions are called here, and said, so that no input is repeated.
_WORDS = {
    401: ("not_authenticated", "Sign in, or send a valid token."),
    403: ("not_permitted", "You may not do this."),
    404: ("not_found", NOT_FOUND.detail),
    405: ("method_not_allowed", "This route does not take that method; see Allow."),
    406: ("not_acceptable", "Nothing here can be written as Accept asks."),
    415: ("unsupported_media_type", "This route does not read that Content-Type."),
}
METHOD_NOT_ALLOWED = Problem(405, *_WORDS[405])
UNSUPPORTED_MEDIA_TYPE = Problem(415, *_WORDS[415])


def problem_handler(exc: Exception, handler_context: dict[str, Any]) -> Response | None:
    """The answer to `exc`; None lets it go on as a 500."""
    found = problem_of(exc)
    if found is None:
        return None
    headers = retry_headers(found)
    challenge = getattr(exc, "auth_header", None)
    if challenge:
        headers["WWW-Authenticate"] = challenge
    return Response(body_of(found), status=found.status, headers=headers, content_type=PROBLEM_JSON)


def problem_of(exc: BaseException | None) -> Problem | None:
    """What is known about `exc`, ours or the framework's, or None."""
    known = problem_of_ours(exc)
    kinds = (answer for kind, answer in FRAMEWORK if isinstance(exc, kind))
    return known or next((answer(exc) for answer in kinds), None)


def _of_rest_framework(exc: exceptions.APIException) -> Problem:
    code, detail = _WORDS.get(exc.status_code, (str(exc.get_codes()), str(exc.detail)))
    if isinstance(exc, exceptions.PermissionDenied) and exc.get_codes() == "csrf_failed":
        code, detail = "csrf_failed", "Send the CSRF token of your session."
    return Problem(exc.status_code, code, detail)


#: The framework's own exceptions with an answer. The first that fits decides.
FRAMEWORK: tuple[tuple[type[Exception], Callable[[Any], Problem]], ...] = (
    (Http404, lambda e: NOT_FOUND),
    (exceptions.NotFound, lambda e: NOT_FOUND),
    (RequestDataTooBig, lambda e: TOO_LARGE),
    (SuspiciousOperation, lambda e: BAD_REQUEST),
    (PermissionDenied, lambda e: Problem(403, *_WORDS[403])),
    (exceptions.ValidationError, lambda e: invalid(flattened(e.get_full_details()))),
    (exceptions.APIException, _of_rest_framework),
)


def body_of(problem: Problem) -> dict[str, Any]:
    """As RFC 9457 writes it, with `code`, `invalid` and `request_id` as extensions."""
    facts = context.current.get()
    members = {
        "type": f"urn:mosovo:problem:{problem.code}",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "code": problem.code,
        "detail": problem.detail,
        "request_id": facts.request_id if facts else "",
    }
    return members | ({"invalid": problem.invalid} if problem.invalid else {})


def retry_headers(problem: Problem) -> dict[str, str]:
    """Retry-After, where asking again can help."""
    return {"Retry-After": str(problem.retry_after)} if problem.retry_after else {}


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


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The 400 of a request that Django itself refuses, such as one for another host."""
    return as_response(problem_of(exception) or BAD_REQUEST)


def not_found(request: HttpRequest) -> HttpResponse:
    """The 404 of a path under /api that no route has: the same as for a missing record."""
    return as_response(NOT_FOUND)


def as_response(problem: Problem, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """A problem outside DRF: from a middleware, or for a path without a route."""
    return HttpResponse(
        dumps(body_of(problem)),
        status=problem.status,
        content_type=PROBLEM_JSON,
        headers={**retry_headers(problem), "Cache-Control": "no-store"} | dict(headers or {}),
    )
