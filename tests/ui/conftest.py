"""What the tests of the pages share: a team with a person, and browsers that are signed in."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from audit.models import Event
from offenders.models import Offender
from tests import make
from workflows.models import Task

PASSWORD = "a plain pass-phrase for tests"

#: What must never stand in a list, a title or an address of a page.
NAME, HOME, BORN = "Zymborski", "14 Larkspur Mews", dt.date(1979, 2, 4)


def overdue(**facts: object) -> dict[str, object]:
    """Facts of a person visited every six months and last seen ten months ago."""
    today = timezone.localdate()
    return {
        "surname": NAME,
        "forename": "Quillon",
        "date_of_birth": BORN,
        "address_line_1": HOME,
        "postcode": "QX7 4ZZ",
        "last_effective_visit_on": today - dt.timedelta(days=300),
        "warning_markers": "vi",
    } | facts


@dataclass(frozen=True)
class Scene:
    """One team with its offender manager and supervisor, and one person."""

    manager: User
    supervisor: User
    person: Offender

    @property
    def visit(self) -> Task:
        """The open home visit."""
        return make.task_of(self.person)

    def colleague(self, role: Role = Role.OFFENDER_MANAGER) -> User:
        """Another officer of the same team."""
        return make.officer(role, team=self.manager.team)

    def outsider(self, role: Role) -> User:
        """Someone of the same force without a team."""
        return make.officer(role, force=self.manager.force)


@pytest.fixture
def scene(db: None) -> Scene:
    """A team, and a person whose visit is overdue."""
    manager = make.officer(password=PASSWORD)
    supervisor = make.officer(Role.SUPERVISOR, team=manager.team, password=PASSWORD)
    return Scene(manager, supervisor, make.person(manager=manager, **overdue()))


@pytest.fixture
def browse() -> Callable[[User], Client]:
    """A browser signed in as somebody, without going through the sign-in page."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in


def text_of(response: HttpResponse) -> str:
    """The page without its tags, as it is read."""
    plain = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", unescape(plain))


def hidden_of(response: HttpResponse) -> dict[str, list[str]]:
    """The hidden inputs of a page, by name."""
    found: dict[str, list[str]] = {}
    pattern = r'<input type="hidden" name="([^"]+)" value="([^"]*)"'
    for name, value in re.findall(pattern, response.content.decode()):
        found.setdefault(name, []).append(unescape(value))
    return found


def address_of_task(task: Task) -> str:
    """The page of a task."""
    return reverse("ui:task", args=[task.public_id])


def outcome_form(task: Task, **typed: str) -> dict[str, str]:
    """What an officer types for an effective visit half an hour ago, in London."""
    at = timezone.localtime(timezone.now() - dt.timedelta(minutes=30))
    return {
        "step": "record_outcome",
        "version": str(task.version),
        "key": f"test-{task.pk}-{task.version}",
        "outcome": "effective",
        "occurred_at_day": str(at.day),
        "occurred_at_month": str(at.month),
        "occurred_at_year": str(at.year),
        "occurred_at_time": f"{at:%H%M}",
        "announced": "false",
        "attended": "true",
        "partner": "A. Partner, probation",
        "at_notified_address": "true",
        "for_risk_assessment": "true",
        "concern": "false",
    } | typed


def events_of(act: Callable[[], HttpResponse]) -> tuple[HttpResponse, list[Event]]:
    """The answer to `act`, and the events that it left."""
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    response = act()
    return response, list(Event.objects.filter(pk__gt=last).order_by("pk"))
