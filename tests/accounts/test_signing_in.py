"""Signing in and out of the pages, and the record of it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from accounts.requests import session_hash
from accounts.signing_in import Attempt, LockedOut, SignInFailed, sign_in, sign_out
from audit.models import Event, Operation, Payload
from tests import make

pytestmark = pytest.mark.django_db

GOOD = "correct horse battery"
BAD = "wrong horse battery"


@pytest.fixture(autouse=True)
def _five_attempts(settings):
    settings.AXES_FAILURE_LIMIT = 5


def a_request() -> HttpRequest:
    request = RequestFactory().post("/sign-in")
    request.session = SessionStore()
    request.user = AnonymousUser()
    return request


def fail(username: str, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(SignInFailed):
            sign_in(a_request(), username=username, password=BAD)


def the_events() -> list[tuple[str, str, str]]:
    return list(Event.objects.order_by("id").values_list("action", "outcome", "actor_label"))


def test_signing_in_opens_a_session_and_leaves_one_event_in_the_officers_name():
    officer = make.officer(staff_number="PC1", password=GOOD)
    request = a_request()

    assert sign_in(request, username=officer.username, password=GOOD) == officer

    event = Event.objects.get()
    assert (event.action, event.outcome) == (Attempt.SIGNED_IN, "ok")
    assert (event.operation, event.actor_label) == (Operation.AUTHENTICATION, "PC1")
    assert event.session_hash == session_hash(request.session.session_key)
    assert request.user == officer


def test_a_failed_attempt_leaves_one_event_that_names_nobody():
    officer = make.officer(staff_number="PC1", password=GOOD)

    fail(officer.username)

    event = Event.objects.get()
    assert (event.action, event.outcome) == (Attempt.FAILED, "denied")
    assert (event.actor_label, event.actor_key) == ("unknown", "unknown")
    assert officer.username.encode() not in bytes(event.leaf_data)
    assert Payload.objects.get(pk=event.pk).payload == {"username": officer.username}


def test_what_was_typed_as_a_password_is_written_nowhere():
    fail("nobody")

    kept = str(list(Event.objects.values())) + str(list(Payload.objects.values()))
    assert BAD not in kept


@pytest.mark.parametrize("standing", ["unknown name", "closed account", "no password"])
def test_other_failures_look_the_same(standing):
    username = {
        "unknown name": lambda: "nobody",
        "closed account": lambda: make.officer(password=BAD, is_active=False).username,
        "no password": lambda: make.officer().username,
    }[standing]()

    with pytest.raises(SignInFailed, match=r"^The user name or the password is wrong\.$"):
        sign_in(a_request(), username=username, password=BAD)

    assert the_events() == [(Attempt.FAILED, "denied", "unknown")]


def test_too_many_failures_lock_the_name_even_for_the_right_password():
    officer = make.officer(password=GOOD)
    fail(officer.username, times=4)

    for password in (BAD, GOOD):
        with pytest.raises(LockedOut):
            sign_in(a_request(), username=officer.username, password=password)

    assert [action for action, *_ in the_events()] == [Attempt.FAILED] * 4 + [
        Attempt.LOCKED_OUT
    ] * 2


def test_a_lock_does_not_touch_a_colleague():
    officer, colleague = make.officer(password=GOOD), make.officer(password=GOOD)
    fail(officer.username, times=6)

    assert sign_in(a_request(), username=colleague.username, password=GOOD) == colleague


def test_success_forgets_earlier_failures():
    officer = make.officer(password=GOOD)

    for _ in range(2):
        fail(officer.username, times=4)
        sign_in(a_request(), username=officer.username, password=GOOD)


def test_signing_out_ends_the_session_and_leaves_one_event():
    officer = make.officer(staff_number="PC1", password=GOOD)
    request = a_request()
    sign_in(request, username=officer.username, password=GOOD)

    sign_out(request)
    sign_out(request)  # nobody is signed in any more

    assert the_events()[1:] == [(Attempt.SIGNED_OUT, "ok", "PC1")]
    assert not request.user.is_authenticated


def test_each_session_is_a_new_one():
    officer = make.officer(password=GOOD)
    request = a_request()
    request.session.create()
    planted = request.session.session_key

    sign_in(request, username=officer.username, password=GOOD)

    assert request.session.session_key != planted
