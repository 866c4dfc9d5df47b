"""The timer of an officer out alone: it rings when it runs out, and once again."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Role
from audit.models import Event
from offenders.errors import Invalid, RuleBroken
from offenders.models import ConflictOfInterest
from tests import make
from tests.ui.conftest import browse  # noqa: F401 - a fixture
from tests.workflows import doing
from workflows.actions.lone_timers import end_lone_visit, ring, start_lone_visit
from workflows.actions.tasks import allowed_actions
from workflows.models import Alert, LoneVisitWatch, Task
from workflows.tasks import watch_lone_visits

pytestmark = pytest.mark.django_db

#: A Monday morning in winter time.
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
EXPECTED = MONDAY + dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def out_alone(person, *, until=EXPECTED):
    return start_lone_visit(
        by=make.actor(make.activate(person.offender_manager)),
        task=make.task_of(person).public_id,
        expected_end_at=until,
    )


def safe(person, *, by=None, task=None, note=""):
    return end_lone_visit(
        by=make.actor(by or person.offender_manager),
        task=(task or make.task_of(person)).public_id,
        note=note,
    )


def minutes_after(count):
    return EXPECTED + dt.timedelta(minutes=count)


def rung():
    return list(Alert.objects.filter(about="lone_visit_overdue").order_by("pk"))


@pytest.mark.parametrize(
    ("at", "rings", "reason"),
    [
        (EXPECTED - dt.timedelta(seconds=1), 0, "there is a second left"),
        (EXPECTED, 1, "the moment has come"),
        (EXPECTED + dt.timedelta(hours=5), 1, "a stopped worker rings late, but it rings"),
    ],
)
def test_it_rings_when_the_expected_end_passes(at, rings, reason):
    person = make.person()
    make.officer(Role.SUPERVISOR, team=person.team)
    out_alone(person)

    assert ring(now=at) == rings, reason
    assert len(rung()) == rings, reason


def test_supervisors_of_the_team_and_the_inspector_are_told_and_nobody_else():
    person = make.person()
    told = {
        make.officer(Role.SUPERVISOR, team=person.team),
        make.officer(Role.SUPERVISOR, team=person.team),
        make.officer(Role.INSPECTOR, force=person.force),
    }
    make.officer(Role.SUPERVISOR, force=person.force)
    make.officer(team=person.team)
    make.officer(Role.SUPERVISOR, team=person.team, is_active=False)
    out_alone(person)

    ring(now=EXPECTED)

    assert {alert.to for alert in rung()} == told
    assert {alert.officer for alert in rung()} == {person.offender_manager}
    assert {alert.offender for alert in rung()} == {person}


def test_it_rings_once_and_once_again_after_fifteen_minutes_however_often_the_job_runs():
    person = make.person()
    make.officer(Role.SUPERVISOR, team=person.team)
    watch = out_alone(person)

    for minutes, alerts in [(0, 1), (0, 1), (14, 1), (15, 2), (15, 2), (90, 2)]:
        ring(now=minutes_after(minutes))
        assert len(rung()) == alerts, minutes

    watch.refresh_from_db()
    assert (watch.alarm_raised_at, watch.alarm_repeated_at) == (EXPECTED, minutes_after(15))
    assert Event.objects.filter(action="lone_visit.alarm").count() == 2


def test_the_visit_is_marked_in_the_lists_until_the_officer_is_safe():
    person = make.person()
    out_alone(person)

    ring(now=EXPECTED)
    assert make.task_of(person).escalated_at == EXPECTED

    safe(person)
    assert make.task_of(person).escalated_at is None
    assert LoneVisitWatch.objects.get().alarm_raised_at == EXPECTED, "that it rang stays"


def test_who_is_safe_in_time_rings_nobody():
    person = make.person()
    make.officer(Role.SUPERVISOR, team=person.team)
    out_alone(person)
    safe(person)

    assert ring(now=minutes_after(60)) == 0
    assert rung() == []


@pytest.mark.parametrize("outcome", ["effective", "no_answer"])
def test_recording_what_happened_ends_it(outcome):
    person = make.person()
    out_alone(person)

    doing.visit(person, partner="", outcome=outcome)

    watch = LoneVisitWatch.objects.get()
    assert (watch.ended_because, watch.ended_by) == ("outcome", person.offender_manager)


def test_what_a_colleague_records_does_not_say_that_the_officer_is_safe():
    person = make.person()
    out_alone(person)

    doing.visit(person, by=make.officer(team=person.team), outcome="effective")

    watch = LoneVisitWatch.objects.get()
    assert watch.ended_at is None
    still_there = make.task_of(person, "write_up")
    assert "end_lone_visit" in allowed_actions(
        by=make.actor(person.offender_manager), task=still_there
    )
    safe(person, task=still_there)


def test_a_late_entry_of_a_colleague_leaves_the_timer_with_the_visit_that_is_owed():
    person = make.person(last_effective_visit_on="2026-11-10")
    out_alone(person)
    late = {"occurred_at": MONDAY - dt.timedelta(days=20), "entry_reason": "Found"}

    doing.visit(person, by=make.officer(team=person.team), **late)

    safe(person)


def test_a_colleague_who_says_it_says_how_they_know():
    person = make.person()
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    out_alone(person)

    with pytest.raises(Invalid) as error:
        safe(person, by=supervisor)
    assert error.value.code == "reason_needed"

    watch = safe(person, by=supervisor, note="Spoke to them by phone")
    assert (watch.ended_by, watch.end_note) == (supervisor, "Spoke to them by phone")


@pytest.mark.parametrize(
    ("until", "code"),
    [
        (MONDAY, "in_past"),
        (MONDAY + dt.timedelta(hours=8, seconds=1), "too_long"),
    ],
)
def test_the_expected_end_is_ahead_and_near(until, code):
    with pytest.raises(Invalid) as error:
        out_alone(make.person(), until=until)
    assert error.value.code == code


def test_eight_hours_ahead_is_near_enough():
    assert out_alone(make.person(), until=MONDAY + dt.timedelta(hours=8)).ended_at is None


def test_one_timer_runs_for_a_visit():
    person = make.person()
    watch = out_alone(person)

    with pytest.raises(RuleBroken) as error:
        out_alone(person)
    assert error.value.code == "someone_is_out"
    with pytest.raises(IntegrityError), transaction.atomic():
        LoneVisitWatch.objects.create(
            process=watch.process,
            officer=watch.officer,
            started_at=MONDAY,
            expected_end_at=EXPECTED,
        )


def test_where_nobody_is_out_nothing_ends():
    person = make.person()
    make.activate(person.offender_manager)

    with pytest.raises(RuleBroken) as error:
        safe(person)
    assert error.value.code == "nobody_out"


def test_it_gives_no_authority_to_go_alone():
    person = make.person()
    out_alone(person)

    assert not doing.visit(person, partner="").lone_authorised


def test_a_supervisor_who_may_not_see_the_person_is_told_of_the_officer_alone():
    person = make.person()
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    ConflictOfInterest.objects.create(offender=person, user=supervisor, declared_by=supervisor)
    out_alone(person)

    ring(now=EXPECTED)

    [alert] = rung()
    assert (alert.to, alert.offender, alert.officer) == (
        supervisor,
        None,
        person.offender_manager,
    )


def test_a_supervisor_who_is_out_alone_is_not_told_of_it():
    person = make.person()
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    start_lone_visit(
        by=make.actor(supervisor),
        task=make.task_of(person).public_id,
        expected_end_at=EXPECTED,
    )

    ring(now=EXPECTED)

    assert rung() == []


def test_the_job_rings_by_the_clock():
    person = make.person()
    make.officer(Role.SUPERVISOR, team=person.team)
    out_alone(person)

    assert watch_lone_visits() == 0
    with time_machine.travel(EXPECTED, tick=False):
        assert watch_lone_visits() == 1
        assert watch_lone_visits() == 0


def test_nothing_is_closed_by_it():
    person = make.person()
    out_alone(person)
    before = set(Task.objects.open().values_list("pk", flat=True))

    ring(now=minutes_after(60))

    assert set(Task.objects.open().values_list("pk", flat=True)) == before


@pytest.mark.parametrize("why", ["moved away", "relative at the door"])
def test_who_does_not_see_the_person_any_more_still_says_that_they_are_safe(why, browse):  # noqa: F811
    person = make.person()
    officer, task = make.activate(person.offender_manager), make.task_of(person)
    watch = out_alone(person)
    if why == "moved away":
        doing.move_away(person)
    else:
        ConflictOfInterest.objects.create(offender=person, user=officer, declared_by=officer)

    sent = browse(officer).post(reverse("ui:end-lone-visit", args=[task.public_id]))

    watch.refresh_from_db()
    assert (sent.status_code, sent.url) == (303, reverse("ui:tasks")), why
    assert (watch.ended_because, watch.ended_by) == ("safe", officer), why
    again = browse(officer).post(reverse("ui:end-lone-visit", args=[task.public_id]))
    assert again.status_code == 404, "nothing of one's own runs any more"


def test_the_officers_own_supervisor_is_told_where_the_person_is_another_teams_by_now():
    person = make.person()
    own = make.officer(Role.SUPERVISOR, team=person.team)
    out_alone(person)
    doing.move_away(person)

    ring(now=EXPECTED)

    told = {alert.to: alert.offender for alert in rung()}
    assert told[own] is None, "of the officer alone"
