"""A visit entered after later ones: kept and written up, and no clock moves (PRACTICE 2)."""

import datetime as dt

import pytest
import time_machine

from accounts.models import Role
from offenders.errors import RuleBroken
from offenders.models import Status
from tests import make
from tests.workflows import doing
from workflows.actions import people, tasks
from workflows.invariants import broken
from workflows.models import Task
from workflows.queries.person import duties

pytestmark = pytest.mark.django_db

#: A Monday morning in winter time.
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def back_dated(person, days: int = 40, **values):
    """An effective visit, entered `days` after it was made."""
    return doing.visit(
        person,
        occurred_at=MONDAY - dt.timedelta(days=days),
        entry_reason="Found in the notebook",
        **values,
    )


def the_visit_owed(person):
    return person.obligations.get(kind="home_visit", closed_at__isnull=True)


def test_a_back_dated_entry_cannot_move_the_clock_backwards():
    person = make.person(management_level="medium", last_effective_visit_on="2026-11-01")
    due = doing.home_visit_due(person)
    assert due == dt.date(2027, 5, 1)

    back_dated(person)

    assert doing.home_visit_due(person) == due


def test_a_back_dated_visit_is_written_up_and_the_visit_that_is_owed_stays_the_same():
    person = make.person(management_level="medium", last_effective_visit_on="2026-11-01")
    manager = make.activate(person.offender_manager)
    owed = the_visit_owed(person)
    tasks.defer(
        by=make.actor(manager),
        task=make.task_of(person).public_id,
        until=dt.date(2027, 1, 4),
        reason="Hospital until then",
    )
    doing.visit(person, outcome="no_answer")
    asked_again = make.task_of(person).attempt_by

    visit = back_dated(person)

    assert the_visit_owed(person) == owed
    assert owed.deferrals.count() == 1
    assert make.task_of(person).attempt_by == asked_again, "that attempt still asks for another"
    assert broken() == {}
    doing.complete(person, "write_up", make.write_up(), by=manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    doing.complete(person, "review", {"decision": "accepted", "comment": ""}, by=supervisor)
    visit.process.refresh_from_db()
    assert (visit.process.status, visit.process.obligation) == ("DONE", None)
    doing.visit(person)
    assert doing.home_visit_due(person) == dt.date(2027, 5, 23)
    assert broken() == {}


def test_both_open_steps_are_listed_with_the_person():
    person = make.person(last_effective_visit_on="2026-11-01")
    manager = make.actor(make.activate(person.offender_manager))
    back_dated(person)
    back_dated(person, days=41)

    open_steps = sorted(duty.task.step for duty in duties(manager, person) if duty.task)

    assert open_steps.count("write_up") == 2
    assert open_steps.count("record_outcome") == 1


def test_a_second_effective_visit_of_one_day_changes_nothing_that_is_owed():
    person = make.person(last_effective_visit_on="2026-06-01")
    doing.visit(person)
    owed = the_visit_owed(person)

    doing.visit(person, concern=True)

    assert the_visit_owed(person) == owed
    assert Task.objects.open().filter(offender=person, step="write_up").count() == 2
    assert broken() == {}


def test_what_is_written_late_of_a_visit_that_is_not_the_last_is_not_deferred():
    person = make.person(last_effective_visit_on="2026-11-01")
    supervisor = make.actor(make.officer(Role.SUPERVISOR, team=person.team))
    back_dated(person)
    task = make.task_of(person, "write_up")

    with pytest.raises(RuleBroken) as error:
        tasks.defer(by=supervisor, task=task.public_id, until=dt.date(2026, 11, 25), reason="Leave")

    assert error.value.code == "nothing_owed"
    assert "defer" not in tasks.allowed_actions(by=supervisor, task=task)


def test_a_visit_before_a_release_does_not_stand_for_the_one_after_it():
    person = make.person(last_effective_visit_on="2026-06-01")
    manager = make.actor(make.activate(person.offender_manager))
    for status, on in (
        (Status.CUSTODY, dt.date(2026, 10, 1)),
        (Status.COMMUNITY, dt.date(2026, 11, 20)),
    ):
        people.change_status(by=manager, offender=person.public_id, status=status, on=on)
    owed = the_visit_owed(person)
    assert owed.due_on == dt.date(2026, 12, 11), "15 working days after the release"

    back_dated(person, days=60)

    assert the_visit_owed(person) == owed
    assert make.task_of(person).due_on == owed.due_on
    assert broken() == {}
