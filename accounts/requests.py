"""From a request to who is acting, and the facts about the request that the record keeps."""

import hashlib
import ipaddress
import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from accounts.acting import actor_for
from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import User
from audit import context

#: A request id from outside is kept when it looks like this, so that nothing odd reaches a log.
_SANE_ID = re.compile(r"[A-Za-z0-9-]{1,64}")
#: What a session key of ours looks like. In a quoted cookie others can write NUL, which PostgreSQL
#: does not store.
_SESSION_KEY = re.compile(r"[a-z0-9]{1,40}")

#: Where the session of the pages keeps the delegation that is on.
ACTING_FOR = "acting_for"


def actor(request: HttpRequest) -> Actor:
    """Who acts in `request`: what `api.auth` put on `request.actor`, else the signed-in officer.

    Takes Django's request and DRF's. Raises NotPermitted when nobody is signed in; views are
    closed to strangers before this runs.
    """
    known = getattr(request, "actor", None)
    if isinstance(known, Actor):
        return known
    if isinstance(request.user, User):
        return _as_they_act(request, request.user)
    raise NotPermitted("Sign in first.")


def act_for(request: HttpRequest, delegation: str) -> None:
    """Put a delegation on for the rest of the session of the pages; "" takes it off."""
    if delegation:
        request.session[ACTING_FOR] = delegation
    else:
        request.session.pop(ACTING_FOR, None)


def _as_they_act(request: HttpRequest, user: User) -> Actor:
    """The officer as themselves, or under the delegation that is on.

    One that was revoked, ended or lapsed meanwhile is taken off: they go on as themselves.
    """
    session = getattr(request, "session", None)
    on = session.get(ACTING_FOR, "") if session is not None else ""
    if not on:
        return Actor.of_user(user)
    acting = actor_for(user, on)
    if acting is None:
        act_for(request, "")
        return Actor.of_user(user)
    cast("Any", request).actor = acting
    return acting


class RequestContextMiddleware:
    """Gives each request an id and makes its facts current while it is answered.

    The facts are also `request.facts`. The body of a stream is produced after this has returned,
    so its chunks are made with the facts entered again. A session cookie that cannot be ours is
    dropped before anyone looks it up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _SESSION_KEY.fullmatch(request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")):
            request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
        facts = facts_of(request)
        cast("Any", request).facts = facts
        with context.entered(facts):
            response = self.get_response(request)
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            chunks = cast("Iterable[bytes]", response.streaming_content)
            response.streaming_content = _within(facts, chunks)
        response["X-Request-Id"] = facts.request_id
        return response


def is_api(request: HttpRequest) -> bool:
    """Whether a program reads the answer: what goes wrong is a problem, not a page."""
    return request.path == "/api" or request.path.startswith("/api/")


def facts_of(request: HttpRequest) -> context.RequestFacts:
    """The facts of `request`, before anyone is known to have signed in."""
    given = request.headers.get("X-Request-Id", "")
    return context.RequestFacts(
        request_id=given if _SANE_ID.fullmatch(given) else uuid.uuid4().hex,
        ip=_address(request),
        session_hash=session_hash(request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")),
    )


def session_hash(session_key: str) -> str:
    """SHA-256 hex of a session key, which ties events together without giving the session away."""
    return hashlib.sha256(session_key.encode()).hexdigest() if session_key else ""


def _address(request: HttpRequest) -> str:
    """The address of the caller; behind our proxy, the one that the proxy saw (the last)."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return ""


def _within(facts: context.RequestFacts, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """`chunks`, each made while `facts` are current."""
    remaining = iter(chunks)
    while True:
        with context.entered(facts):
            try:
                chunk = next(remaining)
            except StopIteration:
                return
        yield chunk
