"""A team with its people, for the routes to act on, and what every scene is made with."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Team, User
from offenders.models import Offender
from tests import make
from workflows.actions import steps
from workflows.models import Task

WHY = "A reason that an inspector can read"


@dataclass(frozen=True)
class Scene:
    """A team with its people, and someone to write what another must decide on."""

    team: Team
    manager: User
    second: User

    def by(self) -> Actor:
        return Actor.of_user(self.manager)

    def person(self, **facts: Any) -> Offender:
        return make.person(manager=self.manager, **facts)


def scene(team: Team) -> Scene:
    """A scene in `team`."""
    return Scene(team, make.officer(team=team), make.officer(team=team))


def day(ahead: int) -> str:
    return (timezone.localdate() + dt.timedelta(days=ahead)).isoformat()


def done(scene: Scene, task: Task, values: dict[str, Any]) -> None:
    steps.complete_step(by=scene.by(), task=task.public_id, step=task.step, values=values)


Record = Callable[[Scene], tuple[str, Offender]]


def a_person(scene: Scene) -> tuple[str, Offender]:
    person = scene.person()
    return str(person.public_id), person


Facts = Callable[[], dict[str, Any]]


def an_officer(scene: Scene) -> tuple[str, Offender]:
    return str(scene.second.public_id), scene.person()


def nothing(scene: Scene) -> tuple[str, Offender]:
    return "", scene.person()


def spoken(values: dict[str, Any]) -> dict[str, Any]:
    """Validated values as JSON says them, those of rows too."""
    return {name: _said(value) for name, value in values.items()}


def _said(value: Any) -> Any:
    if isinstance(value, list):
        return [spoken(one) if isinstance(one, dict) else one for one in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def a_team(scene: Scene) -> tuple[str, Offender]:
    """The scene's team, with one person."""
    return str(scene.team.public_id), scene.person()
