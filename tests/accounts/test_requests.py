"""What is known about a request, before, during and after it is answered."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory
from rest_framework.request import Request

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.requests import RequestContextMiddleware, actor
from audit import context
from audit.models import Operation
from audit.record import consult, record
from tests import make


def answered(
    view: Callable[[HttpRequest], HttpResponseBase], **headers: str
) -> tuple[HttpRequest, HttpResponseBase]:
    request = RequestFactory().get("/", **headers)
    return request, RequestContextMiddleware(view)(request)


def ok(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@pytest.mark.parametrize("given", ["abc-123", "A" * 64, "0"])
def test_a_sane_request_id_is_kept_and_sent_back(given):
    request, response = answered(ok, HTTP_X_REQUEST_ID=given)

    assert response["X-Request-Id"] == request.facts.request_id == given


@pytest.mark.parametrize(
    "given",
    [
        "",
        "A" * 65,  # too long
        "a b",
        "a/../b",
        "a\nX-Evil: 1",  # a header of its own
        "é",
        "١٢٣",  # digits, but not ASCII
    ],
)
def test_any_other_request_id_is_replaced(given):
    _, response = answered(ok, HTTP_X_REQUEST_ID=given)

    assert response["X-Request-Id"] != given
    assert len(response["X-Request-Id"]) == 32


def test_two_requests_get_two_ids():
    assert answered(ok)[1]["X-Request-Id"] != answered(ok)[1]["X-Request-Id"]


def test_the_facts_are_there_during_the_request_and_gone_afterwards():
    seen = []

    request, _ = answered(lambda request: seen.append(context.current.get()) or HttpResponse())

    assert seen == [request.facts]
    assert context.current.get() is None


def test_the_facts_go_when_a_view_raises():
    def fail(request: HttpRequest) -> HttpResponse:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        answered(fail)

    assert context.current.get() is None


@pytest.mark.django_db
def test_events_written_while_a_body_streams_carry_the_facts_of_the_request():
    def rows() -> Iterator[bytes]:
        yield b"one"
        event = consult(by=Actor.system("tests"), action="due_visits.read")
        yield event.request_id.encode()

    _, response = answered(
        lambda request: StreamingHttpResponse(rows()), HTTP_X_REQUEST_ID="stream-1"
    )

    chunks = iter(response.streaming_content)
    assert next(chunks) == b"one"
    assert context.current.get() is None  # nothing leaks between chunks
    assert list(chunks) == [b"stream-1"]
    assert context.current.get() is None


@pytest.mark.django_db
def test_a_stream_that_is_given_up_closes_what_made_it():
    closed = []

    def rows() -> Iterator[bytes]:
        try:
            yield b"one"
            yield b"two"
        finally:
            closed.append(True)

    _, response = answered(lambda request: StreamingHttpResponse(rows()))
    next(iter(response.streaming_content))
    response.close()

    assert closed == [True]


@pytest.mark.django_db
def test_the_facts_can_be_entered_again_later():
    request, _ = answered(ok, HTTP_X_REQUEST_ID="later-1", REMOTE_ADDR="192.0.2.9")

    with context.entered(request.facts):
        event = record(
            by=Actor.system("tests"), action="due_visits.read", operation=Operation.CONSULTATION
        )

    assert (event.request_id, event.ip) == ("later-1", "192.0.2.9")


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "ip"),
    [
        (False, "", "192.0.2.1"),
        (False, "203.0.113.7", "192.0.2.1"),  # nobody may claim an address
        (True, "203.0.113.7", "203.0.113.7"),
        (True, "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # the one our proxy saw
        (True, "", "192.0.2.1"),
        (True, "<script>", ""),
        (True, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_the_address_is_the_callers_or_what_our_own_proxy_saw(
    settings, behind_proxy, forwarded, ip
):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if behind_proxy else None
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}

    request, _ = answered(ok, REMOTE_ADDR="192.0.2.1", **headers)

    assert request.facts.ip == ip


def test_a_session_is_named_by_a_hash_and_never_by_its_key(settings):
    request, _ = answered(ok, HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=secretkey")

    assert len(request.facts.session_hash) == 64
    assert "secretkey" not in repr(request.facts)


@pytest.mark.parametrize(
    "cookie",
    [
        r'"aaaaaaaaaaaa\000"',  # Django reads octal escapes in quotes: this is a NUL
        "UPPER",
        "with-hyphen",
        "a" * 41,
        "",
    ],
)
def test_a_session_cookie_that_cannot_be_ours_is_dropped(settings, cookie):
    request, _ = answered(ok, HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}={cookie}")

    assert settings.SESSION_COOKIE_NAME not in request.COOKIES
    assert request.facts.session_hash == ""


@pytest.mark.django_db
def test_the_actor_is_the_signed_in_officer():
    request = RequestFactory().get("/")
    request.user = make.officer()

    assert actor(request) == make.actor(request.user)


@pytest.mark.django_db
def test_the_actor_is_the_client_that_the_api_recognised():
    client = make.actor(make.integration())
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    request.actor = client

    assert actor(request) == actor(Request(request)) == client


def test_a_stranger_is_no_actor():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()

    with pytest.raises(NotPermitted):
        actor(request)


@pytest.mark.django_db
def test_a_delegation_that_is_on_and_cannot_be_used_is_taken_off():
    request = RequestFactory().get("/")
    request.user, request.session = make.officer(), {"acting_for": "gone"}

    assert actor(request) == make.actor(request.user)
    assert request.session == {}
