"""The pages of everything that can go wrong. None of them says what failed inside."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from accounts.errors import NotPermitted
from accounts.idempotency import KeyInFlight, KeyReused
from audit.errors import AuditUnavailable
from offenders.errors import Invalid, RuleBroken, Stale
from ui.context import Frame
from workflows.errors import NotVisible

#: Which page each error gets. The first that fits decides.
STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (NotVisible, 404),
    (NotPermitted, 403),
    (Invalid, 400),
    (Stale, 412),
    (RuleBroken, 409),
    (KeyReused, 409),
    (KeyInFlight, 409),
    (AuditUnavailable, 503),
)

DATABASE_MAY_BE_DOWN = (500, 503)


def status_of(error: Exception) -> int | None:
    """The HTTP status of an error that we know, or None."""
    return next((status for kind, status in STATUSES if isinstance(error, kind)), None)


def error_page(request: HttpRequest, status: int, words: str = "") -> HttpResponse:
    """The page of an HTTP status. `words` are the refusal's own, where it has some.

    Where the database may be what failed, the page is drawn without asking it who is signed in.
    """
    facts = getattr(request, "facts", None)
    context = {"request_id": facts.request_id if facts else "", "words": words}
    if status in DATABASE_MAY_BE_DOWN:
        body = render_to_string(f"ui/{status}.html", context | {"page": Frame(None)})
    else:
        body = render_to_string(f"ui/{status}.html", context, request)
    return HttpResponse(body, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return error_page(request, 500)
