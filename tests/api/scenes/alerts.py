"""What officers were told."""

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import User
from offenders.models import Offender
from tests import make
from tests.api.scenes.scene import Scene
from workflows.actions import alerts, steps
from workflows.models import Alert


def alert_told_to(user: User) -> str:
    """Something that `user` was told."""
    told = Alert(
        to=user, about=Alert.About.PEOPLE_RECEIVED, subject="test", on=timezone.localdate()
    )
    alerts.tell([told])
    return str(told.public_id)


def an_alert(scene: Scene) -> tuple[str, Offender]:
    """A visit that a colleague recorded, of which the manager is told."""
    person = scene.person()
    steps.complete_step(
        by=Actor.of_user(scene.second),
        task=make.task_of(person).public_id,
        step="record_outcome",
        values=make.outcome(),
    )
    return "", person
