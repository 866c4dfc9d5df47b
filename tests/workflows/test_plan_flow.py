"""The review of a risk management plan, from its draft to the actions it hands out."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from accounts.errors import NotPermitted
from accounts.models import Role
from audit.models import Event
from offenders.errors import Invalid, RuleBroken
from offenders.models import ManagementLevel, Status
from risk.models import FlagSystem, RiskManagementPlan
from tests import make
from tests.workflows import doing, planning
from workflows.actions import people
from workflows.invariants import broken
from workflows.models import CaseAction, Kind, Task
from workflows.queries.starting import starts_with
from workflows.queries.task import subject_of

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
REFUSED = {"decision": "return", "comment": "Not enough"}


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def later(days: int):
    return time_machine.travel(MONDAY + dt.timedelta(days=days), tick=False)


def review(person) -> dt.date | None:
    found = person.obligations.filter(kind=Kind.PLAN_REVIEW, closed_at=None)
    return found.values_list("due_on", flat=True).first()


def test_nothing_asks_for_a_plan_before_an_assessment_is_endorsed_here():
    person = make.person(last_assessment_on="2026-10-01")
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    assert review(person) is None

    planning.assessed(person, supervisor=supervisor)

    assert review(person) == dt.date(2026, 11, 30)
    assert make.task_of(person, "draft_plan").owner == person.offender_manager
    assert broken() == {}


def test_the_task_closes_on_endorsement_and_the_next_review_runs_from_submission():
    person, supervisor = planning.supervised()
    plan = planning.draft(person)
    assert review(person) == dt.date(2026, 11, 30), "handed in is not in force"

    with later(3):
        doing.complete(person, "endorse_plan", planning.AGREED, by=supervisor)
        assert review(person) == dt.date(2027, 5, 23), "six months from the 23rd"
        assert broken() == {}

    plan.refresh_from_db()
    assert (plan.version, plan.state, plan.level) == (1, "endorsed", "medium")
    assert plan.agreed_on == dt.date(2026, 11, 26)
    assert plan.assessment == person.assessments.get(state="endorsed")
    assert sorted(plan.flags.values_list("system", flat=True)) == sorted(FlagSystem.values)
    closed = person.obligations.get(kind=Kind.PLAN_REVIEW, closed_at__isnull=False)
    assert closed.closed_because == "done"


def test_the_author_cannot_endorse():
    person, supervisor = planning.supervised()
    planning.draft(person, by=supervisor)

    with pytest.raises(RuleBroken) as refused:
        doing.complete(person, "endorse_plan", planning.AGREED, by=supervisor)

    assert refused.value.code == "own_plan"


def test_an_offender_manager_cannot_endorse():
    person, _ = planning.supervised()
    planning.draft(person)
    colleague = make.officer(team=person.team)

    with pytest.raises(NotPermitted):
        doing.complete(person, "endorse_plan", planning.AGREED, by=colleague)


def test_a_returned_plan_goes_back_and_starts_from_its_own_text():
    person, supervisor = planning.supervised()
    planning.draft(person, supervision="Thin.", new_actions=[planning.new_action()])

    doing.complete(person, "endorse_plan", REFUSED, by=supervisor)

    task = make.task_of(person, "draft_plan")
    start = starts_with(task)
    assert (task.owner, start["supervision"]) == (person.offender_manager, "Thin.")
    assert start["new_actions"] == [
        {"text": "Ask the landlord.", "owner": "", "pillar": "supervision", "factor": ""}
    ], "without its day"
    assert "which was returned" in subject_of(make.actor(supervisor), task)
    assert review(person) == dt.date(2026, 11, 30), "what was returned resets no clock"
    assert not CaseAction.objects.filter(offender=person).exists()

    planning.agreed(person, supervisor)
    states = dict(person.plans.values_list("version", "state"))
    assert states == {1: "returned", 2: "endorsed"}


def test_a_review_starts_from_the_text_in_force_and_from_no_day_or_judgement():
    person, supervisor = planning.supervised()
    planning.agreed(person, supervisor, new_actions=[planning.new_action()])

    task = make.task_of(person, "draft_plan")
    start = starts_with(task)

    assert start["contingency"] == "If work is lost, visit within a week."
    assert start["flags"] == [{"system": system} for system in FlagSystem.values]
    [row] = start["open_actions"]
    assert set(row) == {"action", "text"}
    assert not {"visit_every", "disclosure_considered", "review"} & set(start)
    assert "version 1, handed in on 23 November 2026, in force" in subject_of(
        make.actor(supervisor), task
    )


def test_that_nothing_changes_is_a_review_with_a_reason():
    person, supervisor = planning.supervised()
    first = planning.agreed(person, supervisor)

    with later(30):
        planning.agreed(person, supervisor, review="Nothing changed: settled, seen twice.")
        assert review(person) == dt.date(2027, 6, 23)

    first.refresh_from_db()
    assert first.state == "superseded"
    assert person.plans.get(state="endorsed").version == 2


def test_one_plan_waits_at_a_time():
    person, _ = planning.supervised()
    planning.draft(person)
    manager = person.offender_manager
    for status, days in ((Status.CUSTODY, 1), (Status.COMMUNITY, 3)):
        with later(days):
            people.change_status(
                by=make.actor(manager),
                offender=person.public_id,
                status=status,
                on=timezone.localdate(),
            )

    with later(4), pytest.raises(RuleBroken) as refused:
        planning.draft(person)

    assert refused.value.code == "plan_waiting"


def test_a_plan_that_is_returned_in_custody_is_not_asked_for_again():
    person, supervisor = planning.supervised()
    planning.draft(person)
    with later(1):
        people.change_status(
            by=make.actor(person.offender_manager),
            offender=person.public_id,
            status=Status.CUSTODY,
            on=timezone.localdate(),
        )
        doing.complete(person, "endorse_plan", REFUSED, by=supervisor)

        assert not Task.objects.open().filter(offender=person, kind=Kind.PLAN_REVIEW).exists()
        assert broken() == {}


# --- how often the person is visited --------------------------------------------------------------


def test_a_shorter_interval_needs_a_reason_and_moves_the_visit_from_that_day():
    person, supervisor = planning.supervised(last_effective_visit_on="2026-10-01")
    with pytest.raises(Invalid) as refused:
        planning.draft(person, visit_every="1m", interval_reason=" ")
    assert (refused.value.code, refused.value.field) == ("reason_needed", "interval_reason")

    planning.draft(person, visit_every="1m")
    assert doing.home_visit_due(person) == dt.date(2027, 4, 1)
    doing.complete(person, "endorse_plan", planning.AGREED, by=supervisor)

    assert doing.home_visit_due(person) == dt.date(2026, 11, 30), "agreed + 5 working days"
    doing.visit(person)
    assert doing.home_visit_due(person) == dt.date(2026, 12, 23)
    assert broken() == {}


def test_a_longer_interval_is_an_inspectors_to_agree():
    person, supervisor = planning.supervised(last_effective_visit_on="2026-10-01")
    inspector = make.officer(Role.INSPECTOR, force=person.force)
    planning.draft(person, visit_every="9m", new_actions=[planning.new_action()])

    doing.complete(person, "endorse_plan", planning.AGREED, by=supervisor)

    plan = person.plans.get()
    assert (plan.state, plan.agreed_on) == ("recommended", None)
    assert doing.home_visit_due(person) == dt.date(2027, 4, 1), "not before somebody agrees"
    assert not CaseAction.objects.filter(offender=person).exists()
    assert make.task_of(person, "approve_interval").due_on == dt.date(2026, 11, 30)
    agrees = {"interval_decision": "agree", "interval_comment": "Three years settled"}
    with pytest.raises(NotPermitted):
        doing.complete(person, "approve_interval", agrees, by=supervisor)

    doing.complete(person, "approve_interval", agrees, by=inspector)

    assert doing.home_visit_due(person) == dt.date(2027, 7, 1)
    assert CaseAction.objects.filter(offender=person).count() == 1
    assert broken() == {}


def test_an_inspector_who_endorses_has_agreed_to_the_interval():
    person, _ = planning.supervised(last_effective_visit_on="2026-10-01")
    inspector = make.officer(Role.INSPECTOR, team=person.team)
    planning.draft(person, visit_every="9m")

    doing.complete(person, "endorse_plan", planning.AGREED, by=inspector)

    plan = person.plans.get()
    assert (plan.state, plan.interval_decided_by) == ("endorsed", inspector)
    assert doing.home_visit_due(person) == dt.date(2027, 7, 1)


def test_a_refused_interval_returns_the_plan():
    person, supervisor = planning.supervised()
    inspector = make.officer(Role.INSPECTOR, force=person.force)
    planning.draft(person, visit_every="9m")
    doing.complete(person, "endorse_plan", planning.AGREED, by=supervisor)

    refused = {"interval_decision": "refuse", "interval_comment": "Too soon"}
    doing.complete(person, "approve_interval", refused, by=inspector)

    assert person.plans.get().state == "returned"
    assert make.task_of(person, "draft_plan").owner == person.offender_manager
    assert broken() == {}


@pytest.mark.parametrize(
    ("level", "visit_every", "is_refused", "reason"),
    [
        ("very_high", "1m", False, "as the level has it"),
        ("very_high", "2m", True, "very high is never visited less often"),
        ("high", "6m", False, "the longest for high"),
        ("high", "9m", True, "longer than that"),
        ("medium", "12m", False, "the longest for medium"),
        ("medium", "18m", True, "longer than that"),
        ("low", "24m", False, "the longest there is"),
    ],
)
def test_a_plan_cannot_set_any_interval(level, visit_every, is_refused, reason):
    person, _ = planning.supervised(management_level=level)
    if not is_refused:
        assert planning.draft(person, visit_every=visit_every).visit_every == visit_every, reason
        return
    with pytest.raises(Invalid) as refused:
        planning.draft(person, visit_every=visit_every)
    assert (refused.value.code, refused.value.field) == ("interval_too_long", "visit_every"), reason


def test_a_level_raised_meanwhile_leaves_only_to_return_the_plan():
    person, supervisor = planning.supervised()
    planning.draft(person, visit_every="9m")
    people.change_level(
        by=make.actor(supervisor),
        offender=person.public_id,
        level=ManagementLevel.VERY_HIGH,
        reason="Arrested",
        decided_on=timezone.localdate(),
    )

    with pytest.raises(RuleBroken) as refused:
        doing.complete(person, "endorse_plan", planning.AGREED, by=supervisor)
    assert refused.value.code == "interval_too_long"

    doing.complete(person, "endorse_plan", REFUSED, by=supervisor)
    assert person.plans.get().state == "returned"


def test_a_raised_level_ends_a_longer_interval_until_the_next_plan():
    person, _ = planning.supervised(last_effective_visit_on="2026-10-01")
    inspector = make.officer(Role.INSPECTOR, team=person.team)
    planning.draft(person, visit_every="9m")
    doing.complete(person, "endorse_plan", planning.AGREED, by=inspector)
    with later(1):
        people.change_level(
            by=make.actor(inspector),
            offender=person.public_id,
            level=ManagementLevel.HIGH,
            reason="Arrested",
            decided_on=timezone.localdate(),
        )

        assert doing.home_visit_due(person) == dt.date(2027, 1, 1)
        assert broken() == {}


# --- actions --------------------------------------------------------------------------------------


def test_the_actions_of_a_plan_are_handed_out_when_it_comes_into_force():
    person, supervisor = planning.supervised()
    colleague = make.officer(team=person.team)
    rows = [
        planning.new_action("Ask the landlord.", 10, owner=colleague.staff_number),
        planning.new_action("Look at the router.", 20, pillar="monitoring_control"),
    ]
    planning.draft(person, new_actions=rows)
    assert not CaseAction.objects.filter(offender=person).exists()

    doing.complete(person, "endorse_plan", planning.AGREED, by=supervisor)

    first, second = CaseAction.objects.filter(offender=person).order_by("pk")
    assert (first.pillar, first.factor, first.owner) == ("supervision", "", colleague)
    assert (second.pillar, second.raised_by) == ("monitoring_control", person.offender_manager)
    tasks = Task.objects.open().filter(offender=person, step="finish_action")
    assert set(tasks.values_list("owner", flat=True)) == {
        colleague.pk,
        person.offender_manager_id,
    }


@pytest.mark.parametrize(
    "said", ["Hostile orientation", "hostile orientation", "hostile_orientation"]
)
def test_an_action_is_about_a_factor_as_the_assessment_names_it(said):
    person, supervisor = planning.supervised()

    planning.agreed(person, supervisor, new_actions=[planning.new_action(factor=said)])

    assert CaseAction.objects.get(offender=person).factor == "hostile_orientation"


def test_a_factor_that_no_tool_for_the_person_has_is_refused_with_those_there_are():
    person, _ = planning.supervised()

    with pytest.raises(Invalid, match="Known: Opportunity") as error:
        planning.draft(person, new_actions=[planning.new_action(factor="Nonsense")])

    assert (error.value.code, error.value.field) == ("unknown_factor", "new_actions.0.factor")


def test_the_author_says_of_each_open_action_what_becomes_of_it():
    person, supervisor = planning.supervised()
    rows = [planning.new_action(text) for text in ("Kept", "Done", "Not wanted")]
    planning.agreed(person, supervisor, new_actions=rows)
    kept, done, dropped = CaseAction.objects.filter(offender=person).order_by("pk")
    chosen = [
        {"action": kept.public_id, "text": "", "choice": "keep", "reason": ""},
        {"action": done.public_id, "text": "", "choice": "done", "reason": "Was there."},
        {"action": dropped.public_id, "text": "", "choice": "not_wanted", "reason": "Moved."},
    ]

    planning.draft(person, open_actions=chosen)
    assert CaseAction.objects.filter(offender=person, finished_on=None).count() == 3
    doing.complete(person, "endorse_plan", planning.AGREED, by=supervisor)

    outcomes = dict(CaseAction.objects.filter(offender=person).values_list("text", "outcome"))
    assert outcomes == {"Kept": "", "Done": "done", "Not wanted": "not_done"}
    left = person.obligations.filter(kind=Kind.CASE_ACTION, closed_at=None)
    assert [row.about for row in left] == [kept.about]
    done.refresh_from_db()
    assert (done.evidence, done.finished_by) == ("Was there.", person.offender_manager)
    assert broken() == {}


@pytest.mark.parametrize(
    ("spoil", "code", "field"),
    [
        (lambda rows: rows[:1], "action_undecided", "open_actions"),
        (
            lambda rows: [*rows[:1], rows[1] | {"choice": "done"}],
            "reason_needed",
            "open_actions.1.reason",
        ),
        (
            lambda rows: [*rows, rows[0] | {"action": "0b0d4c2e-0000-4000-8000-000000000000"}],
            "unknown_action",
            "open_actions.2.action",
        ),
    ],
)
def test_no_open_action_is_left_undecided(spoil, code, field):
    person, supervisor = planning.supervised()
    planning.agreed(person, supervisor, new_actions=[planning.new_action() for _ in range(2)])
    rows = [
        {"action": action.public_id, "text": "", "choice": "keep", "reason": ""}
        for action in CaseAction.objects.filter(offender=person).order_by("pk")
    ]

    with pytest.raises(Invalid) as refused:
        planning.draft(person, open_actions=spoil(rows))

    assert (refused.value.code, refused.value.field) == (code, field)


def test_an_action_that_was_finished_meanwhile_is_left_as_it_was_finished():
    person, supervisor = planning.supervised()
    planning.agreed(person, supervisor, new_actions=[planning.new_action()])
    action = CaseAction.objects.get(offender=person)
    row = {"action": action.public_id, "text": "", "choice": "not_wanted", "reason": "Moved."}
    planning.draft(person, open_actions=[row])
    finished = {"outcome": "done", "evidence": "Asked."}
    doing.complete(person, "finish_action", finished, by=person.offender_manager)

    doing.complete(person, "endorse_plan", planning.AGREED, by=supervisor)

    action.refresh_from_db()
    assert (action.outcome, action.evidence) == ("done", "Asked.")


def test_a_day_that_passed_before_the_endorsement_stays_as_it_was_said():
    person, supervisor = planning.supervised()
    planning.draft(person, new_actions=[planning.new_action(ahead=1)])

    with later(5):
        doing.complete(person, "endorse_plan", planning.AGREED, by=supervisor)
        assert make.task_of(person, "finish_action").due_on == dt.date(2026, 11, 24)


# --- what is refused, and what is kept ------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "code", "field"),
    [
        (lambda: {"flags": planning.flags()[1:]}, "flag_missing", "flags"),
        (
            lambda: {
                "flags": [row | {"checked_on": dt.date(2026, 11, 24)} for row in planning.flags()]
            },
            "in_future",
            "flags.0.checked_on",
        ),
        (
            lambda: {"new_actions": [planning.new_action(ahead=-1)]},
            "in_past",
            "new_actions.0.due_on",
        ),
        (
            lambda: {"new_actions": [planning.new_action(owner="NOBODY")]},
            "unknown_officer",
            "new_actions.0.owner",
        ),
    ],
)
def test_a_plan_is_not_taken_by_halves(typed, code, field):
    person, _ = planning.supervised()

    with pytest.raises(Invalid) as refused:
        planning.draft(person, **typed())

    assert (refused.value.code, refused.value.field) == (code, field)
    assert not RiskManagementPlan.objects.exists()


def test_each_step_leaves_one_event_and_none_of_its_words_outside_the_payload():
    person, supervisor = planning.supervised()
    plan = planning.agreed(person, supervisor)

    events = Event.objects.filter(action__startswith="plan.").order_by("pk")

    assert [event.action for event in events] == ["plan.draft", "plan.endorse"]
    assert {event.offender_id for event in events} == {person.pk}
    assert plan.author == person.offender_manager
