"""People who changed officer, and people who are offered to another team."""

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role, User
from offenders.models import Offender
from tests import make
from tests.api.scenes.scene import WHY, Scene
from workflows.actions import caseload
from workflows.actions.transfers import offer_transfer
from workflows.models import Reassignment


def a_reassignment(scene: Scene) -> tuple[str, Offender]:
    person = scene.person()
    supervisor = make.officer(Role.SUPERVISOR, team=scene.team)
    moved = caseload.reassign_caseload(
        by=Actor.of_user(supervisor),
        offenders=[person.public_id],
        to=scene.second.public_id,
        reason=WHY,
    )
    # By the clock of the test: the database's may be another one.
    Reassignment.objects.filter(pk=moved.pk).update(decided_at=timezone.now())
    return str(moved.public_id), person


def an_offer_from(scene: Scene) -> tuple[str, Offender]:
    """A person of the team, offered to another team of the force."""
    person = scene.person()
    to = make.officer(team=make.team(in_force=scene.team.force))
    return _offered(person, to), person


def an_offer_to(scene: Scene) -> tuple[str, Offender]:
    """A person of another team of the force, offered to the scene's second officer."""
    person = make.person(manager=make.officer(team=make.team(in_force=scene.team.force)))
    return _offered(person, scene.second), person


def _offered(person: Offender, to: User) -> str:
    by = make.actor(make.officer(Role.SUPERVISOR, team=person.team))
    given = {"offenders": [person.public_id], "to": to.public_id, "reason": WHY}
    return str(offer_transfer(by=by, **given).public_id)
