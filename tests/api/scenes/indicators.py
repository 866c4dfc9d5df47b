"""Indicators of online risk, whom they may be about, and deliveries that were held."""

from uuid import UUID

from accounts.models import Role
from offenders.models import Offender
from risk.models import Match
from tests import make
from tests.api.scenes.scene import WHY, Scene
from tests.workflows import indicating, triaging
from workflows.actions.indicators import matching, restricting
from workflows.actions.indicators.deliveries import deliver
from workflows.actions.indicators.signatures import Signed


def an_indicator(scene: Scene) -> tuple[str, Offender]:
    """Nobody is confirmed; the person is suggested."""
    person = scene.person()
    return str(indicating.about(person, by=scene.manager).public_id), person


def a_matched_indicator(scene: Scene) -> tuple[str, Offender]:
    person = scene.person()
    return str(indicating.matched(person, by=scene.manager, code="UACC").public_id), person


def a_merged_indicator(scene: Scene) -> tuple[str, Offender]:
    """Merged into one that is matched since."""
    person = scene.person()
    address = {"identifiers": [{"kind": "ip", "value": f"of {person.source_ref}"}]}
    first = indicating.about(person, by=scene.manager, **address)
    second = indicating.about(person, by=scene.manager, source="nca", **address)
    matching.confirm_match(by=scene.by(), indicator=first.public_id, offender=person.public_id)
    return str(second.public_id), person


def a_triage(scene: Scene) -> tuple[str, Offender]:
    """The task of an indicator that waits for its triage."""
    person = scene.person()
    found = triaging.matched(person, by=scene.manager)
    return str(triaging.task_of(found).public_id), person


def a_triage_to_check(scene: Scene) -> tuple[str, Offender]:
    """A critical one that the manager set aside."""
    person = scene.person()
    found = triaging.critical(person, by=scene.manager)
    triaging.triage(found, by=scene.manager)
    return str(triaging.task_of(found, "check_triage").public_id), person


def candidate_of(scene: Scene) -> str:
    """Id of the person whom the newest indicator of the scene's officer may be about."""
    match = Match.objects.filter(indicator__recorded_by=scene.manager).latest("pk")
    return str(match.offender.public_id)


def a_feed(scene: Scene) -> tuple[str, Offender]:
    return indicating.feed(scene.team.force).name, scene.person()


def a_held_delivery(scene: Scene) -> tuple[str, Offender]:
    """Nobody signed it, and it can be read."""
    feed = indicating.feed(scene.team.force)
    found = deliver(
        by=make.actor(make.integration(force=scene.team.force)),
        feed=feed.name,
        signed=Signed("", "", ""),
        body=indicating.delivery([indicating.item()]),
    )
    assert found.held is not None
    return str(found.held.public_id), scene.person()


def a_restricted_indicator(scene: Scene) -> tuple[str, Offender]:
    """Matched, and for the scene's officer and a supervisor alone."""
    found, person = a_matched_indicator(scene)
    restricting.restrict_indicator(
        by=make.actor(make.officer(Role.SUPERVISOR, team=scene.team)),
        indicator=UUID(found),
        users=[scene.manager.public_id],
        reason=WHY,
    )
    return found, person


def a_supervisor(scene: Scene) -> str:
    """Id of a supervisor of the scene's team."""
    return str(make.officer(Role.SUPERVISOR, team=scene.team).public_id)
