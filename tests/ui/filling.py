"""What an officer types into the form of a page, and sending it."""

import datetime as dt
from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from offenders.models import Offender
from tests.ui.conftest import hidden_of


def page_of(person: Offender, name: str) -> str:
    """The page of that name about a person."""
    return reverse(f"ui:{name}", args=[person.public_id])


def typed_day(name: str, ahead: int = 0) -> dict[str, str]:
    """A day, counted from today."""
    on = timezone.localdate() + dt.timedelta(days=ahead)
    return {f"{name}_{part}": str(getattr(on, part)) for part in ("day", "month", "year")}


def hidden(client: Client, address: str) -> dict[str, str]:
    """The hidden inputs of the page as it is drawn now."""
    return {name: values[-1] for name, values in hidden_of(client.get(address)).items()}


def sent(client: Client, address: str, **typed: str) -> HttpResponse:
    """The answer to the form of the page, filled in and sent."""
    return client.post(address, hidden(client, address) | typed)


class _Drawn(HTMLParser):
    """The values of a form as a browser would send it untouched."""

    def __init__(self, holds: str) -> None:
        super().__init__()
        self.holds, self.found = holds, dict[str, list[str]]()
        self._form: dict[str, list[str]] | None = None
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = {}
        if self._form is None or not given.get("name"):
            return
        if tag == "textarea":
            self._area = given["name"]
            self._form[self._area] = [""]
        is_choice = given.get("type") in {"radio", "checkbox"}
        if tag == "input" and (not is_choice or "checked" in given):
            self._form.setdefault(given["name"], []).append(given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._area and self._form is not None:
            self._form[self._area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        if tag == "form" and self._form is not None:
            if self.holds in self._form:
                self.found = self._form
            self._form = None


def as_drawn(page: HttpResponse, holds: str) -> dict[str, list[str]]:
    """What a browser sends of the form with the input `holds`, where nobody changes anything."""
    reader = _Drawn(holds)
    reader.feed(page.content.decode())
    return reader.found
