"""What an officer types into the form of a page, and sending it."""

import datetime as dt

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
