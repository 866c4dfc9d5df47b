"""The triage of an indicator: what each outcome asks for, starts and leaves behind."""

import datetime as dt
import uuid

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.errors import NotPermitted
from accounts.models import Role, User
from offenders.errors import Invalid, RuleBroken
from offenders.models import ConflictOfInterest, Offender, Status
from risk import kept_triages
from risk.indicator_codes import SETS_ASIDE, TriageOutcome
from risk.models import (
    Indicator,
    IndicatorAccess,
    IndicatorState,
    IndicatorTriage,
    MatchDecision,
)
from tests import make
from tests.workflows import doing, indicating, searching, triaging
from tests.workflows.owing import goes
from tests.workflows.ruling import enact
from workflows import kept_starts
from workflows.actions import tasks
from workflows.actions.indicators import matching
from workflows.actions.indicators.triage import takes_check
from workflows.actions.steps import complete_step
from workflows.errors import NotVisible, TaskNotOpen
from workflows.invariants import broken
from workflows.models import Alert, CaseAction, TriageStart, VisitDirection
from workflows.queries.triage import offered, triages_of
from workflows.reconcile import reconcile

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


class Scene:
    """A person, their manager and supervisor, and an indicator that waits for its triage."""

    def __init__(self) -> None:
        self.manager = make.officer()
        self.person = make.person(manager=self.manager)
        self.supervisor = make.officer(Role.SUPERVISOR, team=self.manager.team)

    def found(self, **said: object) -> Indicator:
        return triaging.matched(self.person, by=self.manager, **said)

    def critical(self, **said: object) -> Indicator:
        return triaging.critical(self.person, by=self.manager, **said)

    def triage(self, found: Indicator, outcome: str = "no_action", **said: object) -> Indicator:
        return triaging.triage(found, outcome, by=said.pop("by", self.manager), **said)


@pytest.fixture
def scene() -> Scene:
    return Scene()


def checks(percent: int) -> None:
    """The share of those that need nothing which a supervisor checks."""
    enact(changes=[{"id": "indicator.no_action.sample", "value": str(percent)}])


def test_a_match_opens_the_triage_for_the_offender_manager_by_its_deadline(scene):
    found = scene.found()
    owed = triaging.obligation_of(found)
    assert (owed.due_on, owed.rule) == (
        timezone.localdate(found.triage_by),
        "indicator.triage.high",
    )
    assert triaging.task_of(found).owner == scene.manager
    assert not broken()


def test_the_deadline_of_days_ends_with_its_last_day(scene):
    found = scene.found(code="GAME")
    local = timezone.localtime(found.triage_by)
    assert (local.hour, local.minute) == (0, 0), "the end of a day is the midnight after it"
    assert triaging.obligation_of(found).due_on == local.date() - DAY


def test_taking_the_match_back_drops_it_and_another_match_opens_it_anew(scene):
    found = scene.found()
    matching.unmatch(by=make.actor(scene.manager), indicator=found.public_id, reason="Not him.")
    assert triaging.obligation_of(found) is None
    other = make.person(manager=scene.manager)
    matching.confirm_match(
        by=make.actor(scene.supervisor),
        indicator=found.public_id,
        offender=other.public_id,
        reason="His number.",
    )
    assert triaging.obligation_of(found).offender == other
    assert not broken()


def test_nobody_is_owed_a_triage_of_what_must_not_be_known_of(scene):
    found = indicating.about(scene.person, by=scene.manager)
    Indicator.objects.filter(pk=found.pk).update(is_restricted=True, is_secret=True)
    for user in (scene.manager, scene.supervisor):
        IndicatorAccess.objects.create(indicator=found, user=user, named_by=scene.supervisor)
    matching.confirm_match(
        by=make.actor(scene.manager),
        indicator=found.public_id,
        offender=scene.person.public_id,
    )
    assert triaging.obligation_of(found) is None


# --- outcomes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "outcome", ["visit_brought_forward", "reassessment", "enquiry", "safeguarding_referral"]
)
def test_what_starts_something_stands_at_once_even_of_a_critical_one(scene, outcome):
    found = scene.triage(scene.critical(), outcome)
    assert (found.state, found.outcome) == (IndicatorState.TRIAGED, outcome)
    assert (found.outcome_reason, found.triaged_by) == (triaging.WHY, scene.manager)
    assert found.triaged_at is not None
    assert found.decays_from is None, "what it started is still open"
    assert triaging.obligation_of(found) is None
    assert not broken()


def test_a_visit_is_brought_forward_by_a_direction(scene):
    scene.triage(scene.found(), "visit_brought_forward", visit_in=2)
    assert doing.home_visit_due(scene.person) == timezone.localdate() + 2 * DAY
    start = TriageStart.objects.get()
    assert start.direction == VisitDirection.objects.get(offender=scene.person)


@pytest.mark.parametrize("days", [2, 9, 700], ids=["that day", "later", "after years"])
def test_a_visit_that_is_due_by_then_is_not_brought_forward_and_can_be_linked(scene, days):
    """Nothing would move, and the ledger would count it as an indicator that led to action."""
    scene.triage(scene.found(), "visit_brought_forward", visit_in=2)
    found = scene.found()
    with pytest.raises(Invalid) as refused:
        scene.triage(found, "visit_brought_forward", visit_in=days)
    assert (refused.value.code, refused.value.field) == ("not_earlier", "visit_by")
    assert doing.home_visit_due(scene.person) == timezone.localdate() + 2 * DAY
    assert not found.triages.exists()
    scene.triage(
        found, "linked_to_task", task=make.task_of(scene.person, "record_outcome").public_id
    )


def test_a_reassessment_is_asked_for_and_answered_only_by_one_handed_in_since(scene):
    before = due_of(scene.person, "risk_reassessment")
    scene.triage(scene.found(), "reassessment")
    after = due_of(scene.person, "risk_reassessment")
    assert after < before
    values = make.assessment(priority="medium", proposed_level="medium")
    doing.complete(scene.person, "assess", values, by=scene.manager)
    assert due_of(scene.person, "risk_reassessment") == after
    agreed = {"decision": "endorse", "comment": "Agreed."}
    doing.complete(scene.person, "endorse", agreed, by=scene.supervisor)
    assert due_of(scene.person, "risk_reassessment") > before


def test_an_enquiry_is_an_action_with_its_owner_and_day(scene):
    colleague = make.officer(team=scene.person.team)
    scene.triage(scene.found(), "enquiry", due_in=3, owner=colleague.staff_number)
    action = CaseAction.objects.get()
    assert (action.text, action.due_on) == ("Ask the provider.", timezone.localdate() + 3 * DAY)
    assert make.task_of(scene.person, "finish_action").owner == colleague
    assert TriageStart.objects.get().case_action == action


def test_a_safeguarding_referral_is_made_today(scene):
    with pytest.raises(Invalid) as refused:
        scene.triage(scene.found(), "safeguarding_referral", due_in=1)
    assert refused.value.code == "referral_is_today"
    scene.triage(scene.found(), "safeguarding_referral")
    assert CaseAction.objects.get().due_on == timezone.localdate()


def test_it_can_be_linked_to_an_open_task_of_the_person(scene):
    task = make.task_of(scene.person, "assess")
    scene.triage(scene.found(), "linked_to_task", task=task.public_id)
    assert TriageStart.objects.get().obligation == task.process.obligation


def test_it_is_not_linked_to_a_triage_nor_to_another_persons_task(scene):
    other = scene.found()
    elsewhere = make.task_of(make.person(manager=scene.manager), "assess")
    for task in (triaging.task_of(other), elsewhere):
        with pytest.raises(Invalid) as refused:
            scene.triage(scene.found(), "linked_to_task", task=task.public_id)
        assert refused.value.code == "unknown_task"


def test_a_duplicate_is_merged_with_what_was_merged_into_it(scene):
    first, found = scene.found(), scene.found()
    under = indicating.indicator(by=scene.manager)
    Indicator.objects.filter(pk=under.pk).update(state="merged", merged_into=found)
    scene.triage(found, "duplicate", same_as=first.public_id)
    under.refresh_from_db()
    assert (found.state, found.merged_into, under.merged_into) == ("merged", first, first)
    assert triaging.obligation_of(found) is None
    assert triaging.obligation_of(first) is not None
    assert not broken()


def test_a_merge_by_triage_is_undone_into_another_triage_by_the_old_deadline(scene):
    first, found = scene.found(), scene.found()
    deadline = found.triage_by
    scene.triage(found, "duplicate", same_as=first.public_id)
    matching.undo_merge(by=make.actor(scene.manager), indicator=found.public_id, reason="Another.")
    found.refresh_from_db()
    assert (found.state, found.offender) == ("untriaged", scene.person)
    assert found.triage_by == deadline
    assert triaging.obligation_of(found) is not None
    assert not broken()


@pytest.mark.parametrize(
    "graver",
    [{"code": "CTIP"}, {"source_grade": 1}, {"assessment_grade": "A"}],
    ids=lambda said: next(iter(said)),
)
def test_nothing_graver_or_better_graded_is_lost_in_a_duplicate(scene, graver):
    first, found = scene.found(), scene.found(**graver)
    with pytest.raises(Invalid) as refused:
        scene.triage(found, "duplicate", same_as=first.public_id)
    assert refused.value.code == "duplicate_less_grave"


def test_a_duplicate_is_of_the_same_person(scene):
    other = triaging.matched(make.person(manager=scene.manager), by=scene.manager)
    for target, code in (
        (other, "duplicate_of_another"),
        (indicating.about(scene.person, by=scene.manager), "duplicate_of_another"),
        (indicating.indicator(by=scene.manager), "unknown_indicator"),
    ):
        with pytest.raises(Invalid) as refused:
            scene.triage(scene.found(), "duplicate", same_as=target.public_id)
        assert refused.value.code == code


def test_not_this_person_waits_anew_with_its_old_deadline_and_remembers(scene):
    found = scene.found()
    deadline = found.triage_by
    scene.triage(found, "not_this_person")
    assert (found.state, found.offender, found.triage_by) == ("unmatched", None, deadline)
    assert (found.outcome, found.decays_from) == ("", None)
    assert found.matches.get(offender=scene.person).state == "rejected"
    assert triaging.triaged(found).outcome == "not_this_person"
    assert not broken()


def test_it_can_be_about_the_same_person_after_all(scene):
    found = scene.triage(scene.found(), "not_this_person")
    matching.confirm_match(
        by=make.actor(scene.supervisor),
        indicator=found.public_id,
        offender=scene.person.public_id,
        reason="His number after all.",
    )
    assert triaging.obligation_of(found) is not None
    scene.triage(found, "enquiry")
    assert triaging.obligation_of(found) is None


def test_one_that_is_transferred_says_where(scene):
    found = scene.triage(scene.found(), "transferred", transferred_to="Aldmoor")
    assert (found.state, triaging.triaged(found).transferred_to) == ("triaged", "Aldmoor")


def test_a_condition_that_binds_can_be_named(scene):
    broken_one = triaging.condition(scene.person)
    ended = triaging.condition(scene.person, ends_on=timezone.localdate() - DAY)
    found = scene.found()
    with pytest.raises(Invalid) as refused:
        scene.triage(found, "enquiry", breach_of=ended.public_id)
    assert refused.value.code == "unknown_condition"
    scene.triage(found, "enquiry", breach_of=broken_one.public_id)
    assert found.condition == broken_one


def test_conditions_that_fit_the_type_are_offered_first(scene):
    location = triaging.condition(scene.person, "location")
    internet = triaging.condition(scene.person, "internet")
    chosen = offered(triaging.task_of(scene.found(code="UACC")))["breach_of"]
    assert [key for key, _ in chosen] == [str(internet.public_id), str(location.public_id)]
    chosen = offered(triaging.task_of(scene.found(code="ANPR")))["breach_of"]
    assert [key for key, _ in chosen] == [str(location.public_id), str(internet.public_id)]


NEEDED = [
    ("visit_brought_forward", {"visit_in": None}, "visit_by"),
    ("enquiry", {"action": ""}, "action"),
    ("enquiry", {"due_in": None}, "due_on"),
    ("safeguarding_referral", {"action": ""}, "action"),
    ("linked_to_task", {}, "task"),
    ("duplicate", {}, "same_as"),
    ("transferred", {"transferred_to": ""}, "transferred_to"),
]


@pytest.mark.parametrize(("outcome", "said", "field"), NEEDED)
def test_each_outcome_needs_its_own(scene, outcome, said, field):
    with pytest.raises(Invalid) as refused:
        scene.triage(scene.found(), outcome, **said)
    assert (refused.value.code, refused.value.field) == ("needed", field)


@pytest.mark.parametrize("outcome", TriageOutcome.values)
def test_what_belongs_to_another_outcome_is_refused(scene, outcome):
    field = "transferred_to" if outcome != "transferred" else "action"
    given = {"task": make.task_of(scene.person).public_id} if outcome == "linked_to_task" else {}
    if outcome == "duplicate":
        given = {"same_as": scene.found().public_id}
    with pytest.raises(Invalid) as refused:
        scene.triage(scene.found(), outcome, **given | {field: "Aldmoor"})
    assert (refused.value.code, refused.value.field) == ("not_asked", field)


def test_a_visit_cannot_be_brought_forward_where_none_is_owed(scene):
    found = scene.found()
    with pytest.raises(Invalid) as wrong:
        scene.triage(found, "visit_brought_forward", visit_in=-1)
    assert wrong.value.code == "in_past"
    goes(scene.person, Status.CUSTODY)
    with pytest.raises(RuleBroken) as refused:
        scene.triage(found, "visit_brought_forward")
    assert refused.value.code == "no_visit_owed"


def test_nothing_is_half_written_where_it_is_refused(scene):
    found = scene.found()
    with pytest.raises(Invalid):
        scene.triage(found, "enquiry", owner="nobody")
    assert not IndicatorTriage.objects.exists()
    assert triaging.obligation_of(found) is not None


# --- two people -------------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", sorted(SETS_ASIDE))
def test_a_critical_one_is_set_aside_by_two(scene, outcome):
    other = scene.critical()
    given = {"same_as": other.public_id} if outcome == "duplicate" else {}
    found = scene.triage(scene.critical(), outcome, **given)
    assert found.state == "untriaged"
    assert triaging.obligation_of(found) is not None, "it does not count before the check"
    triaging.check(found, by=scene.supervisor)
    assert found.state != "untriaged"
    assert triaging.obligation_of(found) is None
    assert not broken()


def test_a_supervisor_sets_a_critical_one_aside_by_two_as_well(scene):
    found = scene.triage(scene.critical(), by=scene.supervisor)
    with pytest.raises(RuleBroken) as refused:
        triaging.check(found, by=scene.supervisor)
    assert refused.value.code == "own_triage"
    another = make.officer(Role.SUPERVISOR, team=scene.person.team)
    assert triaging.check(found, by=another).state == "triaged"


def test_nobody_checks_for_the_one_who_triaged(scene):
    """As their delegate neither."""
    found = scene.triage(scene.critical(), by=scene.supervisor)
    delegate = make.officer(Role.SUPERVISOR, team=scene.person.team)
    triage = triaging.triaged(found)
    for row in (
        {"checked_by": scene.supervisor, "checked_for": None},
        {"checked_by": delegate, "checked_for": scene.supervisor},
        {"checked_by": delegate, "checked_for": delegate},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            IndicatorTriage.objects.filter(pk=triage.pk).update(
                decision="agreed", comment="Read.", checked_at=timezone.now(), **row
            )


def test_the_database_lets_no_critical_one_be_set_aside_by_one(scene):
    found = scene.triage(scene.critical(), "enquiry")
    alone = triaging.triaged(found)
    alone.pk, alone.public_id, alone.outcome = None, uuid.uuid4(), "no_action"
    alone.confirmation = MatchDecision.objects.get(match__indicator=scene.critical())
    with pytest.raises(IntegrityError, match="triage_critical_set_aside"), transaction.atomic():
        alone.save(force_insert=True)
    waiting = triaging.triaged(scene.triage(scene.critical()))
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorTriage.objects.filter(pk=waiting.pk).update(
            stands_on=timezone.localdate(), stands_at=timezone.now()
        )


def test_what_is_returned_waits_for_another_triage_by_the_same_deadline(scene):
    found = scene.critical()
    owed = triaging.obligation_of(found)
    scene.triage(found, "information_only")
    triaging.check(found, "returned", by=scene.supervisor)
    again = triaging.obligation_of(found)
    assert (found.state, again.pk, again.due_on) == ("untriaged", owed.pk, owed.due_on)
    assert triaging.task_of(found).owner == scene.manager
    assert Alert.objects.filter(to=scene.manager, about="work_returned").exists()
    scene.triage(found, "enquiry")
    assert found.outcome == "enquiry"
    assert [one.decision for one in found.triages.order_by("pk")] == ["returned", ""]
    assert not broken()


def test_the_match_is_not_taken_back_while_a_check_waits(scene):
    found = scene.triage(scene.critical())
    with pytest.raises(RuleBroken) as refused:
        matching.unmatch(by=make.actor(scene.manager), indicator=found.public_id, reason="No.")
    assert refused.value.code == "check_waits"


@pytest.mark.parametrize("hidden", ["restricted", "secret"])
def test_a_duplicate_is_not_agreed_to_once_its_checker_may_not_open_the_other(scene, hidden):
    other = scene.critical()
    found = scene.triage(scene.critical(), "duplicate", same_as=other.public_id)
    is_secret = hidden == "secret"
    Indicator.objects.filter(pk=other.pk).update(is_restricted=True, is_secret=is_secret)
    IndicatorAccess.objects.create(indicator=other, user=scene.manager, named_by=scene.manager)
    if is_secret:
        reconcile(scene.person, because="test")
        IndicatorAccess.objects.create(
            indicator=other, user=scene.supervisor, named_by=scene.manager
        )
    with pytest.raises(Invalid) as refused:
        triaging.check(found, by=scene.supervisor)
    assert refused.value.code == "duplicate_of_another"
    told = {by: triages_of(make.actor(by), found)[0] for by in (scene.manager, scene.supervisor)}
    assert told[scene.manager].duplicate_of == other
    assert (told[scene.supervisor].duplicate_of is None) == (not is_secret)
    triaging.check(found, "returned", by=scene.supervisor)
    assert found.state == "untriaged"


def test_a_check_of_a_critical_one_is_due_by_its_own_deadline(scene):
    found = scene.critical()
    due_on = triaging.obligation_of(found).due_on
    scene.triage(found)
    assert triaging.task_of(found, "check_triage").due_on == due_on


@pytest.mark.parametrize("outcome", ["no_action", "information_only"])
def test_a_share_of_what_needs_nothing_is_checked(scene, outcome):
    checks(100)
    found = scene.triage(scene.found(), outcome)
    assert found.state == "untriaged"
    assert triaging.check(found, by=scene.supervisor).state == "triaged"


def test_which_ones_follows_from_the_id_and_the_share_alone(scene):
    ones = [Indicator(public_id=uuid.UUID(int=n), severity="high") for n in range(200)]

    def chosen() -> list[bool]:
        return [takes_check(one, TriageOutcome.NO_ACTION) for one in ones]

    usual = chosen()
    assert 10 <= sum(usual) <= 30, "about one in ten"
    assert usual == chosen()
    checks(50)
    assert 80 <= sum(chosen()) <= 120, "about half"
    assert all(more for more, was in zip(chosen(), usual, strict=True) if was)


def test_one_that_was_returned_is_checked_again(scene):
    checks(100)
    found = scene.triage(scene.found())
    triaging.check(found, "returned", by=scene.supervisor)
    assert scene.triage(found).state == "untriaged"


def test_what_starts_something_is_never_sampled(scene):
    checks(100)
    assert scene.triage(scene.found(), "enquiry").state == "triaged"


KEPT = [
    {"outcome": "information_only"},
    {"reason": "Another"},
    {"takes_check": False},
    {"triaged_on": dt.date(2026, 1, 1)},
    {"severity": "low"},
]


@pytest.mark.parametrize("change", KEPT, ids=lambda change: next(iter(change)))
def test_what_was_decided_never_changes_and_never_goes(scene, change):
    triage = triaging.triaged(scene.triage(scene.critical()))
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        IndicatorTriage.objects.filter(pk=triage.pk).update(**change)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        triage.delete()


LATER = [
    {"decision": "agreed"},
    {"comment": "Another"},
    {"checked_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)},
]


@pytest.mark.parametrize("change", LATER, ids=lambda change: next(iter(change)))
@pytest.mark.parametrize("said", ["returned", "agreed"])
def test_what_a_supervisor_decided_never_changes(scene, said, change):
    found = triaging.check(scene.triage(scene.critical()), said, by=scene.supervisor)
    rows = IndicatorTriage.objects.filter(pk=triaging.triaged(found).pk)
    other = {"decision": "returned"} if said == "agreed" and "decision" in change else change
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(**other)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(checked_by=make.officer(Role.SUPERVISOR, team=scene.person.team))


@pytest.mark.parametrize(
    "change", [{"stands_on": dt.date(2026, 1, 1)}, {"stands_on": None, "stands_at": None}]
)
def test_from_when_a_triage_stands_never_changes(scene, change):
    triage = triaging.triaged(scene.triage(scene.found(), "enquiry"))
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        IndicatorTriage.objects.filter(pk=triage.pk).update(**change)


def test_what_a_triage_started_never_changes_and_never_goes(scene):
    scene.triage(scene.found(), "enquiry")
    rows = TriageStart.objects.all()
    with pytest.raises(DatabaseError, match=kept_starts.REFUSAL), transaction.atomic():
        rows.update(what="reassessment", case_action=None)
    with pytest.raises(DatabaseError, match=kept_starts.REFUSAL), transaction.atomic():
        rows.get().delete()
    kept_starts.require()


@pytest.mark.parametrize("name", sorted(kept_triages.names(connection.vendor)))
def test_a_guard_that_is_lost_is_missed_and_put_back(name):
    on = "" if connection.vendor == "sqlite" else f" ON {kept_triages.TRIAGE}"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")
    assert kept_triages.missing() == [name]
    with pytest.raises(SystemCheckError, match=name):
        call_command("check", databases=["default"])
    with pytest.raises(kept_triages.TriagesUnguarded, match=name):
        kept_triages.require()
    call_command("restore_triggers", verbosity=0)
    kept_triages.require()


# --- who --------------------------------------------------------------------------------------


def attempted(found: Indicator, by: User) -> None:
    task = triaging.task_of(found)
    complete_step(
        by=make.actor(by),
        task=task.public_id,
        step=task.step,
        values=triaging.values("enquiry"),
    )


def test_a_colleague_of_the_team_may_triage_and_another_team_sees_nothing(scene):
    with pytest.raises(NotVisible):
        attempted(scene.found(), make.officer(team=make.team(in_force=scene.person.force)))
    attempted(scene.found(), make.officer(team=scene.person.team))


def test_whoever_declared_a_tie_sees_nothing_of_it(scene):
    found = scene.found()
    colleague = make.officer(team=scene.person.team)
    ConflictOfInterest.objects.create(offender=scene.person, user=colleague, declared_by=colleague)
    with pytest.raises(NotVisible):
        attempted(found, colleague)


def restricted(scene: Scene, *named: User) -> Indicator:
    found = indicating.about(scene.person, by=scene.manager, code="UACC")
    Indicator.objects.filter(pk=found.pk).update(is_restricted=True)
    for user in named:
        IndicatorAccess.objects.create(indicator=found, user=user, named_by=scene.supervisor)
    return matching.confirm_match(
        by=make.actor(named[0]),
        indicator=found.public_id,
        offender=scene.person.public_id,
    )


def test_a_restricted_one_is_triaged_by_a_named_user_who_gets_the_task(scene):
    found = restricted(scene, scene.supervisor)
    assert triaging.task_of(found).owner == scene.supervisor
    with pytest.raises(NotPermitted):
        attempted(found, scene.manager)
    attempted(found, scene.supervisor)


def test_a_restricted_one_is_neither_taken_by_nor_given_to_whoever_is_not_named(scene):
    found = restricted(scene, scene.supervisor)
    task = triaging.task_of(found).public_id
    given = {"to": scene.manager.public_id, "reason": "Away tomorrow."}
    with pytest.raises(RuleBroken) as refused:
        tasks.reassign_task(by=make.actor(scene.supervisor), task=task, **given)
    assert refused.value.code == "cannot_do_it"
    tasks.release(by=make.actor(scene.supervisor), task=task)
    with pytest.raises(NotPermitted):
        tasks.claim(by=make.actor(scene.manager), task=task)
    tasks.claim(by=make.actor(scene.supervisor), task=task)


def test_a_task_that_somebody_finished_is_open_no_more(scene):
    found = scene.found()
    task = triaging.task_of(found)
    attempted(found, scene.manager)
    with pytest.raises((NotVisible, TaskNotOpen)):
        complete_step(
            by=make.actor(scene.supervisor),
            task=task.public_id,
            step=task.step,
            values=triaging.values("enquiry"),
        )


# --- an ended registration --------------------------------------------------------------------


def test_triage_outlives_the_registration_and_starts_nothing_that_nobody_would_do(scene):
    found = scene.found()
    end(scene.person, scene.manager, scene.supervisor)
    assert triaging.obligation_of(found) is not None
    assert not broken()
    with pytest.raises(RuleBroken) as refused:
        scene.triage(found, "enquiry")
    assert refused.value.code == "registration_ended"
    scene.triage(found, "transferred", transferred_to="Aldmoor")
    assert found.state == "triaged"
    assert not broken()


def end(person: Offender, manager: User, supervisor: User) -> None:
    searching.report_death(person, by=manager)
    searching.verify(person, "verified", by=supervisor)
    person.refresh_from_db()
    assert person.registration_ended_on is not None


def due_of(person: Offender, kind: str) -> dt.date:
    return person.obligations.get(kind=kind, closed_at=None).due_on
