"""A home visit from the door to the review (PRACTICE 2, 4, 9 to 12)."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from audit.models import Event
from offenders.errors import Invalid, Stale
from tests import make
from tests.workflows import doing
from workflows.actions.steps import complete_step
from workflows.errors import NotVisible, TaskNotOpen
from workflows.models import Task, Visit

pytestmark = pytest.mark.django_db

#: A Monday morning in winter time.
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def test_an_effective_visit_closes_the_due_row_at_once_and_opens_the_next():
    person = make.person(management_level="high", last_effective_visit_on="2026-08-10")
    assert doing.home_visit_due(person) == dt.date(2026, 11, 10)

    doing.visit(person)

    assert doing.home_visit_due(person) == dt.date(2027, 2, 23), "three months from today"
    closed = person.obligations.get(kind="home_visit", closed_at__isnull=False)
    assert closed.closed_because == "done"
    assert make.task_of(person, "write_up").due_on == dt.date(2026, 11, 26), "three working days"


@pytest.mark.parametrize(
    "outcome",
    ["seen_not_completed", "no_answer", "refused", "not_resident", "aborted_by_police"],
)
def test_only_an_effective_visit_resets_the_clock(outcome):
    person = make.person(last_effective_visit_on="2026-06-01")
    due = doing.home_visit_due(person)

    doing.visit(person, outcome=outcome)

    assert doing.home_visit_due(person) == due
    assert make.task_of(person).is_open, "the same visit is still to be made"
    assert not Task.objects.open().filter(offender=person, step="write_up").exists()


@pytest.mark.parametrize(
    ("level", "wanted", "reason"),
    [
        ("very_high", dt.date(2026, 11, 24), "one working day"),
        ("high", dt.date(2026, 11, 25), "two working days"),
        ("", dt.date(2026, 11, 25), "not assessed counts as high"),
        ("medium", dt.date(2026, 11, 30), "five working days"),
        ("low", dt.date(2026, 11, 30), "five working days"),
    ],
)
def test_a_failed_attempt_asks_for_another_soon(level, wanted, reason):
    person = make.person(management_level=level, last_effective_visit_on="2026-11-20")

    doing.visit(person, outcome="no_answer")

    assert make.task_of(person).attempt_by == wanted, reason


def test_another_attempt_is_asked_for_from_the_day_of_the_last_one():
    person = make.person(management_level="medium", last_effective_visit_on="2026-11-10")

    doing.visit(
        person,
        outcome="no_answer",
        occurred_at=MONDAY - dt.timedelta(days=3),
        entry_reason="Entered after the weekend",
    )

    assert make.task_of(person).attempt_by == dt.date(2026, 11, 27), "five from Friday the 20th"


def test_a_failed_attempt_is_recorded_where_no_visit_is_owed_any_more():
    person = make.person(basis="caution", relevant_date="2024-11-24")  # two years: until today

    with time_machine.travel(MONDAY + dt.timedelta(days=1), tick=False):
        visit = doing.visit(person, outcome="no_answer")

    assert visit.outcome == "no_answer"
    assert doing.home_visit_due(person) is None


def test_another_attempt_is_never_wanted_later_than_the_due_date():
    person = make.person(management_level="medium", last_effective_visit_on="2026-05-24")
    assert doing.home_visit_due(person) == dt.date(2026, 11, 24)

    doing.visit(person, outcome="no_answer")

    assert make.task_of(person).attempt_by == dt.date(2026, 11, 24)


def test_the_clock_runs_from_the_visit_never_from_the_write_up():
    person = make.person(management_level="low", last_effective_visit_on="2026-01-05")
    manager = make.activate(person.offender_manager)
    doing.visit(person)

    with time_machine.travel(MONDAY + dt.timedelta(days=2), tick=False):
        doing.complete(person, "write_up", make.write_up(), by=manager)

    assert doing.home_visit_due(person) == dt.date(2027, 11, 23)


def test_a_colleague_of_the_team_may_record_the_visit_and_finishes_its_write_up():
    person = make.person()
    colleague = make.officer(team=person.team)

    doing.visit(person, by=colleague)

    assert make.task_of(person, "write_up").owner == colleague
    assert make.task_of(person).owner == person.offender_manager, "the next visit is the manager's"


@pytest.mark.parametrize(
    ("stored", "typed"), [("qx12", "QX12"), ("QX12", "qx12"), ("Qx12", " qX12 "), ("QX12", "QX12")]
)
def test_a_colleague_is_found_however_the_staff_number_is_typed(stored, typed):
    person = make.person()
    colleague = make.officer(team=person.team, staff_number=stored)

    visit = doing.visit(person, colleagues=[typed, typed.strip()])

    assert visit.attendances.filter(user=colleague).count() == 1


def test_capitals_count_where_two_numbers_differ_by_them_alone():
    person = make.person()
    small = make.officer(team=person.team, staff_number="qx12")
    make.officer(team=person.team, staff_number="QX12")

    with pytest.raises(Invalid) as error:
        doing.visit(person, colleagues=["Qx12"])
    assert error.value.code == "unknown_officer"

    assert doing.visit(person, colleagues=["qx12"]).attendances.filter(user=small).exists()


def test_a_writer_who_was_absent_gives_a_reason_and_names_who_was_there():
    person = make.person()
    colleague = make.officer(team=person.team)
    values = {"attended": False, "colleagues": [colleague.staff_number], "partner": ""}

    with pytest.raises(Invalid) as error:
        doing.visit(person, **values)
    assert error.value.code == "reason_needed"

    visit = doing.visit(person, **values, entry_reason="Asked by phone to enter it")
    assert list(visit.attendances.values_list("user", flat=True)) == [colleague.pk]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"occurred_at": MONDAY + dt.timedelta(minutes=1)}, "in_future"),
        ({"occurred_at": MONDAY - dt.timedelta(hours=25)}, "reason_needed"),
        ({"attended": False, "entry_reason": "x", "colleagues": []}, "nobody_there"),
        ({"colleagues": ["NOBODY"]}, "unknown_officer"),
        (
            {"occurred_at": MONDAY - dt.timedelta(days=701), "entry_reason": "Found"},
            "before_relevant_date",
        ),
    ],
)
def test_an_impossible_outcome_is_refused_and_nothing_is_written(values, code):
    person = make.person()

    with pytest.raises(Invalid) as error:
        doing.visit(person, **values)

    assert error.value.code == code
    assert not Visit.objects.filter(origin="recorded").exists()
    assert make.task_of(person).is_open


def test_a_visit_is_made_from_the_relevant_date_on():
    person = make.person(
        relevant_date="2026-11-20",
        last_notification_on=None,
        last_effective_visit_on=None,
        last_assessment_on=None,
    )
    at = dt.datetime(2026, 11, 20, 9, 0, tzinfo=dt.UTC)

    visit = doing.visit(person, occurred_at=at, entry_reason="Entered after the weekend")

    assert visit.occurred_on == dt.date(2026, 11, 20)


def test_a_stale_version_is_refused_and_a_done_task_is_not_open():
    person = make.person()
    manager = make.activate(person.offender_manager)
    task = make.task_of(person)
    asked = {"by": make.actor(manager), "task": task.public_id, "step": "record_outcome"}

    with pytest.raises(Stale):
        complete_step(**asked, values=make.outcome(), version=task.version + 1)
    complete_step(**asked, values=make.outcome(), version=task.version)
    with pytest.raises(TaskNotOpen):
        complete_step(**asked, values=make.outcome())
    with pytest.raises(TaskNotOpen):
        complete_step(**asked, values=make.outcome(), version=task.version)


def test_another_step_than_the_tasks_own_does_not_exist():
    person = make.person()
    manager = make.activate(person.offender_manager)

    with pytest.raises(NotVisible):
        complete_step(
            by=make.actor(manager),
            task=make.task_of(person).public_id,
            step="review",
            values={"decision": "accepted", "comment": "x"},
        )


def test_each_step_leaves_one_event_with_when_it_is_said_to_have_happened():
    person = make.person()
    before = Event.objects.count()
    occurred_at = timezone.now() - dt.timedelta(hours=2)

    doing.visit(person, occurred_at=occurred_at)

    [event] = Event.objects.order_by("pk")[before:]
    assert (event.action, event.occurred_at) == ("visit.record", occurred_at)
    assert event.offender_id == person.pk
