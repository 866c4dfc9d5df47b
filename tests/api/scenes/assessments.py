"""Assessments of risk, and the level that one leaves open."""

from accounts.actor import Actor
from accounts.models import Role
from offenders.models import Offender
from tests import make
from tests.api.scenes.scene import WHY, Scene, done
from workflows.actions import steps


def an_open_level(scene: Scene) -> tuple[str, Offender]:
    """The level of an assessment that a supervisor endorsed and left open."""
    person = scene.person()
    done(scene, make.task_of(person, "assess"), ASSESSMENT)
    supervisor = make.officer(Role.SUPERVISOR, team=scene.team)
    steps.complete_step(
        by=Actor.of_user(supervisor),
        task=make.task_of(person, "endorse").public_id,
        step="endorse",
        values={"decision": "endorse", "comment": WHY, "level": "later"},
    )
    return str(make.task_of(person, "decide_level").public_id), person


ASSESSMENT = {
    "tool": "structured_judgement",
    "priority": "medium",
    "formulation": "Stable work and housing.",
    "proposed_level": "medium",
}
