"""Work past its due date goes up a rank: whose, to whom, once, and on which day."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Absence, Role, User
from audit.models import Event
from offenders.models import Offender
from tests import make
from tests.api.scenes.registration import ending
from tests.workflows import crowd, doing, planning, searching, triaging
from tests.workflows.test_endorsing import WAITING
from workflows import tasks as jobs
from workflows.actions import caseload
from workflows.actions.case_actions import raise_action
from workflows.actions.dip_samples import draw_sample
from workflows.actions.escalating import escalate_overdue
from workflows.engine.nodes import Step
from workflows.engine.timers import fire_due
from workflows.flows import FLOWS
from workflows.models import Alert, Heartbeat, Kind, Obligation, Task
from workflows.queries.inbox import tasks_page

pytestmark = pytest.mark.django_db

ONE_DAY = dt.timedelta(days=1)
TODAY = dt.date(2026, 11, 23)

SUPERVISORS, INSPECTORS = Role.SUPERVISOR, Role.INSPECTOR


def managed(manager: User, **facts: object) -> Offender:
    return make.person(manager=manager, **facts)


def indicated(manager: User) -> Offender:
    person = make.person(manager=manager)
    triaging.matched(person, by=manager)
    return person


def in_custody(manager: User) -> Offender:
    since = timezone.localdate() - dt.timedelta(days=40)
    return make.person(manager=manager, status="custody", status_since=since)


def over_soon(manager: User) -> Offender:
    return make.person(manager=manager, **ending())


def with_an_action(manager: User) -> Offender:
    person = make.person(manager=manager)
    due_on = timezone.localdate() + dt.timedelta(days=5)
    raise_action(
        by=make.actor(manager), offender=person.public_id, text="Look.", due_on=due_on, owner=""
    )
    return person


def looked_for(manager: User) -> Offender:
    person = make.person(manager=manager)
    searching.report(person, by=manager)
    return person


def visited(manager: User, **outcome: object) -> Offender:
    person = make.person(manager=manager)
    doing.visit(person, by=manager, **outcome)
    return person


def not_resident(manager: User) -> Offender:
    return visited(manager, outcome="not_resident")


def shut_out(manager: User) -> Offender:
    person = make.person(manager=manager)
    for days in (2, 1):
        searching.attempt(person, days, by=manager)
    return person


def assessed(manager: User) -> Offender:
    person = make.person(manager=manager)
    planning.assessed(person, supervisor=make.officer(Role.SUPERVISOR, team=manager.team))
    return person


def reactive(manager: User) -> Offender:
    person = make.settled(manager=manager)
    doing.manage_reactively(person, by=make.officer(Role.INSPECTOR, force=manager.force))
    return person


def sampled(manager: User) -> Offender:
    person = make.person(manager=manager)
    supervisor = make.officer(Role.SUPERVISOR, team=manager.team)
    draw_sample(by=make.actor(supervisor), team=manager.team.public_id, size=1)
    return person


#: By step: how it comes to wait, and who stands above whoever does it.
STEPS: dict[str, tuple[Callable[[User], Offender], str]] = {
    # The officer's own work.
    "record_outcome": (managed, SUPERVISORS),
    "write_up": (visited, SUPERVISORS),
    "assess": (managed, SUPERVISORS),
    "record_notification": (managed, SUPERVISORS),
    "propose_end": (over_soon, SUPERVISORS),
    "plan_release": (in_custody, SUPERVISORS),
    "finish_action": (with_an_action, SUPERVISORS),
    "record_enquiry": (looked_for, SUPERVISORS),
    "decide_missing": (not_resident, SUPERVISORS),
    "consider_warrant": (shut_out, SUPERVISORS),
    "draft_plan": (assessed, SUPERVISORS),
    "triage_indicator": (indicated, SUPERVISORS),
    # A supervisor's, of which some take a second person.
    "review_case": (managed, INSPECTORS),
    "check_case": (sampled, INSPECTORS),
    "review_reactive": (reactive, INSPECTORS),
    # An inspector's: nobody stands above them here, so the others of the force are told.
    **{step: (build, INSPECTORS) for step, build in WAITING.items()},
}


def told_of(task: Task) -> list[Alert]:
    subject = f"task:{task.public_id}:"
    alerts = Alert.objects.filter(about="step_overdue", subject__startswith=subject)
    return list(alerts.select_related("to").order_by("pk"))


def active(role: str, person: Offender) -> set[User]:
    """Everyone of that rank over the person."""
    of = User.objects.filter(role=role, is_active=True, force=person.force)
    return {*(of.filter(team=person.team) if role == Role.SUPERVISOR else of)}


def test_the_table_has_every_step_of_every_flow():
    every = {
        node.name
        for flow in FLOWS.values()
        for node in flow.instance.nodes()
        if isinstance(node, Step)
    }
    assert set(STEPS) == every


@pytest.mark.parametrize("late", [1, 10])
@pytest.mark.parametrize("step", STEPS)
def test_a_step_past_its_day_is_told_once_to_who_stands_above(step, late):
    build, rank = STEPS[step]
    manager = make.officer()
    make.officer(Role.SUPERVISOR, team=manager.team)
    make.officer(Role.INSPECTOR, force=manager.force)
    make.officer(Role.SUPERVISOR, force=manager.force)
    make.officer(Role.INSPECTOR)
    person = build(manager)
    task = make.task_of(person, step)
    due_on = task.due_on

    escalate_overdue(today=due_on)
    assert told_of(task) == [], "on its day it is not late"
    escalate_overdue(today=due_on + late * ONE_DAY)
    escalate_overdue(today=due_on + late * ONE_DAY)
    escalate_overdue(today=due_on + 30 * ONE_DAY)

    alerts = told_of(task)
    assert {alert.to for alert in alerts} == active(rank, person)
    assert len(alerts) == len({alert.to for alert in alerts})
    assert {(alert.on, alert.offender, alert.officer) for alert in alerts} == {
        (due_on, person, task.owner)
    }
    task.refresh_from_db()
    assert (task.due_on, task.is_open, task.escalated_for) == (due_on, True, due_on)
    assert task.escalated_at is not None
    events = Event.objects.filter(action="task.escalate", subject=f"task:{task.public_id}")
    assert events.count() == 1


def test_nothing_that_is_owed_moves_or_closes():
    person = make.person()
    make.officer(Role.INSPECTOR, force=person.force)
    before = list(Obligation.objects.order_by("pk").values())

    assert escalate_overdue(today=timezone.localdate() + dt.timedelta(days=800)) > 0

    assert list(Obligation.objects.order_by("pk").values()) == before
    assert Task.objects.open().filter(offender=person).count() == len(before)


@pytest.mark.parametrize(
    ("at", "count", "reason"),
    [
        ("2026-06-29 22:59:00+00:00", 0, "a minute to midnight in London, in summer"),
        ("2026-06-29 23:00:00+00:00", 1, "midnight in London, in summer"),
        ("2026-11-23 23:59:00+00:00", 0, "a minute to midnight, in winter"),
        ("2026-11-24 00:00:00+00:00", 1, "midnight, in winter"),
    ],
)
def test_a_day_ends_at_midnight_in_london_and_the_job_leaves_its_heartbeat(at, count, reason):
    due_on = dt.date(2026, 6, 29) if "06-29" in at else TODAY
    team = crowd.team(crowd.force())
    crowd.officer(Role.SUPERVISOR, team=team)
    crowd.task(crowd.person(crowd.officer(team=team)), due_on)

    with time_machine.travel(at, tick=False):
        assert jobs.escalate_overdue() == count, reason

    assert Heartbeat.objects.get(job="escalate-overdue").last_count == count


#: Work of an officer, and work of a supervisor.
OFFICERS, SENIORS = Kind.HOME_VISIT, Kind.SUPERVISOR_REVIEW

# --- to whom -------------------------------------------------------------------------------------


@pytest.fixture
def team():
    return crowd.team(crowd.force())


@pytest.fixture
def late(team) -> Task:
    """An officer's visit a day late, in a team without a supervisor yet."""
    return crowd.task(crowd.person(crowd.officer(team=team)), TODAY - ONE_DAY)


def told(task: Task) -> set[User]:
    escalate_overdue(today=TODAY)
    return {alert.to for alert in told_of(task)}


def test_a_team_without_a_supervisor_who_is_there_goes_up_to_the_inspectors(team, late):
    inspector = crowd.officer(Role.INSPECTOR, force=team.force)
    away, lapsed, gone = (crowd.officer(Role.SUPERVISOR, team=team) for _ in range(3))
    Absence.objects.create(
        officer=away,
        kind=Absence.Kind.LEAVE,
        from_on=TODAY - ONE_DAY,
        until_on=TODAY + ONE_DAY,
        recorded_by=away,
    )
    User.objects.filter(pk=lapsed.pk).update(vetting_expires_on="2020-01-01")
    User.objects.filter(pk=gone.pk).update(is_active=False)

    assert told(late) == {inspector}


def test_what_a_supervisor_does_for_an_officer_goes_up_to_the_inspectors(team, late):
    supervisor = crowd.officer(Role.SUPERVISOR, team=team)
    inspector = crowd.officer(Role.INSPECTOR, force=team.force)
    Task.objects.filter(pk=late.pk).update(owner=supervisor)

    assert told(late) == {inspector}


@pytest.mark.parametrize(
    ("kind", "named", "expected", "reason"),
    [
        (OFFICERS, {"supervisor", "inspector"}, "supervisor", "the officer's: the supervisor"),
        (OFFICERS, {"inspector"}, "inspector", "no supervisor may see the person"),
        (OFFICERS, set(), "", "nobody may: the next run asks again"),
        (SENIORS, {"supervisor", "inspector"}, "inspector", "the supervisor's: the inspector"),
        (SENIORS, {"supervisor"}, "supervisor", "no inspector may see the person"),
    ],
)
def test_of_a_restricted_person_only_those_who_are_named_are_told(
    team, kind, named, expected, reason
):
    seniors = {
        "supervisor": crowd.officer(Role.SUPERVISOR, team=team),
        "inspector": crowd.officer(Role.INSPECTOR, force=team.force),
    }
    crowd.officer(Role.SUPERVISOR, team=team)
    crowd.officer(Role.INSPECTOR, force=team.force)
    person = crowd.person(crowd.officer(team=team), is_restricted=True)
    task = crowd.task(person, TODAY - ONE_DAY, kind)
    for name in named:
        crowd.named(person, seniors[name])

    assert told(task) == ({seniors[expected]} if expected else set()), reason
    task.refresh_from_db()
    assert (task.escalated_for is None) == (not expected), reason


def test_a_supervisor_with_a_conflict_is_not_told(team, late):
    supervisor, tied = (crowd.officer(Role.SUPERVISOR, team=team) for _ in range(2))
    crowd.conflict(late.offender, tied)

    assert told(late) == {supervisor}


def test_who_comes_later_to_the_team_is_not_told_of_what_was_told(team, late):
    first = crowd.officer(Role.SUPERVISOR, team=team)
    assert told(late) == {first}

    crowd.officer(Role.SUPERVISOR, team=team)

    assert told(late) == {first}


def test_what_nobody_could_be_told_of_is_told_once_somebody_can(team, late):
    assert told(late) == set()

    supervisor = crowd.officer(Role.SUPERVISOR, team=team)

    assert told(late) == {supervisor}


# --- since ---------------------------------------------------------------------------------------


def test_work_that_was_reassigned_since_is_not_told_of_again():
    person = make.person()
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    task = make.task_of(person)
    escalate_overdue(today=task.due_on + ONE_DAY)
    caseload.reassign_caseload(
        by=make.actor(supervisor),
        offenders=[person.public_id],
        to=make.officer(team=person.team).public_id,
        reason="Leave",
    )

    escalate_overdue(today=task.due_on + 2 * ONE_DAY)

    assert len(told_of(task)) == 1
    task.refresh_from_db()
    assert task.escalated_at is not None, "it is as late as before"


def test_a_new_due_date_is_told_of_anew_and_until_then_nothing_is_shown():
    person = make.person()
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    manager = make.activate(person.offender_manager)
    action = raise_action(
        by=make.actor(manager),
        offender=person.public_id,
        text="Look.",
        due_on=timezone.localdate() + 5 * ONE_DAY,
        owner="",
    )
    task = make.task_of(person, "finish_action")
    first = task.due_on
    escalate_overdue(today=first + ONE_DAY)
    assert [alert.to for alert in told_of(task)] == [supervisor]

    later = first + 20 * ONE_DAY
    type(action).objects.filter(pk=action.pk).update(due_on=later)
    Obligation.objects.filter(pk=task.process.obligation_id).update(due_on=later)
    caseload.reassign_caseload(
        by=make.actor(supervisor),
        offenders=[person.public_id],
        to=make.officer(team=person.team).public_id,
        reason="Leave",
    )
    task.refresh_from_db()
    assert (task.due_on, task.escalated_at, task.escalated_for) == (later, None, None)
    escalate_overdue(today=later)
    escalate_overdue(today=later + ONE_DAY)

    assert [alert.on for alert in told_of(task)] == [first, later]


def test_another_attempt_after_one_that_failed_is_told_of_no_second_time():
    today = timezone.localdate()
    person = make.person(last_effective_visit_on=str(today - dt.timedelta(days=300)))
    make.officer(Role.SUPERVISOR, team=person.team)
    escalate_overdue(today=today)
    first = make.task_of(person)

    doing.visit(person, outcome="no_answer")
    again = make.task_of(person)
    escalate_overdue(today=today)

    assert again.pk != first.pk
    assert (again.due_on, again.escalated_for) == (first.due_on, first.due_on)
    assert again.escalated_at is not None
    assert len(told_of(first)) == 1
    assert told_of(again) == []


def test_a_write_up_whose_timer_fired_is_marked_and_told_of_by_the_job_alone():
    person = make.person()
    make.officer(Role.SUPERVISOR, team=person.team)
    doing.visit(person)
    task = make.task_of(person, "write_up")
    with time_machine.travel(timezone.now() + dt.timedelta(days=10)):
        assert fire_due() == 1
        task.refresh_from_db()
        assert (task.is_open, task.escalated_at, task.escalated_for) == (True, None, None)
        assert escalate_overdue() > 0
        task.refresh_from_db()
        marked_at = task.escalated_at
        escalate_overdue()

    task.refresh_from_db()
    assert marked_at is not None
    assert (task.escalated_at, task.escalated_for) == (marked_at, task.due_on)
    assert len(told_of(task)) == 1


def test_a_late_write_up_of_which_nobody_could_be_told_is_not_shown_as_if_somebody_was():
    person = make.person()
    doing.visit(person)
    task = make.task_of(person, "write_up")
    with time_machine.travel(timezone.now() + dt.timedelta(days=10)):
        assert fire_due() == 1
        escalate_overdue()

    task.refresh_from_db()
    assert (task.escalated_at, task.escalated_for) == (None, None)


def test_lists_show_it_as_they_show_a_late_write_up(team, late):
    supervisor = crowd.officer(Role.SUPERVISOR, team=team)
    assert told(late) == {supervisor}

    page = tasks_page(actor=make.actor(late.owner), today=TODAY, scope="mine", window="overdue")

    [row] = page.rows
    assert row.escalated
    assert "escalated" in {reason.code for reason in row.reasons}


def test_it_costs_the_same_however_many_steps_of_a_team_are_late(team):
    crowd.officer(Role.SUPERVISOR, team=team)
    manager = crowd.officer(team=team)
    costs = []
    for number in (1, 20):
        for _ in range(number):
            crowd.task(crowd.person(manager), TODAY - ONE_DAY, Kind.RISK_REASSESSMENT)
        with CaptureQueriesContext(
            connection,
        ) as made:
            assert escalate_overdue(today=TODAY) == number
        costs.append(len(made))

    assert costs[0] == costs[1]
