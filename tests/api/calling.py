"""Calling the API as somebody, and counting what the record says of it."""

from typing import Any

from django.test import Client

from accounts.models import IntegrationClient, User
from audit.models import Event
from tests import make

#: Sent with every call: roles that need no reason are not hurt by one.
REASON = "Checked for the duty sergeant, log 1234"


class Caller:
    """Somebody who calls. JSON in, JSON out; a fault of ours is an answer, not an exception."""

    def __init__(self, headers: dict[str, str] | None = None, *, strict_csrf: bool = False) -> None:
        self.client = Client(raise_request_exception=False, enforce_csrf_checks=strict_csrf)
        self.headers = headers or {}

    def get(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> Any:
        """GET under /api/v1, whole: a stream is read to its end."""
        answer = self.client.get(_at(path), query or {}, headers=self._with(headers))
        if answer.streaming:
            answer.whole = b"".join(answer.streaming_content)
        return answer

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """POST under /api/v1, whatever the version of the record unless `If_Match` names one."""
        return self.client.post(
            _at(path),
            body if body is not None else {},
            content_type="application/json",
            headers={"If-Match": "*"} | self._with(headers),
        )

    def _with(self, headers: dict[str, str]) -> dict[str, str]:
        return self.headers | {name.replace("_", "-"): value for name, value in headers.items()}


def _at(path: str) -> str:
    return path if path.startswith("/") else f"/api/v1/{path}"


def nobody() -> Caller:
    """Someone who has not signed in."""
    return Caller()


def signed_in(user: User, *, strict_csrf: bool = False) -> Caller:
    """An officer with a session of the pages."""
    caller = Caller({"Access-Reason": REASON}, strict_csrf=strict_csrf)
    caller.client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return caller


def with_token(integration: IntegrationClient, secret: str) -> Caller:
    """Another system, with a token that it asked for."""
    asked = {
        "grant_type": "client_credentials",
        "client_id": integration.client_id,
        "client_secret": secret,
        "scope": " ".join(integration.scopes),
    }
    answer = Client().post("/api/v1/oauth/token", asked)
    assert answer.status_code == 200, answer.content
    return Caller({"Authorization": f"Bearer {answer.json()['access_token']}"})


def system(**kwargs: Any) -> Caller:
    """A new other system of a force, with a token."""
    return with_token(*make.integration_with_secret(**kwargs))


def events_since(last: int) -> list[Event]:
    """What the record says since the event with id `last`, oldest first."""
    return list(Event.objects.filter(pk__gt=last).order_by("pk"))


def last_event() -> int:
    """Id of the newest event; 0 where there is none."""
    return Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
