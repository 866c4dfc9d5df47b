"""Reactive management by how far it has come."""

from typing import Any
from uuid import UUID

from accounts.actor import Actor
from accounts.models import Role
from offenders.models import Offender
from tests import make
from tests.api.scenes.scene import WHY, Scene
from workflows.actions import reactive, steps
from workflows.reactive import BY_HAND


def a_reactive_person(scene: Scene) -> tuple[str, Offender]:
    person = scene.person(**managed_reactively())
    return str(person.public_id), person


def a_settled_person(scene: Scene) -> tuple[str, Offender]:
    """Somebody who fails no criterion of reactive management."""
    person = make.settled(manager=scene.manager)
    return str(person.public_id), person


def a_reactive_proposal(scene: Scene) -> tuple[str, Offender]:
    _, person = a_settled_person(scene)
    reactive.propose_reactive(by=scene.by(), offender=person.public_id, **reactive_proposal())
    return str(make.task_of(person, "recommend_reactive").public_id), person


def a_recommended_proposal(scene: Scene) -> tuple[str, Offender]:
    found, person = a_reactive_proposal(scene)
    steps.complete_step(
        by=Actor.of_user(make.officer(Role.SUPERVISOR, team=scene.team)),
        task=UUID(found),
        step="recommend_reactive",
        values={"recommendation": "recommended", "recommendation_comment": WHY},
    )
    return str(make.task_of(person, "authorise_reactive").public_id), person


def managed_reactively() -> dict[str, Any]:
    return {"management_level": "low", "management_mode": "reactive"}


def reactive_proposal() -> dict[str, Any]:
    """A proposal in which every criterion is met."""
    return {
        "reason": WHY,
        "criteria": [
            {"criterion": one.value, "met": True, "evidence": "Checked"} for one in BY_HAND
        ],
    }
