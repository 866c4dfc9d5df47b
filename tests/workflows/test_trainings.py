"""Only officers with the training in date may assess; it is recorded by others, and warned of."""

import datetime as dt

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts.errors import NotPermitted
from accounts.models import Role, Training, TrainingCode
from audit.models import Event
from offenders.errors import Invalid, RuleBroken
from tests import make
from tests.ui.conftest import browse, text_of  # noqa: F401 - a fixture
from tests.workflows import doing
from workflows.actions.trainings import record_training, warn_of_trainings
from workflows.errors import NotVisible
from workflows.models import Alert

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
TODAY = MONDAY.date()
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def managed_by(completed_on: dt.date | None, valid_until: dt.date | None):
    """A person and their manager, trained from and until those days, or never."""
    manager = make.officer(trained=False)
    if completed_on is not None:
        make.training(manager, completed_on=completed_on, valid_until=valid_until)
    return make.person(manager=manager), manager


@pytest.mark.parametrize(
    ("completed_on", "valid_until", "may", "reason"),
    [
        (None, None, False, "never trained"),
        (TODAY, TODAY + 300 * DAY, True, "completed today"),
        (TODAY - 300 * DAY, TODAY, True, "its last day"),
        (TODAY - 300 * DAY, TODAY - DAY, False, "ended yesterday"),
    ],
)
def test_who_may_assess_with_arms(completed_on, valid_until, may, reason):
    person, manager = managed_by(completed_on, valid_until)
    if may:
        doing.complete(person, "assess", make.assessment(), by=manager)
        return
    with pytest.raises(RuleBroken) as error:
        doing.complete(person, "assess", make.assessment(), by=manager)
    assert error.value.code == "training_not_in_date", reason


@pytest.mark.parametrize("tool", ["structured_judgement", "adapted_tool"])
@pytest.mark.parametrize(
    ("facts", "may", "reason"),
    [
        ({}, False, "an adult man: ARMS is for him, and asks for its training"),
        ({"date_of_birth": "2008-11-23"}, False, "18 today"),
        ({"date_of_birth": "2008-11-24"}, True, "17 until tomorrow: no tool asks for a training"),
        ({"sex": "F"}, True, "nor does one for a woman"),
    ],
)
def test_no_other_tool_is_a_way_round_the_training(facts, may, reason, tool):
    manager = make.officer(trained=False)
    person = make.person(manager=manager, **facts)
    if not may:
        with pytest.raises(RuleBroken) as error:
            doing.complete(person, "assess", make.assessment(tool), by=manager)
        assert error.value.code == "training_not_in_date", reason
        make.training(manager)
    doing.complete(person, "assess", make.assessment(tool), by=manager)
    assert person.assessments.get(state="submitted").tool == tool, reason


def test_a_training_of_another_kind_does_not_count():
    person, manager = managed_by(None, None)
    make.training(manager, TrainingCode.MOSOVO)
    with pytest.raises(RuleBroken, match="not in date"):
        doing.complete(person, "assess", make.assessment(), by=manager)


@pytest.mark.parametrize("trained", [True, False])
def test_it_is_said_before_anything_is_typed(browse, trained):  # noqa: F811
    manager = make.officer(trained=trained)
    task = make.task_of(make.person(manager=manager), "assess")

    page = text_of(browse(manager).get(reverse("ui:task", args=[task.public_id])))

    assert ("training in Active Risk Management System is not in date" in page) is not trained


# --- recording ------------------------------------------------------------------------------------


def record(by, officer, *, completed_on=TODAY, valid_until=TODAY + 365 * DAY) -> Training:
    return record_training(
        by=make.actor(by),
        officer=officer.public_id,
        code=TrainingCode.ARMS,
        completed_on=completed_on,
        valid_until=valid_until,
    )


def test_a_supervisor_records_it_and_one_event_says_so():
    supervisor = make.officer(Role.SUPERVISOR)
    officer = make.officer(team=supervisor.team, trained=False)

    training = record(supervisor, officer)

    assert (training.officer, training.recorded_by) == (officer, supervisor)
    event = Event.objects.latest("pk")
    assert (event.action, event.subject) == ("training.record", f"user:{officer.public_id}")


def test_nobody_records_their_own():
    supervisor = make.officer(Role.SUPERVISOR)
    with pytest.raises(RuleBroken) as error:
        record(supervisor, supervisor)
    assert error.value.code == "own_training"


def test_an_offender_manager_records_nobodys():
    officer = make.officer()
    with pytest.raises(NotPermitted):
        record(officer, make.officer(team=officer.team))


@pytest.mark.parametrize(("role", "sees"), [(Role.SUPERVISOR, False), (Role.INSPECTOR, True)])
def test_another_team_is_for_an_inspector(role, sees):
    by = make.officer(role)
    officer = make.officer(team=make.team(in_force=by.force))
    if sees:
        assert record(by, officer).officer == officer
        return
    with pytest.raises(NotVisible):
        record(by, officer)


def test_another_force_is_for_nobody():
    with pytest.raises(NotVisible):
        record(make.officer(Role.INSPECTOR), make.officer())


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ({"completed_on": TODAY + DAY}, "in_future"),
        ({"valid_until": TODAY - DAY}, "ends_before_it_began"),
    ],
)
def test_days_that_make_no_sense_are_refused(days, code):
    supervisor = make.officer(Role.SUPERVISOR)
    with pytest.raises(Invalid) as error:
        record(supervisor, make.officer(team=supervisor.team), **days)
    assert error.value.code == code


def test_the_command_records_it_too():
    officer = make.officer(trained=False)
    days = {"completed": TODAY, "until": TODAY + DAY}

    call_command(
        "record_training",
        officer.staff_number,
        "arms",
        force=officer.force.code,
        **days,
        verbosity=0,
    )

    assert officer.trainings.get().valid_until == TODAY + DAY
    with pytest.raises(CommandError, match="cannot end before"):
        call_command(
            "record_training",
            officer.staff_number,
            "arms",
            force=officer.force.code,
            completed=TODAY,
            until=TODAY - DAY,
        )


# --- telling before it ends -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("valid_until", "told", "reason"),
    [
        (TODAY + 31 * DAY, 0, "31 days ahead is early enough tomorrow"),
        (TODAY + 30 * DAY, 2, "30 days ahead: the officer and the supervisor"),
        (TODAY, 2, "its last day"),
        (TODAY - DAY, 0, "over: the task says so"),
    ],
)
def test_an_officer_and_the_supervisors_are_told_30_days_before(valid_until, told, reason):
    supervisor = make.officer(Role.SUPERVISOR)
    officer = make.officer(team=supervisor.team, trained=False)
    make.training(officer, completed_on=TODAY - 400 * DAY, valid_until=valid_until)

    assert warn_of_trainings() == told, reason
    assert warn_of_trainings() == 0, "once for each last day"
    found = Alert.objects.filter(about="training_ends")
    assert {alert.to for alert in found} == ({officer, supervisor} if told else set())


def test_a_refresher_that_holds_longer_says_enough():
    officer = make.officer(trained=False)
    make.training(officer, completed_on=TODAY - 400 * DAY, valid_until=TODAY + DAY)
    make.training(officer, completed_on=TODAY, valid_until=TODAY + 400 * DAY)

    assert warn_of_trainings() == 0


def test_the_job_of_vetting_tells_of_trainings_too():
    from workflows.tasks import warn_of_vetting  # noqa: PLC0415 - Celery's tasks are the subject

    officer = make.officer(trained=False)
    make.training(officer, completed_on=TODAY, valid_until=timezone.localdate() + DAY)

    assert warn_of_vetting() == 1
