"""Tasks that somebody has, that nobody has, and that follow from others."""

import datetime as dt

from django.utils import timezone

from offenders.models import Offender
from tests import make
from tests.api.scenes.scene import WHY, Facts, Record, Scene, done
from workflows.actions import case_actions, tasks


def a_task(step: str, facts: Facts = dict) -> Record:
    def record(scene: Scene) -> tuple[str, Offender]:
        person = scene.person(**facts())
        return str(make.task_of(person, step).public_id), person

    return record


def a_free_task(scene: Scene) -> tuple[str, Offender]:
    found, person = a_task("record_outcome")(scene)
    task = make.task_of(person)
    tasks.release(by=scene.by(), task=task.public_id)
    return found, person


def after(step: str, values: Facts, then: str, facts: Facts = dict) -> Record:
    """The task at `then`, which opens when the manager completes `step`."""

    def record(scene: Scene) -> tuple[str, Offender]:
        person = scene.person(**facts())
        done(scene, make.task_of(person, step), values())
        return str(make.task_of(person, then).public_id), person

    return record


def an_action(scene: Scene) -> tuple[str, Offender]:
    """The task of an action that the manager raised."""
    person = scene.person()
    case_actions.raise_action(
        by=scene.by(),
        offender=person.public_id,
        text=WHY,
        due_on=timezone.localdate() + dt.timedelta(days=3),
        owner="",
    )
    return str(make.task_of(person, "finish_action").public_id), person
