"""A form that is sent twice has its effect once: a double click ends on one result page."""

import hashlib
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts import idempotency
from accounts.actor import Actor
from accounts.idempotency import KeyReused, Reply
from accounts.policy import Action
from audit.record import consult

#: Longest hidden key that is read, characters; ours have 32.
MOST_KEY = 64


def new_key() -> str:
    """A key for the next form, kept in it as `key`."""
    return secrets.token_urlsafe(24)


def once(
    request: HttpRequest,
    by: Actor,
    run: Callable[[], HttpResponse],
    *,
    action: Action,
    offender_id: int | None = None,
    subject: str = "",
) -> tuple[HttpResponse, bool]:
    """The redirect that `run` ends in, and whether an earlier sending had already run.

    `run` leaves its own event; a repeat is recorded as one consultation, of what is named here.
    Shares its table with the API's Idempotency-Key. Raises KeyReused where the same page was sent
    again with other content, and whatever `run` raises.
    """
    key = request.POST.get("key", "")
    if not 0 < len(key) <= MOST_KEY:
        raise KeyReused("The form has lost its key. Open the page again.")

    def reply() -> Reply:
        response = run()
        return Reply(response.status_code, b"", {"Location": response.headers["Location"]})

    answer, is_replay = idempotency.once(
        by=by, key=f"page:{key}", fingerprint=_fingerprint(request), run=reply
    )
    if is_replay:
        consult(by=by, action=action, offender_id=offender_id, subject=subject)
    return HttpResponse(status=answer.status, headers=dict(answer.headers)), is_replay


def _fingerprint(request: HttpRequest) -> str:
    """SHA-256 hex of method, path and what was typed. The CSRF token is no part of that."""
    typed = sorted((name, request.POST.getlist(name)) for name in request.POST)
    kept = [pair for pair in typed if pair[0] != "csrfmiddlewaretoken"]
    return hashlib.sha256(f"{request.method} {request.path} {kept!r}".encode()).hexdigest()
