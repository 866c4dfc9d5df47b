"""Taking an indicator back: what ends with it, what goes on, and who hears of it."""

import pytest
from django.db import transaction

from accounts.models import Role
from audit.models import Event
from offenders.errors import RuleBroken
from offenders.models import Offender
from risk.indicator_codes import IndicatorCode
from risk.models import Indicator
from tests import make
from tests.workflows import doing, indicating, triaging
from tests.workflows.ruling import enact
from workflows.actions.indicators import matching, restricting
from workflows.actions.indicators.following import VISIT, Sign
from workflows.actions.indicators.receiving import Sender, take_in
from workflows.actions.indicators.retracting import retract
from workflows.actions.voiding import void_visit
from workflows.invariants import broken
from workflows.models import Alert, Task, Visit
from workflows.obligations.indicators import about
from workflows.queries.indicators import named_users, permitted
from workflows.queries.taking_back import may_retract, may_unmatch

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


@pytest.mark.parametrize("how", ["restricted", "secret"])
@pytest.mark.parametrize("is_matched", [False, True], ids=["received", "matched"])
def test_what_was_merged_into_a_hidden_one_stays_with_the_named_when_that_is_taken_back(
    scene, how, is_matched
):
    if is_matched:
        one, into = merged(scene)
    else:
        numbers = {"identifiers": [{"kind": "ip", "value": "203.0.113.7"}]}
        into = indicating.about(scene.person, by=scene.manager, **numbers)
        one = indicating.about(scene.person, by=scene.manager, source="nca", **numbers)
    if how == "secret":
        scene.hide(into)
    else:
        restricting.restrict_indicator(
            by=make.actor(scene.supervisor),
            indicator=into.public_id,
            users=[scene.inspector.public_id],
            reason="It would give a source away",
        )
    take_back(into, scene.supervisor)
    one.refresh_from_db()
    assert (one.merged_into, one.is_restricted, one.is_secret) == (None, True, how == "secret")
    assert set(named_users(one)) == {scene.supervisor, scene.inspector}
    seen = {who for who in (scene.manager, scene.supervisor, scene.inspector) if sees(who, one)}
    assert seen == {scene.supervisor, scene.inspector}
    said = list(one.decisions.order_by("pk").values_list("decision", flat=True))
    hidden = "kept_secret" if how == "secret" else "restricted"
    assert said == ["merge_undone", hidden, "named", "named"]
    assert broken() == {}


def test_what_was_merged_into_a_restricted_one_is_not_opened_by_merging_that_into_an_open_one(
    scene,
):
    one, into = merged(scene)
    restricting.restrict_indicator(
        by=make.actor(scene.supervisor),
        indicator=into.public_id,
        users=[scene.inspector.public_id],
        reason="It would give a source away",
    )
    open_one = triaging.matched(scene.person)
    triaging.triage(into, "duplicate", by=scene.supervisor, same_as=open_one.public_id)
    one.refresh_from_db()
    assert (one.merged_into, one.is_restricted) == (open_one, True)
    assert [sees(scene.manager, each) for each in (one, into, open_one)] == [False, False, True]
    assert [sees(scene.supervisor, each) for each in (one, into)] == [True, True]
    assert broken() == {}


def test_one_that_is_restricted_itself_keeps_who_is_named_for_it(scene):
    colleague = make.officer(team=scene.manager.team)
    one, into = merged(scene)
    Indicator.objects.filter(pk=one.pk).update(is_restricted=True)
    for user in (scene.supervisor, colleague):
        one.named_users.create(user=user, named_by=scene.supervisor)
    scene.hide(into)
    take_back(into, scene.supervisor)
    one.refresh_from_db()
    assert (one.is_restricted, one.is_secret) == (True, True)
    assert set(named_users(one)) == {scene.supervisor, colleague}


def sees(who, one) -> bool:
    return permitted(make.actor(who)).filter(pk=one.pk).exists()


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


@pytest.mark.parametrize("outcome", ["enquiry", "visit_brought_forward", "reassessment"])
def test_no_system_ends_what_the_triage_of_what_it_sent_has_started(scene, outcome):
    found, system = sent(scene, code="CTIP")
    match(found, scene.person, scene.manager)
    triaging.triage(found, outcome, by=scene.manager)
    owed, working = owed_to(scene.person), set(Task.objects.open().values_list("pk", flat=True))
    before = found.state, found.outcome, found.decays_from
    take_back(found, system)
    assert (found.state, found.outcome, found.decays_from) == before
    assert owed_to(scene.person) == owed
    assert set(Task.objects.open().values_list("pk", flat=True)) == working
    assert told_of(Alert.About.INDICATOR_ASKED_BACK) == [scene.manager]
    take_back(found, scene.supervisor)
    assert found.state == "retracted"
    assert broken() == {}


def owed_to(person) -> dict[tuple[str, str], object]:
    rows = person.obligations.filter(closed_at=None)
    return {(kind, about): due_on for kind, about, due_on in rows.values_list(*OWED)}


OWED = ("kind", "about", "due_on")


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
@pytest.mark.parametrize("recorded_by", ["manager", "supervisor", "system"])
@pytest.mark.parametrize("code", ["CTIP", "UACC"])
@pytest.mark.parametrize("then", ["", "asked back", "triaged", "to check", "retracted"])
def test_what_an_officer_is_offered_to_take_back_is_not_refused_then(
    scene, who, recorded_by, code, then
):
    """The link and the act go by one function each."""
    officer = getattr(scene, who)
    if recorded_by == "system":
        found, system = sent(scene, code=code)
        match(found, scene.person, scene.manager)
        if then == "asked back":
            take_back(found, system)
    else:
        found = triaging.matched(scene.person, by=getattr(scene, recorded_by), code=code)
    if then == "triaged":
        triaging.triage(found, "enquiry", by=scene.manager)
    elif then == "to check":
        enact(changes=[{"id": "indicator.no_action.sample", "value": "100"}])
        triaging.triage(found, by=scene.manager)
    elif then == "retracted":
        Indicator.objects.filter(pk=found.pk).update(state="retracted")
    found.refresh_from_db()
    for offered, act in ((may_unmatch, unmatch), (may_retract, take_back)):
        assert offered(make.actor(officer), found) is not_refused(act, found, officer)


def not_refused(act, found, officer) -> bool:
    """Whether the rule lets it be done; it is undone then."""
    try:
        with transaction.atomic():
            act(found, officer)
            transaction.set_rollback(True)
    except RuleBroken:
        return False
    return True


@pytest.mark.parametrize("who", ["manager", "supervisor", "inspector"])
def test_no_officer_takes_one_back_past_a_check_that_waits(scene, who):
    enact(changes=[{"id": "indicator.no_action.sample", "value": "100"}])
    found = triaging.triage(triaging.matched(scene.person), by=scene.manager)
    assert refusal(take_back, found, getattr(scene, who)) == "check_waits"
    assert open_steps(found) == ["check_triage"]


# --- a critical one that followed from a visit --------------------------------------------------


def followed_gravely(scene):
    """What no type is yet that follows from a visit: a critical one, kept as those are."""
    visit = doing.visit(scene.person)
    sign = Sign(
        fact=f"visit:{visit.public_id}",
        code=IndicatorCode.MISPER,
        source=VISIT,
        occurred_at=visit.occurred_at,
        text="A child was there who is reported missing.",
    )
    sender = Sender(
        force_id=scene.person.force_id,
        client_label="",
        user_id=scene.manager.pk,
        merges=False,
        is_ours=True,
    )
    [receipt] = take_in(sender, [sign.incoming()])
    return matching.say_whose(
        by=make.actor(scene.manager),
        found=receipt.indicator,
        person=scene.person,
        reason=sign.text,
    )


@pytest.mark.parametrize("is_triaged", [False, True], ids=["to triage", "triaged"])
def test_a_void_visit_takes_no_critical_one_back_without_a_second_person(scene, is_triaged):
    found = followed_gravely(scene)
    if is_triaged:
        triaging.triage(found, "safeguarding_referral", by=scene.manager)
    owed, before = owed_to(scene.person), found.state
    scene.void()
    found.refresh_from_db()
    asks = ("indicator_triage", "case_action", "risk_reassessment")
    kept = {key: on for key, on in owed.items() if key[0] in asks}
    assert found.state == before
    assert kept.items() <= owed_to(scene.person).items()
    noted = found.decisions.get()
    assert (noted.decision, noted.decided_by) == ("asked_back", scene.supervisor)
    assert noted.reason == "Visit voided: Entered for the wrong person"
    assert broken() == {}


def test_of_those_who_stand_above_another_than_who_voided_the_visit_takes_it_back(scene):
    found = followed_gravely(scene)
    second = make.officer(Role.SUPERVISOR, team=scene.manager.team)
    scene.void()
    told = told_of(Alert.About.INDICATOR_ASKED_BACK)
    assert told == sorted([scene.manager, second], key=lambda who: who.pk)
    for who in (scene.manager, scene.supervisor):
        assert refusal(take_back, found, who) in {"critical_needs_another"}
    take_back(found, second)
    assert (found.state, triaging.obligation_of(found)) == ("retracted", None)
    assert broken() == {}


def test_where_a_team_has_no_second_supervisor_the_inspectors_are_told(scene):
    followed_gravely(scene)
    scene.void()
    told = told_of(Alert.About.INDICATOR_ASKED_BACK)
    assert told == sorted([scene.manager, scene.inspector], key=lambda who: who.pk)
