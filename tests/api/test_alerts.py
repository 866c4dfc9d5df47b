"""What an officer was told, through the API: which work an alert is about."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role, User
from tests import make
from tests.api.calling import signed_in
from tests.workflows import crowd, doing
from workflows.actions.caseload import reassign_caseload
from workflows.actions.escalating import escalate_overdue
from workflows.actions.undoing import undo_reassignment
from workflows.models import Alert, Task

pytestmark = pytest.mark.django_db


def in_ten_days() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=10)


def alerts_of(user: User) -> list[dict]:
    return signed_in(user).get("alerts").json()["results"]


def test_an_alert_of_overdue_work_names_the_step_and_where_the_task_is():
    person = make.person()
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    doing.visit(person)
    task = make.task_of(person, "write_up")
    escalate_overdue(today=in_ten_days())

    [told] = [one for one in alerts_of(supervisor) if one["about"] == "step_overdue"]

    assert told["task"] == {
        "id": str(task.public_id),
        "kind": "home_visit",
        "step": "write_up",
        "title": "Write up the visit",
    }
    assert told["on"] == str(task.due_on)
    assert signed_in(supervisor).get(f"tasks/{told['task']['id']}").status_code == 200


def test_the_first_step_is_named_by_the_duty_as_in_the_lists():
    person = make.person()
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    task = make.task_of(person)
    escalate_overdue(today=task.due_on + dt.timedelta(days=1))

    names = {one["task"]["step"]: one["task"]["title"] for one in alerts_of(supervisor)}

    assert names["record_outcome"] == "Home visit"


def test_an_alert_that_is_about_no_task_has_none():
    person = make.person()
    make.activate(person.offender_manager)
    doing.visit(person, by=make.officer(team=person.team), outcome="no_answer")

    [told] = alerts_of(person.offender_manager)

    assert (told["about"], told["task"]) == ("visit_by_colleague", None)


def told_of(task: Task, to: User) -> Alert:
    """An alert about a task, which names no person."""
    subject = f"task:{task.public_id}:{task.due_on}"
    return Alert.objects.create(to=to, about="step_overdue", subject=subject, on=task.due_on)


def test_a_task_that_the_reader_may_not_see_is_not_named():
    person = make.person()
    elsewhere = make.officer(Role.SUPERVISOR, team=make.team(in_force=person.force))
    told_of(make.task_of(person), elsewhere)

    [told] = alerts_of(elsewhere)

    assert told["task"] is None
    assert str(make.task_of(person).public_id) not in str(told)


def test_a_page_costs_the_same_however_many_tasks_it_names():
    team = crowd.team(crowd.force())
    supervisor, manager = crowd.officer(Role.SUPERVISOR, team=team), crowd.officer(team=team)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    costs = []
    for number in (1, 20):
        for _ in range(number):
            told_of(crowd.task(crowd.person(manager), yesterday), supervisor)
        with CaptureQueriesContext(connection) as made:
            assert all(one["task"] for one in alerts_of(supervisor))
        costs.append(len(made))

    assert costs[0] == costs[1]


def test_an_alert_of_a_reassignment_names_it_to_whoever_may_open_it_and_says_that_it_was_undone():
    person = make.person()
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    receiver = make.officer(team=person.team)
    make.activate(person.offender_manager)
    by = make.actor(supervisor)
    made = reassign_caseload(
        by=by, offenders=[person.public_id], to=receiver.public_id, reason="Planned leave"
    )
    undo_reassignment(by=by, reassignment=made.public_id)
    Alert.objects.filter(to=receiver).update(to=supervisor)

    seen = {(one["undone"], one["reassignment"]) for one in alerts_of(supervisor)}
    unseen = {(one["undone"], one["reassignment"]) for one in alerts_of(person.offender_manager)}

    assert seen == {(False, str(made.public_id)), (True, str(made.public_id))}
    assert unseen == {(False, None), (True, None)}
