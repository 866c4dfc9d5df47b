"""Who has a task (PRACTICE 10)."""

import datetime as dt

import pytest
import time_machine

from accounts.errors import NotPermitted
from accounts.models import Role
from offenders.errors import RuleBroken
from offenders.models import ManagementLevel
from tests import make
from tests.workflows import doing
from workflows.actions import caseload, people, tasks
from workflows.errors import NotVisible, TaskNotOpen

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def day(days: int) -> dt.date:
    return MONDAY.date() + dt.timedelta(days=days)


def test_an_officer_releases_a_task_and_a_colleague_claims_it():
    person = make.person()
    manager = make.activate(person.offender_manager)
    colleague = make.officer(team=person.team)
    task = make.task_of(person)

    tasks.release(by=make.actor(manager), task=task.public_id)
    claimed = tasks.claim(by=make.actor(colleague), task=task.public_id)

    assert claimed.owner == colleague
    with pytest.raises(TaskNotOpen):
        tasks.claim(by=make.actor(manager), task=task.public_id)


def test_a_task_that_a_colleague_took_stays_theirs_when_the_facts_change():
    person = make.person(management_level="low")
    manager = make.activate(person.offender_manager)
    colleague = make.officer(team=person.team)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    task = make.task_of(person)
    tasks.release(by=make.actor(manager), task=task.public_id)
    tasks.claim(by=make.actor(colleague), task=task.public_id)

    people.change_level(
        by=make.actor(supervisor),
        offender=person.public_id,
        level=ManagementLevel.HIGH,
        reason="New information.",
        decided_on=day(0),
    )

    moved = make.task_of(person)
    assert (moved.owner, moved.level) == (colleague, "high")


def test_a_task_that_its_manager_took_back_moves_with_the_caseload():
    person = make.person()
    manager = make.activate(person.offender_manager)
    colleague = make.officer(team=person.team)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    task = make.task_of(person)
    tasks.release(by=make.actor(manager), task=task.public_id)
    tasks.claim(by=make.actor(manager), task=task.public_id)

    caseload.reassign_caseload(
        by=make.actor(supervisor),
        offenders=[person.public_id],
        to=colleague.public_id,
        reason="Leave",
    )

    assert make.task_of(person).owner == colleague


def test_a_task_that_was_taken_in_the_old_team_goes_with_the_person():
    person = make.person()
    colleague = make.officer(team=person.team)
    receiver = make.officer(team=make.team(in_force=person.force))
    inspector = make.officer(Role.INSPECTOR, team=person.team)
    tasks.reassign_task(
        by=make.actor(inspector),
        task=make.task_of(person).public_id,
        to=colleague.public_id,
        reason="Leave",
    )

    caseload.reassign_caseload(
        by=make.actor(inspector),
        offenders=[person.public_id],
        to=receiver.public_id,
        reason="Moved house",
    )

    assert make.task_of(person).owner == receiver


def test_a_colleagues_task_is_not_released_by_another_officer():
    person = make.person()
    colleague = make.officer(team=person.team)

    with pytest.raises(RuleBroken) as error:
        tasks.release(by=make.actor(colleague), task=make.task_of(person).public_id)
    assert error.value.code == "not_yours"


def test_a_supervisor_gives_a_task_to_an_officer_who_may_do_it():
    person = make.person()
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    colleague = make.officer(team=person.team)
    outsider = make.officer(team=make.team(in_force=person.force))
    task = make.task_of(person).public_id

    moved = tasks.reassign_task(
        by=make.actor(supervisor), task=task, to=colleague.public_id, reason="Leave"
    )
    assert moved.owner == colleague
    with pytest.raises(RuleBroken) as error:
        tasks.reassign_task(
            by=make.actor(supervisor), task=task, to=outsider.public_id, reason="Leave"
        )
    assert error.value.code == "cannot_do_it"


def test_an_offender_manager_does_not_reassign():
    person = make.person()
    manager = make.activate(person.offender_manager)

    with pytest.raises(NotPermitted):
        tasks.reassign_task(
            by=make.actor(manager),
            task=make.task_of(person).public_id,
            to=manager.public_id,
            reason="Busy",
        )


def test_a_task_of_another_team_does_not_exist():
    person = make.person()
    stranger = make.officer(Role.SUPERVISOR, team=make.team(in_force=person.force))

    with pytest.raises(NotVisible):
        tasks.claim(by=make.actor(stranger), task=make.task_of(person).public_id)


def test_the_offered_actions_are_those_that_the_actions_allow():
    person = make.person()
    manager = make.activate(person.offender_manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    task = make.task_of(person)

    assert tasks.allowed_actions(by=make.actor(manager), task=task) == [
        "record_outcome",
        "release",
        "defer",
        "prepare",
        "start_lone_visit",
    ]
    assert tasks.allowed_actions(by=make.actor(supervisor), task=task) == [
        "record_outcome",
        "release",
        "reassign",
        "defer",
        "authorise_lone_visit",
        "prepare",
        "start_lone_visit",
    ]


def test_taking_is_offered_only_to_who_may_do_the_step():
    person = make.person()
    manager = make.activate(person.offender_manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    doing.visit(person, concern=True)
    doing.complete(person, "write_up", make.write_up(), by=manager)
    review = make.task_of(person, "review")

    assert "claim" not in tasks.allowed_actions(by=make.actor(manager), task=review)
    assert "claim" in tasks.allowed_actions(by=make.actor(supervisor), task=review)
