"""Whose a task is when people change hands, and when they do not (PRACTICE 10, 15)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role, User
from offenders.models import ManagementLevel, Offender
from tests import make
from tests.workflows import crowd
from workflows.actions import caseload, people, tasks
from workflows.actions.handing_over import hand_over
from workflows.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Offender:
    """Someone at a low level, whose offender manager can sign in."""
    person = make.person(management_level="low")
    make.activate(person.offender_manager)
    return person


def inspector_of(person: Offender) -> User:
    return make.officer(Role.INSPECTOR, team=person.team)


def give(person: Offender, to: User) -> None:
    caseload.reassign_caseload(
        by=make.actor(inspector_of(person)),
        offenders=[person.public_id],
        to=to.public_id,
        reason="Leave",
    )
    person.refresh_from_db()


def take(person: Offender, colleague: User) -> None:
    """A colleague takes the visit that the manager released."""
    release(person)
    tasks.claim(by=make.actor(colleague), task=make.task_of(person).public_id)


def release(person: Offender) -> None:
    manager = make.actor(person.offender_manager)
    tasks.release(by=manager, task=make.task_of(person).public_id)


def raise_level(person: Offender) -> None:
    people.change_level(
        by=make.actor(make.officer(Role.SUPERVISOR, team=person.team)),
        offender=person.public_id,
        level=ManagementLevel.HIGH,
        reason="New information.",
        decided_on=timezone.localdate(),
    )


def test_a_task_that_followed_the_person_to_another_team_goes_on_following(person):
    take(person, make.officer(team=person.team))
    elsewhere = make.team(in_force=person.force)
    first, second = make.officer(team=elsewhere), make.officer(team=elsewhere)

    give(person, first)
    give(person, second)

    task = make.task_of(person)
    assert (task.owner, task.assigned) == (second, None)


def test_a_task_of_a_colleague_who_became_the_manager_goes_with_the_next_one(person):
    colleague = make.officer(team=person.team)
    take(person, colleague)
    next_one = make.officer(team=person.team)

    give(person, colleague)
    give(person, next_one)

    assert make.task_of(person).owner == next_one


def test_a_task_that_a_colleague_took_stays_theirs_within_the_team(person):
    colleague = make.officer(team=person.team)
    take(person, colleague)

    give(person, make.officer(team=person.team))

    assert make.task_of(person).owner == colleague


def test_a_released_task_waits_in_its_queue_when_something_else_is_recorded(person):
    release(person)
    due_on = make.task_of(person).due_on

    raise_level(person)

    task = make.task_of(person)
    assert (task.owner, task.status) == (None, "NEW")
    assert (task.level, task.due_on < due_on) == ("high", True), "the copies move all the same"


@pytest.mark.parametrize("changes_hands", ["reassignment", "hand-over"])
def test_a_released_task_goes_to_the_next_manager(person, changes_hands):
    release(person)
    next_one = make.officer(Role.SUPERVISOR, team=person.team)

    if changes_hands == "reassignment":
        give(person, next_one)
    else:
        hand_over(by=make.SETUP, user=person.offender_manager)

    assert make.task_of(person).owner == next_one


def test_a_hand_over_of_twenty_costs_as_many_statements_as_of_two():
    supervisor = crowd.officer(Role.SUPERVISOR, team=crowd.team(crowd.force()))
    few, many = (crowd.officer(team=supervisor.team) for _ in range(2))
    for officer, count in ((few, 2), (many, 20)):
        for _ in range(count):
            crowd.owing(crowd.person(officer), timezone.localdate())
    spent = []
    for officer in (few, many):
        with CaptureQueriesContext(connection) as asked:
            hand_over(by=make.SETUP, user=officer)
        spent.append(len(asked))

    assert spent[0] == spent[1]
    assert set(Task.objects.open().values_list("owner", flat=True)) == {supervisor.pk}
