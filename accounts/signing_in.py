"""Signing in and out of the pages. Every attempt leaves one event in the record.

Lockout is django-axes' (settings, "sign-in"); we ask it and say what it decided. What was typed
as a user name may be anything, so it is kept in the payload alone; a password is kept nowhere.
"""

from dataclasses import replace
from enum import StrEnum

from django.contrib.auth import authenticate, login, logout
from django.db import transaction
from django.http import HttpRequest

from accounts.actor import Actor
from accounts.models import User
from accounts.requests import facts_of, session_hash
from audit import context
from audit.models import Event, Operation, Outcome
from audit.record import record


class Attempt(StrEnum):
    """How an attempt ended. The values are the actions in the record."""

    SIGNED_IN = "session.sign_in"
    FAILED = "session.fail"
    LOCKED_OUT = "session.lock_out"
    SIGNED_OUT = "session.sign_out"


class SignInFailed(Exception):
    """The name or the password is wrong, or the account is closed: we do not say which."""

    code = "sign_in_failed"


class LockedOut(SignInFailed):
    """Too many failures for this name. It opens again by itself after half an hour."""

    code = "locked_out"


#: An attempt by we do not know whom.
STRANGER = Actor(
    kind="user",
    key="unknown",
    label="unknown",
    role=None,
    force_id=None,
    team_ids=(),
    user_id=None,
)


def sign_in(request: HttpRequest, *, username: str, password: str) -> User:
    """Sign the officer in, in a new session. Raises SignInFailed or LockedOut.

    No event, no session: both are written in one transaction.
    """
    user = authenticate(request, username=username, password=password)
    if isinstance(user, User):
        with transaction.atomic():
            login(request, user)
            record_sign_in(request, Attempt.SIGNED_IN, user=user)
        return user
    if getattr(request, "axes_locked_out", False):
        record_sign_in(request, Attempt.LOCKED_OUT, username=username)
        raise LockedOut("Too many attempts. Try again in half an hour.")
    record_sign_in(request, Attempt.FAILED, username=username)
    raise SignInFailed("The user name or the password is wrong.")


def sign_out(request: HttpRequest) -> None:
    """End the session. Signing out without one leaves no event."""
    if not isinstance(request.user, User):
        return
    with transaction.atomic():
        record_sign_in(request, Attempt.SIGNED_OUT, user=request.user)
        logout(request)


def record_sign_in(
    request: HttpRequest, attempt: Attempt, *, user: User | None = None, username: str = ""
) -> Event:
    """Write the event of one attempt. `user` is who it is proven to be, `username` what was typed.

    The session's hash in it ties later events of the session to this one.
    """
    key = request.session.session_key or ""
    facts = replace(context.current.get() or facts_of(request), session_hash=session_hash(key))
    went_well = attempt in (Attempt.SIGNED_IN, Attempt.SIGNED_OUT)
    with context.entered(facts):
        return record(
            by=Actor.of_user(user) if user else STRANGER,
            action=attempt.value,
            operation=Operation.AUTHENTICATION,
            outcome=Outcome.OK if went_well else Outcome.DENIED,
            payload={"username": username} if username else None,
        )
