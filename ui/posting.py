"""A form that is sent twice has its effect once: a double click ends on one result page."""

import hashlib
import re
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts import idempotency
from accounts.actor import Actor
from accounts.idempotency import KeyInFlight, KeyReused, Reply
from audit.record import consult
from offenders.errors import Stale

#: What a hidden key may be; ours have 32 characters.
_KEY = re.compile(r"[\w-]{1,64}", re.ASCII)


def new_key() -> str:
    """A key for the next form, kept in it as `key`."""
    return secrets.token_urlsafe(24)


def once(
    request: HttpRequest,
    by: Actor,
    run: Callable[[], HttpResponse],
    *,
    action: str,
    offender_id: int | None = None,
    subject: str = "",
) -> tuple[HttpResponse, bool]:
    """The redirect that `run` ends in, and whether an earlier sending had already run.

    `run` leaves its own event; a repeat is recorded as one consultation, of what is named here.
    Shares its table with the API's Idempotency-Key. Raises KeyReused where the same page was sent
    again with other content, and whatever `run` raises.
    """
    key = _key_of(request)
    if not key:
        raise KeyReused("The form has lost its key. Open the page again.")

    def reply() -> Reply:
        response = run()
        return Reply(response.status_code, b"", {"Location": response.headers["Location"]})

    answer, is_replay = idempotency.once(
        by=by, key=key, fingerprint=_fingerprint(request), run=reply
    )
    if is_replay:
        consult(by=by, action=action, offender_id=offender_id, subject=subject)
    return HttpResponse(status=answer.status, headers=dict(answer.headers)), is_replay


def repeated(
    request: HttpRequest, by: Actor, *, action: str, subject: str = ""
) -> HttpResponse | None:
    """The way to the tasks, where this form was sent before and did what it says; else None.

    For the second click on a form whose person left the officer's reach with the first: that is no
    missing page. The look names nobody.
    """
    key = _key_of(request)
    try:
        known = key and idempotency.stored(by=by, key=key, fingerprint=_fingerprint(request))
    except (KeyReused, KeyInFlight):
        return None
    if not known:
        return None
    consult(by=by, action=action, subject=subject)
    return HttpResponseRedirect(reverse("ui:tasks"), status=303)


def version_read(request: HttpRequest) -> int:
    """The version that the page was made from; a page without one is stale."""
    typed = request.POST.get("version", "")
    if not typed.isascii() or not typed.isdigit() or len(typed) > len("2147483647"):
        raise Stale
    return int(typed)


def _key_of(request: HttpRequest) -> str:
    """The form's key as it is kept, apart from those of the API; "" for none or an odd one."""
    typed = request.POST.get("key", "")
    return f"page:{typed}" if _KEY.fullmatch(typed) else ""


def _fingerprint(request: HttpRequest) -> str:
    """SHA-256 hex of method, path and what was typed. The CSRF token is no part of that."""
    typed = sorted((name, request.POST.getlist(name)) for name in request.POST)
    kept = [pair for pair in typed if pair[0] != "csrfmiddlewaretoken"]
    return hashlib.sha256(f"{request.method} {request.path} {kept!r}".encode()).hexdigest()
