"""Visits that were made, and one that is being made alone."""

import datetime as dt

from django.utils import timezone

from offenders.models import Offender
from tests import make
from tests.api.scenes.scene import Scene, done
from workflows.actions import lone_timers
from workflows.models import Visit


def a_visit_of_concern(scene: Scene) -> tuple[str, Offender]:
    person = scene.person()
    done(scene, make.task_of(person), make.outcome(concern=True))
    done(scene, make.task_of(person, "write_up"), make.write_up(concern=True))
    return str(make.task_of(person, "review").public_id), person


def a_visited_person(scene: Scene) -> tuple[str, Offender]:
    person = scene.person()
    done(scene, make.task_of(person), make.outcome())
    return str(person.public_id), person


def a_visit(scene: Scene) -> tuple[str, Offender]:
    _, person = a_visited_person(scene)
    return visit_of(scene), person


def visit_of(scene: Scene) -> str:
    """The visit that the scene's manager recorded."""
    return str(Visit.objects.get(recorded_by=scene.manager).public_id)


def an_officer_out_alone(scene: Scene) -> tuple[str, Offender]:
    """A visit at which the manager is alone."""
    person = scene.person()
    task = make.task_of(person)
    lone_timers.start_lone_visit(
        by=scene.by(),
        task=task.public_id,
        expected_end_at=timezone.now() + dt.timedelta(hours=1),
    )
    return str(task.public_id), person
