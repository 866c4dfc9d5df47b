"""Taking an indicator back: what ends with it, what goes on, and who hears of it."""

import pytest

from accounts.models import Role
from audit.models import Event
from offenders.errors import RuleBroken
from offenders.models import Offender
from tests import make
from tests.workflows import doing, indicating, triaging
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


# --- another system ---------------------------------------------------------------------------


def sent(scene, **said):
    """One of another system, that it may take back."""
    system = make.integration(force=scene.manager.force)
    return indicating.about(scene.person, by=system, **said), system


def told_of(about_what) -> list:
    return [one.to for one in Alert.objects.filter(about=about_what).order_by("to_id")]


@pytest.mark.parametrize("code", ["CTIP", "UACC"])
def test_no_system_ends_the_triage_of_what_is_about_somebody(scene, code):
    found, system = sent(scene, code=code)
    match(found, scene.person, scene.manager)
    due_on = triaging.obligation_of(found).due_on
    take_back(found, system)
    assert (found.state, found.offender) == ("untriaged", scene.person)
    assert triaging.obligation_of(found).due_on == due_on
    assert [one.decision for one in found.decisions.all()] == ["asked_back"]
    assert told_of(Alert.About.INDICATOR_ASKED_BACK) == [scene.manager]
    with pytest.raises(RuleBroken) as refused:
        take_back(found, system)
    assert refused.value.code == "already_asked_back"
    assert triaging.triage(found, "enquiry", by=scene.manager).state == "triaged"
    assert broken() == {}


def test_a_critical_one_that_nobody_matched_waits_on_as_well(scene):
    found, system = sent(scene, code="CTIP")
    take_back(found, system)
    assert found.state == "unmatched"
    assert told_of(Alert.About.INDICATOR_ASKED_BACK) == [scene.supervisor, scene.inspector]


def test_of_one_less_grave_that_nobody_matched_a_system_alone_decides(scene):
    found, system = sent(scene, code="UACC")
    take_back(found, system)
    assert found.state == "retracted"


def test_a_person_without_a_manager_has_the_supervisors_told(scene):
    found, system = sent(scene)
    match(found, scene.person, scene.manager)
    Offender.objects.filter(pk=scene.person.pk).update(offender_manager=None)
    take_back(found, system)
    assert told_of(Alert.About.INDICATOR_ASKED_BACK) == [scene.supervisor]


def test_of_a_restricted_one_the_named_officers_alone_are_told(scene):
    found, system = sent(scene)
    match(found, scene.person, scene.manager)
    colleague = make.officer(team=scene.manager.team)
    restricting.restrict_indicator(
        by=make.actor(scene.supervisor),
        indicator=found.public_id,
        users=[colleague.public_id],
        reason="It would give a source away",
    )
    take_back(found, system)
    told = told_of(Alert.About.INDICATOR_ASKED_BACK)
    assert told == sorted([scene.supervisor, colleague], key=lambda who: who.pk)
    assert {one.offender for one in Alert.objects.filter(about="indicator_asked_back")} == {None}


def test_what_a_system_takes_back_a_supervisor_takes_back_and_no_offender_manager(scene):
    found, system = sent(scene)
    match(found, scene.person, scene.manager)
    take_back(found, system)
    with pytest.raises(RuleBroken) as refused:
        take_back(found, scene.manager)
    assert refused.value.code == "recorded_by_another"
    take_back(found, scene.supervisor)
    assert (found.state, triaging.obligation_of(found)) == ("retracted", None)
    assert broken() == {}


# --- a triage that stands ---------------------------------------------------------------------


@pytest.mark.parametrize("code", ["CTIP", "UACC"])
def test_a_reassessment_that_its_triage_asked_for_goes_on(scene, code):
    found = triaging.triage(
        triaging.matched(scene.person, code=code), "reassessment", by=scene.manager
    )
    owed = scene.person.obligations.get(kind="risk_reassessment", closed_at=None)
    take_back(found, scene.supervisor)
    again = scene.person.obligations.get(kind="risk_reassessment", closed_at=None)
    assert (again.pk, again.due_on) == (owed.pk, owed.due_on)
    assert broken() == {}


def test_a_critical_one_that_is_taken_back_untriaged_asks_for_nothing_more(scene):
    before = scene.person.obligations.get(kind="risk_reassessment", closed_at=None).due_on
    found = triaging.critical(scene.person, by=scene.manager)
    asked = scene.person.obligations.get(kind="risk_reassessment", closed_at=None).due_on
    take_back(found, scene.supervisor)
    after = scene.person.obligations.get(kind="risk_reassessment", closed_at=None).due_on
    assert asked < before == after
    assert broken() == {}


# --- one person alone -------------------------------------------------------------------------


def refusal(act, *given) -> str:
    with pytest.raises(RuleBroken) as refused:
        act(*given)
    return refused.value.code


def test_a_critical_match_is_taken_back_by_an_offender_manager_only_in_its_triage(scene):
    found = triaging.critical(scene.person, by=scene.manager)
    assert refusal(unmatch, found, scene.manager) == "critical_needs_triage"
    assert triaging.obligation_of(found) is not None
    unmatch(found, scene.supervisor)
    assert triaging.obligation_of(found) is None
    assert broken() == {}


@pytest.mark.parametrize(
    ("recorded_by", "who", "is_refused"),
    [
        ("manager", "manager", True),
        ("manager", "supervisor", False),
        ("manager", "inspector", False),
        ("supervisor", "supervisor", True),
        ("supervisor", "inspector", False),
    ],
)
def test_a_critical_one_is_taken_back_by_a_senior_who_did_not_record_it(
    scene, recorded_by, who, is_refused
):
    found = triaging.critical(scene.person, by=getattr(scene, recorded_by))
    if is_refused:
        assert refusal(take_back, found, getattr(scene, who)) == "critical_needs_another"
        assert triaging.obligation_of(found) is not None
    else:
        take_back(found, getattr(scene, who))
        assert found.state == "retracted"


@pytest.mark.parametrize("who", ["manager", "supervisor", "inspector"])
def test_no_officer_takes_one_back_past_a_check_that_waits(scene, who):
    enact(changes=[{"id": "indicator.no_action.sample", "value": "100"}])
    found = triaging.triage(triaging.matched(scene.person), by=scene.manager)
    assert refusal(take_back, found, getattr(scene, who)) == "check_waits"
    assert open_steps(found) == ["check_triage"]
