"""What holds for every page, whatever it shows."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import User
from accounts.requests import actor, is_api
from accounts.signing_in import sign_out
from audit.errors import AuditUnavailable
from ui import posting
from ui.kept import to_sign_in
from ui.views import errors
from workflows.errors import NotVisible
from workflows.refusals import record_refusal

#: Hours after signing in at which a session ends, however busy it was (trust promise 17).
LONGEST_SESSION_HOURS = 10
#: Where the session keeps its beginning, in seconds since 1970.
BEGAN = "began"
#: Where it keeps when it was last renewed, and how often that is done.
RENEWED, RENEW_AFTER_SECONDS = "renewed", 30

#: What the record calls the things that addresses of pages name otherwise.
NOUNS = {"person": "offender"}

#: What answers machines in its own words besides the API.
PROBES = ("/healthz", "/readyz")


class PagesMiddleware:
    """Ends sessions that may not go on, closes pages to strangers, words errors, caches nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if why := reason_to_end(request):
            sign_out(request)
            if is_page(request):
                messages.warning(request, why)
                return no_store(to_sign_in(request))
        response = self.get_response(request)
        return no_store(response) if is_page(request) else response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
    ) -> HttpResponse | None:
        """Every page is closed to strangers unless it says otherwise."""
        match = request.resolver_match
        if match is None or match.namespace != "ui" or isinstance(request.user, User):
            return None
        return None if getattr(view, "open_to_strangers", False) else to_sign_in(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of an error that we know; a refusal is recorded, its transaction being over."""
        if not is_page(request):
            return None
        try:
            if isinstance(error, NotVisible) and (answer := _sent_before(request)):
                return answer
            if isinstance(error, NotVisible | NotPermitted):
                _record_refusal(request, error)
        except AuditUnavailable as unavailable:
            error = unavailable
        return errors.page_of(request, error)


def is_page(request: HttpRequest) -> bool:
    """Whether a person reads the answer."""
    return not is_api(request) and request.path not in PROBES


def no_store(response: HttpResponse) -> HttpResponse:
    """Let no cache keep what may be about people."""
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def reason_to_end(request: HttpRequest) -> str:
    """Why the session may not go on, in words, or "". A closed account is nobody's session."""
    user = request.user
    if not isinstance(user, User):
        if SESSION_KEY in request.session:
            request.session.flush()
        return ""
    if not Actor.of_user(user).is_current:
        return "Your access has ended. Ask your supervisor."
    now = timezone.now().timestamp()
    began = request.session.setdefault(BEGAN, now)
    if now - began > LONGEST_SESSION_HOURS * 3600:
        return f"You were signed out after {LONGEST_SESSION_HOURS} hours. Sign in again."
    # Renewed by being written; not with each request, so that reading pages seldom writes.
    if now - request.session.get(RENEWED, 0) >= RENEW_AFTER_SECONDS:
        request.session[RENEWED] = now
    return ""


def _sent_before(request: HttpRequest) -> HttpResponse | None:
    """The way on, where what is not visible now is what this very form has settled before."""
    if request.method != "POST":
        return None
    action, noun, public_id = _asked_for(request)
    subject = f"{noun}:{public_id}" if public_id else ""
    return posting.repeated(request, actor(request), action=action, subject=subject)


def _record_refusal(request: HttpRequest, error: NotVisible | NotPermitted) -> None:
    action, noun, public_id = _asked_for(request)
    record_refusal(by=actor(request), error=error, action=action, noun=noun, public_id=public_id)


def _asked_for(request: HttpRequest) -> tuple[str, str, UUID | None]:
    """The action of the page, and the noun and id of what its address is about."""
    match = request.resolver_match
    action = getattr(match.func, "action", "page.open") if match else "page.open"
    for name, public_id in (match.kwargs if match else {}).items():
        return action, NOUNS.get(name, name), public_id
    return action, "", None
