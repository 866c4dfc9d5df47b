"""What is refused before anyone is asked, through the application that gunicorn serves."""

import io
import json
import runpy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from audit.models import Event
from tests import make
from tests.api.calling import system

FORM = "multipart/form-data; boundary=X"
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def application(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Any:
    """The real WSGI application. It closes its connections as it starts, so before a test's own."""
    with django_db_blocker.unblock():
        return runpy.run_module("config.wsgi")["application"]


@contextmanager
def connection_kept() -> Iterator[None]:
    """As Django's own test client does: the connection is the test's, not the request's."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def answered(
    application: Any, method: str, path: str, said: str, data: bytes = b"", **more: str
) -> tuple[int, str, bytes]:
    """Status, Content-Type and body of the answer to a raw request that says it has `said`."""
    at, _, query = path.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": at,
        "QUERY_STRING": query,
        "CONTENT_TYPE": said,
        "CONTENT_LENGTH": str(len(data)) if data else "",
        "wsgi.input": io.BytesIO(data),
        **more,
    }
    setup_testing_defaults(environ)
    started: list[Any] = []
    with connection_kept():
        body = application(environ, lambda *given, **_: started.append(given))
        try:
            content = b"".join(body)
        finally:
            body.close()
    status, headers = started[-1][:2]
    return int(status.split()[0]), dict(headers)["Content-Type"], content


def a_form(**fields: str) -> bytes:
    parts = (
        f'--X\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    return ("".join(parts) + "--X--\r\n").encode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("text/plain; charset=hex", "a codec of bytes, not a charset"),
        ("text/plain; charset=rot13", "a codec of text"),
        ("text/plain; charset=undefined", "a codec that always fails"),
        ("text/plain; charset*=foo'b'c", "an extended parameter of no known charset"),
        ("text/plain; charset=utf-7", "reads +2AA- as half a character"),
        ("application/json; charset=utf-8", "ours, and many send it with a GET"),
        (";;;", "nothing at all"),
    ],
)
def test_the_charset_of_a_request_without_a_body_means_nothing(
    application: Any, said: str, why: str
) -> None:
    api = answered(application, "GET", "/api/v1/tasks?x=1", said)
    assert api[:2] == (401, PROBLEM), why
    page = answered(application, "GET", "/tasks?after=%2B2AA-", said)
    assert page[0] == 302, why


@pytest.mark.django_db
def test_too_many_fields_are_a_bad_request_whatever_the_content_type(application: Any) -> None:
    path = "/api/v1/due-visits?" + "a&" * 1001
    for said in ("", "application/json", "application/json; charset=utf-8"):
        token = system().headers["Authorization"]
        status, media, _ = answered(application, "GET", path, said, HTTP_AUTHORIZATION=token)
        assert (status, media) == (400, PROBLEM), said


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["utf-7", "latin-1", "hex", "x'y"])
def test_a_body_in_another_charset_is_refused_unread(application: Any, charset: str) -> None:
    said, form = f"{FORM}; charset={charset}", a_form(grant_type="+2AA-")
    status, media, content = answered(application, "POST", "/api/v1/oauth/token", said, form)
    assert (status, media) == (415, PROBLEM)
    assert json.loads(content)["code"] == "unsupported_media_type"
    page = answered(application, "POST", "/sign-in", said, form)
    assert (page[0], page[1]) == (400, "text/html; charset=utf-8")
    assert b"That could not be read" in page[2]


@pytest.mark.django_db
@pytest.mark.parametrize("more", ["", "; charset=utf-8", '; charset="UTF-8"', "; charset=us-ascii"])
def test_a_form_in_our_charset_is_read(application: Any, more: str) -> None:
    client, secret = make.integration_with_secret()
    asked = {
        "grant_type": "client_credentials",
        "client_id": client.client_id,
        "client_secret": secret,
    }
    for said, data in (
        (FORM, a_form(**asked)),
        ("application/x-www-form-urlencoded", urlencode(asked).encode()),
    ):
        status, _, content = answered(application, "POST", "/api/v1/oauth/token", said + more, data)
        assert status == 200, content


@pytest.mark.django_db
def test_plain_http_is_refused_to_programs_behind_tls(settings: Settings) -> None:
    caller = system()
    settings.BEHIND_TLS = settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    before = Event.objects.count()
    plain = caller.get("due-visits", X_Forwarded_Proto="http")
    token = Client().post("/api/v1/oauth/token", {}, headers={"x-forwarded-proto": "http"})
    for answer in (plain, token):
        assert (answer.status_code, answer.json()["code"]) == (403, "https_required")
        assert answer.headers["Content-Type"] == PROBLEM
        assert "Location" not in answer.headers
    assert Event.objects.count() == before
    assert caller.get("due-visits", X_Forwarded_Proto="https").status_code == 200
    page = Client().get("/tasks", headers={"x-forwarded-proto": "http"})
    assert (page.status_code, page.headers["Location"][:8]) == (301, "https://")


@pytest.mark.parametrize("path", ["/healthz"])
def test_probes_come_by_plain_http(settings: Settings, path: str) -> None:
    settings.BEHIND_TLS = settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert Client().get(path, headers={"x-forwarded-proto": "http"}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("post", "/api/v1/openapi.json", 405),
        ("put", "/api/v1/openapi.json", 405),
        ("delete", "/api/v1/docs", 405),
        ("get", "/api/v1/oauth/token", 405),
        ("put", "/api/v1/oauth/token", 405),
        ("delete", "/api/v1/tasks", 405),
        ("get", "/api", 404),
        ("get", "/api/", 404),
        ("post", "/api/v1/nowhere", 404),
    ],
)
def test_everything_under_api_answers_with_a_problem(method: str, path: str, status: int) -> None:
    answer = getattr(Client(enforce_csrf_checks=True), method)(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, PROBLEM)
    assert answer.json()["status"] == status
    assert ("Allow" in answer.headers) == (status == 405)


@pytest.mark.django_db
def test_a_page_that_takes_no_such_method_says_so_in_words() -> None:
    client = Client()
    user = make.officer()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.put("/tasks")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Not that way" in answer.content.decode()
