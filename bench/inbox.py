"""The inbox: fifty rows of one officer's open tasks, by due date and by priority."""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone

from accounts.actor import Actor
from bench import ours
from bench.limits import Statement
from bench.limits.signed_in import SignedIn
from bench.meter import Cost, compare
from bench.peers import inbox as peers
from bench.seed import Country
from workflows.queries.sql import uuid


def measure(country: Country, seconds: float) -> dict[str, dict[str, Cost]]:
    """The cost of a request for each variant, in each order and with sign-in and record."""
    return {
        "Inbox by due date": compare(_plain(country, "due"), seconds=seconds),
        "Inbox by priority": compare(_plain(country, "priority"), seconds=seconds),
        "Inbox by priority, signed in and recorded": _signed_in(country, seconds),
    }


def _plain(country: Country, order: str) -> dict[str, Callable[[], int]]:
    officer, today = country.officer, country.today
    statement = Statement(f"inbox_{order}")
    params = {"officer": officer.pk, "team": officer.team_id, "today": today.isoformat()}
    if order == "due":
        del params["today"]
    own = ours.Inbox.as_view(actor=Actor.of_user(officer), today=today, order=order)
    peer = peers.Inbox.as_view(officer=officer, today=today, order=order)
    ask = RequestFactory(SERVER_NAME="localhost").get
    answers = {
        "raw": [str(uuid(row[0])) for row in statement.rows(params)],
        "ours": _results(own(ask("/tasks")).content),
        "peer": _results(peer(ask("/tasks")).render().content),
    }
    assert answers["ours"] == answers["peer"], "the peer's rows differ"
    assert answers["raw"] == [row["id"] for row in answers["ours"]], "the raw rows differ"
    assert len(answers["raw"]) == 50, "fewer than fifty rows"
    return {
        "raw": lambda: len(statement.rows(params)) // 50,
        "ours": lambda: len(own(ask("/tasks")).content) // 999 and 1,
        "peer": lambda: len(peer(ask("/tasks")).render().content) // 999 and 1,
    }


def _signed_in(country: Country, seconds: float) -> dict[str, Cost]:
    """Each through its whole way: session, officer, rows and the event."""
    client = Client()
    client.force_login(country.officer, backend="django.contrib.auth.backends.ModelBackend")
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = f"{settings.SESSION_COOKIE_NAME}={key}"
    raw = SignedIn(key, country.today)
    peers.SignedInInbox.today, peers.SignedInInbox.order = timezone.localdate(), "priority"
    with override_settings(ROOT_URLCONF="bench.urls"):
        handler = WSGIHandler()

        def get(path: str) -> bytes:
            environ = (
                RequestFactory(SERVER_NAME="localhost")
                .get(path, headers={"cookie": cookie})
                .environ
            )
            said: list[str] = []
            response = handler(environ, lambda status, headers: said.append(status))
            body = b"".join(response)
            response.close()
            assert said == ["200 OK"], (said, body[:200])
            return body

        own = [row["id"] for row in _results(get("/api/v1/tasks"))]
        assert own == [row["id"] for row in _results(get("/peer/tasks"))]
        assert own == [str(uuid(row[0])) for row in raw.rows()]
        return compare(
            {
                "raw": lambda: len(raw.rows()) // 50,
                "ours": lambda: len(get("/api/v1/tasks")) // 999 and 1,
                "peer": lambda: len(get("/peer/tasks")) // 999 and 1,
            },
            seconds=seconds,
        )


def _results(body: bytes) -> list[dict[str, Any]]:
    found = json.loads(body)
    assert "results" in found, found
    return found["results"]
