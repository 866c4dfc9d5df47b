"""Corrections void with a reason; nothing is overwritten (PRACTICE 12)."""

import pytest

from accounts.models import Role
from offenders.errors import RuleBroken
from tests import make
from tests.workflows import doing
from workflows.actions.voiding import void_visit
from workflows.errors import NotVisible
from workflows.models import Task, Visit

pytestmark = pytest.mark.django_db


def void(visit, by, reason="Entered for the wrong person"):
    return void_visit(
        by=make.actor(by),
        offender=visit.offender.public_id,
        visit=visit.public_id,
        reason=reason,
    )


def test_a_voided_visit_is_kept_and_the_clock_is_worked_out_without_it():
    person = make.person(management_level="medium")
    due_on = doing.home_visit_due(person)
    visit = doing.visit(person)
    assert doing.home_visit_due(person) != due_on

    void(visit, person.offender_manager)

    visit.refresh_from_db()
    assert visit.void_reason == "Entered for the wrong person"
    assert doing.home_visit_due(person) == due_on
    assert make.task_of(person).due_on == due_on
    assert not Task.objects.open().filter(offender=person, step="write_up").exists()


def test_a_voided_attempt_leaves_the_visit_to_be_made():
    person = make.person()
    attempt = doing.visit(person, outcome="no_answer")

    void(attempt, person.offender_manager)

    assert make.task_of(person).is_open
    doing.visit(person)


def test_a_colleague_does_not_void_what_another_recorded_but_a_supervisor_does():
    person = make.person()
    visit = doing.visit(person)

    with pytest.raises(RuleBroken) as error:
        void(visit, make.officer(team=person.team))
    assert error.value.code == "not_yours"
    void(visit, make.officer(Role.SUPERVISOR, team=person.team))


def test_a_visit_is_voided_once_and_one_taken_over_never():
    person = make.person()
    visit = doing.visit(person)
    void(visit, person.offender_manager)

    with pytest.raises(RuleBroken) as error:
        void(visit, person.offender_manager)
    assert error.value.code == "already_void"
    with pytest.raises(RuleBroken) as error:
        void(Visit.objects.get(origin="imported"), person.offender_manager)
    assert error.value.code == "taken_over"


def test_a_visit_of_another_person_is_not_there():
    visit = doing.visit(make.person())
    other = make.person(manager=visit.offender.offender_manager)

    with pytest.raises(NotVisible):
        void_visit(
            by=make.actor(other.offender_manager),
            offender=other.public_id,
            visit=visit.public_id,
            reason="Wrong",
        )
