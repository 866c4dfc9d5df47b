"""Dip samples, and the people in them."""

from accounts.actor import Actor
from accounts.models import Role
from offenders.models import Offender
from tests import make
from tests.api.scenes.scene import Scene
from workflows.actions import dip_samples


def a_sample(scene: Scene) -> tuple[str, Offender]:
    """A dip sample of the team, which a supervisor drew."""
    person = scene.person()
    supervisor = make.officer(Role.SUPERVISOR, team=scene.team)
    drawn = dip_samples.draw_sample(by=Actor.of_user(supervisor), team=scene.team.public_id, size=1)
    return str(drawn.public_id), person


def a_sampled_person(scene: Scene) -> tuple[str, Offender]:
    """The task of checking someone of a dip sample."""
    _, person = a_sample(scene)
    return str(make.task_of(person, "check_case").public_id), person
