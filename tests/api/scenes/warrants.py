"""Entry that failed, and the warrant that follows."""

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role
from offenders.models import Offender
from tests import make
from tests.api.scenes.scene import WHY, Scene, done
from workflows.actions import steps
from workflows.models import EntryWarrant


def entry_failed(scene: Scene) -> tuple[str, Offender]:
    """Nobody answered on two days."""
    person = scene.person()
    for days in (2, 1):
        at = timezone.now() - dt.timedelta(days=days)
        tried = make.outcome(outcome="no_answer", occurred_at=at, entry_reason=WHY)
        done(scene, make.task_of(person), tried)
    return str(make.task_of(person, "consider_warrant").public_id), person


def a_warrant_recommended(scene: Scene) -> tuple[str, Offender]:
    _, person = entry_failed(scene)
    done(scene, make.task_of(person, "consider_warrant"), RECOMMENDATION)
    return str(make.task_of(person, "decide_warrant").public_id), person


def a_warrant_applied_for(scene: Scene) -> tuple[str, Offender]:
    _, person = a_warrant_recommended(scene)
    inspector = make.officer(Role.INSPECTOR, team=scene.team)
    task = make.task_of(person, "decide_warrant")
    values = warrant_decision()
    steps.complete_step(
        by=Actor.of_user(inspector), task=task.public_id, step=task.step, values=values
    )
    return str(person.public_id), person


def warrant_of(scene: Scene) -> str:
    """The warrant that the scene's manager recommended."""
    return str(EntryWarrant.objects.get(considered_by=scene.manager).public_id)


RECOMMENDATION = {"recommendation": "apply", "necessity": WHY, "reason": WHY}


def warrant_decision() -> dict[str, Any]:
    return {
        "decision": "applied",
        "decision_reason": WHY,
        "reference": "MC 12/26",
        "applied_on": timezone.localdate(),
    }
