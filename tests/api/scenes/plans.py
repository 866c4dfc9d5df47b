"""Risk management plans by how far they have come."""

from accounts.actor import Actor
from accounts.models import Role
from offenders.models import Offender
from tests import make
from tests.api.scenes.scene import Scene
from tests.workflows import planning
from workflows.actions import steps


def a_plan_review(scene: Scene) -> tuple[str, Offender]:
    """The task of a plan that an endorsed assessment asks for."""
    person = scene.person()
    planning.assessed(person, supervisor=make.officer(Role.SUPERVISOR, team=scene.team))
    return str(make.task_of(person, "draft_plan").public_id), person


def a_plan(scene: Scene) -> tuple[str, Offender]:
    """A plan that waits for its endorsement."""
    _, person = a_plan_review(scene)
    planning.draft(person, visit_every="9m")
    return str(make.task_of(person, "endorse_plan").public_id), person


def a_planned_person(scene: Scene) -> tuple[str, Offender]:
    _, person = a_plan(scene)
    return str(person.public_id), person


def a_longer_interval(scene: Scene) -> tuple[str, Offender]:
    """A plan that waits for an inspector."""
    _, person = a_plan(scene)
    supervisor = make.officer(Role.SUPERVISOR, team=scene.team)
    steps.complete_step(
        by=Actor.of_user(supervisor),
        task=make.task_of(person, "endorse_plan").public_id,
        step="endorse_plan",
        values=planning.AGREED,
    )
    return str(make.task_of(person, "approve_interval").public_id), person
