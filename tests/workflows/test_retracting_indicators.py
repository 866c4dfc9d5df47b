"""Taking an indicator back: what ends with it, what goes on, and who hears of it."""

import pytest

from accounts.models import Role
from audit.models import Event
from tests import make
from tests.workflows import doing, triaging
from tests.workflows.ruling import enact
from workflows.actions.indicators import matching, restricting
from workflows.actions.indicators.retracting import retract
from workflows.actions.voiding import void_visit
from workflows.invariants import broken
from workflows.models import Alert, Task, Visit
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


# --- other people -----------------------------------------------------------------------------


def unmatch(found, by) -> None:
    matching.unmatch(by=make.actor(by), indicator=found.public_id, reason="Not him")


def match(found, person, by) -> None:
    matching.confirm_match(
        by=make.actor(by),
        indicator=found.public_id,
        offender=person.public_id,
        reason="His number",
    )


def take_back(found, by) -> None:
    retract(by=make.actor(by), indicator=found.public_id, reason="Mistyped")
    found.refresh_from_db()


def merged(scene, one=None):
    """Two reports of one event about the person; the first is merged into the second by triage."""
    one, into = one or triaging.matched(scene.person), triaging.matched(scene.person)
    triaging.triage(one, "duplicate", by=scene.supervisor, same_as=into.public_id)
    return one, into


@pytest.mark.parametrize("is_matched_anew", [False, True], ids=["nobody", "somebody else"])
def test_what_stands_again_is_owed_to_whom_it_is_about_whomever_the_other_is(
    scene, is_matched_anew
):
    one, into = merged(scene)
    unmatch(into, scene.manager)
    if is_matched_anew:
        match(into, make.person(manager=scene.manager), scene.supervisor)
    take_back(into, scene.supervisor)
    one.refresh_from_db()
    assert (one.state, one.offender) == ("untriaged", scene.person)
    assert triaging.obligation_of(one) is not None
    assert open_steps(one) == ["triage_indicator"]
    assert open_steps(into) == []
    assert broken() == {}


def test_a_restricted_one_that_stands_again_is_given_to_a_named_officer(scene):
    one = triaging.matched(scene.person)
    colleague = make.officer(team=scene.manager.team)
    restricting.restrict_indicator(
        by=make.actor(scene.supervisor),
        indicator=one.public_id,
        users=[colleague.public_id],
        reason="It would give a source away",
    )
    _, into = merged(scene, one)
    take_back(into, scene.supervisor)
    assert triaging.task_of(one).owner in {scene.supervisor, colleague}
    assert broken() == {}


def test_what_a_visit_raised_ends_for_whom_an_officer_matched_it_to_since(scene):
    found = scene.seen_at_a_visit()
    unmatch(found, scene.manager)
    other = make.person(manager=scene.manager)
    match(found, other, scene.supervisor)
    scene.void()
    found.refresh_from_db()
    assert found.state == "retracted"
    assert open_steps(found) == []
    assert broken() == {}
    event = Event.objects.filter(action="indicator.retract").latest("pk")
    assert event.offender_id == other.pk
    told = Alert.objects.filter(about=Alert.About.INDICATOR_RETRACTED)
    assert [(one.to, one.offender) for one in told] == [(scene.manager, other)]
