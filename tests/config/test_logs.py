"""What the log says when a request fails."""

import logging
from collections.abc import Iterator
from logging import LogRecord
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client
from django.urls import path

from config import urls
from config.logs import WithoutPath

LINE = settings.LOGGING["formatters"]["line"]
FORMATTER = logging.Formatter(LINE["format"], style=LINE["style"])


def fail(request: HttpRequest, person: str) -> Any:
    raise ValueError(person)


urlpatterns = [path("faulty/<str:person>", fail), *urls.urlpatterns]


@pytest.fixture
def lines() -> Any:
    """What reaches the handlers of `django.request`, as it is written."""
    seen: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: LogRecord) -> None:
            seen.append(FORMATTER.format(record))

    logger, handler = logging.getLogger("django.request"), Kept()
    logger.addHandler(handler)
    yield seen
    logger.removeHandler(handler)


@pytest.fixture(params=[1, 2])
def _configured(request: pytest.FixtureRequest) -> Iterator[None]:
    """The log as the settings say, configured once or, as `django.setup` may, again."""
    logger = logging.getLogger("django.request")
    before = logger.filters[:]
    logger.filters[:] = [WithoutPath() for _ in range(request.param)]
    yield
    logger.filters[:] = before


@pytest.mark.urls("tests.config.test_logs")
@pytest.mark.usefixtures("_configured")
@pytest.mark.django_db
def test_a_fault_is_logged_by_type_and_request_without_path_or_words(lines: list[str]) -> None:
    client = Client(raise_request_exception=False)

    answer = client.get("/faulty/3f0c-of-somebody", headers={"X-Request-Id": "request-7"})

    [line] = lines
    assert answer.status_code == 500
    assert "ERROR django.request Internal Server Error: ValueError, request request-7" in line
    assert ", in fail" in line, "the frames lead to the fault"
    assert "3f0c-of-somebody" not in line, "neither of the path nor of the error"
