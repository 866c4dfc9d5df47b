"""Who calls: another system with a token, or an officer with the session of the pages."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from rest_framework import authentication, exceptions
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts.acting import actor_for
from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import User
from accounts.oidc import actor_of, record_bad_token
from accounts.policy import Action
from audit import record as audit

#: Longer than any token of ours; a longer one is not hashed.
MOST_TOKEN = 512


class ClientTokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer <token>` of OAuth2 client credentials.

    What is wrong with a token is never said: unknown, expired and closed look alike. Each refusal
    leaves one event.
    """

    def authenticate(self, request: Request) -> tuple[AnonymousUser, Actor] | None:
        """The client as `request.actor`; None where no bearer token came."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if not scheme:
            return None
        if scheme.lower() != "bearer" or not 0 < len(token) <= MOST_TOKEN:
            raise _refused()
        actor = actor_of(token.strip())
        if actor is None:
            raise _refused()
        _acts(request, actor)
        return AnonymousUser(), actor

    def authenticate_header(self, request: Request) -> str:
        """The challenge of a 401."""
        return 'Bearer realm="api"'


class SessionAuthentication(authentication.SessionAuthentication):
    """The session of the pages, with its CSRF token on every request that writes."""

    def authenticate(self, request: Request) -> tuple[User, Actor] | None:
        """The officer as `request.actor`; None where nobody is signed in."""
        found = super().authenticate(request)
        if found is None:
            return None
        officer = found[0]
        actor = _as_they_act(request, officer)
        _acts(request, actor)
        return officer, actor

    def enforce_csrf(self, request: Request) -> None:
        """Refuse without saying what was wrong with the token."""
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied as error:
            raise exceptions.PermissionDenied(code="csrf_failed") from error


class IsActor(BasePermission):
    """Someone is known. What they may do is asked of the permission table by each view."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(getattr(request, "actor", None), Actor)


def _refused() -> exceptions.AuthenticationFailed:
    record_bad_token()
    return exceptions.AuthenticationFailed()


def _as_they_act(request: Request, officer: User) -> Actor:
    """The officer, or under the delegation that the Acting-For header names.

    Whatever the pages have on in the same session. Raises NotPermitted for one that is not the
    officer's to use now, which leaves one event.
    """
    wanted = request.headers.get("Acting-For", "").strip()
    own = Actor.of_user(officer)
    if not wanted:
        return own
    acting = actor_for(officer, wanted)
    if acting is None:
        audit.refuse(by=own, action=Action.DELEGATION_USE)
        raise NotPermitted("That delegation is not yours to use now.", action=Action.DELEGATION_USE)
    return acting


def _acts(request: Request, actor: Actor) -> None:
    # On Django's request, where accounts.requests.actor and the middlewares find it too.
    underlying: Any = request._request
    underlying.actor = actor
