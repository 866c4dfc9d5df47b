"""Taking an indicator back: what ends with it, what goes on, and who hears of it."""

import pytest

from accounts.models import Role
from tests import make
from tests.workflows import doing, triaging
from tests.workflows.ruling import enact
from workflows.actions.indicators import restricting
from workflows.actions.voiding import void_visit
from workflows.invariants import broken
from workflows.models import Task, Visit
from workflows.obligations.indicators import about

pytestmark = pytest.mark.django_db

FOUND = {
    "found_devices": [{"kind": "tablet", "description": "Example pad", "identifier": "t9"}],
}


class Scene:
    """A person, their manager, and who stands above."""

    def __init__(self) -> None:
        self.person = make.person()
        self.manager = make.activate(self.person.offender_manager)
        self.supervisor = make.officer(Role.SUPERVISOR, team=self.manager.team)
        self.inspector = make.officer(Role.INSPECTOR, force=self.manager.force)

    def seen_at_a_visit(self):
        """A device that nobody declared, seen at a visit."""
        doing.visit(self.person)
        doing.complete(self.person, "write_up", make.write_up(**FOUND), by=self.manager)
        return self.person.indicators.get(code="UDEV")

    def void(self):
        visit = Visit.objects.filter(offender=self.person, origin="recorded").latest("pk")
        void_visit(
            by=make.actor(self.supervisor),
            offender=self.person.public_id,
            visit=visit.public_id,
            reason="Entered for the wrong person",
        )

    def hide(self, found):
        restricting.keep_secret(
            by=make.actor(self.inspector),
            indicator=found.public_id,
            supervisor=self.supervisor.public_id,
            reason="It would give a source away",
        )


@pytest.fixture
def scene() -> Scene:
    return Scene()


def open_steps(found) -> list[str]:
    rows = Task.objects.open().filter(process__obligation__about=about(found.pk))
    return sorted(rows.values_list("step", flat=True))


# --- a check that waits -----------------------------------------------------------------------


def test_with_what_is_taken_back_the_check_of_its_triage_is_withdrawn(scene):
    enact(changes=[{"id": "indicator.no_action.sample", "value": "100"}])
    found = triaging.triage(scene.seen_at_a_visit(), by=scene.manager)
    assert open_steps(found) == ["check_triage"]
    scene.void()
    assert open_steps(found) == []
    assert broken() == {}


def test_of_one_that_is_kept_secret_no_check_stays_in_the_lists_of_a_team(scene):
    found = triaging.triage(triaging.critical(scene.person), by=scene.manager)
    scene.hide(found)
    assert open_steps(found) == []
    assert broken() == {}


def test_a_secret_that_is_lifted_is_triaged_and_checked_anew(scene):
    found = triaging.triage(triaging.critical(scene.person), by=scene.manager)
    scene.hide(found)
    restricting.lift_restriction(
        by=make.actor(scene.inspector), indicator=found.public_id, reason="Known by now"
    )
    assert open_steps(found) == ["triage_indicator"]
    triaging.triage(found, "information_only", by=scene.manager)
    assert [one.decision for one in found.triages.order_by("pk")] == ["lapsed", ""]
    assert triaging.check(found, by=scene.supervisor).outcome == "information_only"
    assert broken() == {}
