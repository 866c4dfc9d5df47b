"""What the log says when a request, or a job, fails."""

import io
import logging
from collections.abc import Iterator
from logging import LogRecord
from typing import Any

import pytest
from celery import shared_task
from django.conf import settings
from django.db import IntegrityError
from django.http import HttpRequest
from django.test import Client
from django.urls import path

from config import urls
from config.logs import WithoutPath, WithoutWords

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


# --- everything else that is logged ---------------------------------------------------------------

#: As PostgreSQL says of a row that it refuses.
WORDS = "duplicate key value: Key (kind, value)=(pnc, 99/1234567X) already exists."


@shared_task(name="tests.refused")
def refused(person: str) -> None:
    raise IntegrityError(WORDS)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What reaches standard error, by the handler that the settings configure."""
    [handler] = [
        handler
        for handler in logging.getLogger().handlers
        if any(isinstance(known, WithoutWords) for known in handler.filters)
    ]
    text = io.StringIO()
    monkeypatch.setattr(handler, "stream", text)
    return text


def test_a_job_that_fails_is_logged_by_name_and_type_without_the_words_of_the_database(
    written: io.StringIO,
) -> None:
    refused.apply(args=["3f0c-of-somebody"], task_id="job-7")

    line = written.getvalue()
    assert "ERROR celery.app.trace tests.refused[job-7]: IntegrityError" in line
    assert ", in refused" in line, "the frames lead to the fault"
    for word in ("99/1234567X", "duplicate", "3f0c-of-somebody"):
        assert word not in line


def test_whoever_logs_an_error_its_words_stay_out(written: io.StringIO) -> None:
    try:
        raise IntegrityError(WORDS)
    except IntegrityError as error:
        logging.getLogger("somebody.elses").exception("It failed: %r", error)
        logging.getLogger().exception("It failed: %r", error)

    assert written.getvalue().count("It failed: %r: IntegrityError") == 2
    assert "99/1234567X" not in written.getvalue()


def test_a_line_without_an_error_is_left_as_it_is(written: io.StringIO) -> None:
    logging.getLogger("workflows").warning("Import job %s waits.", 7)
    assert written.getvalue().endswith("WARNING workflows Import job 7 waits.\n")
