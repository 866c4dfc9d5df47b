"""Corrections void with a reason; nothing is overwritten (PRACTICE 12)."""

import datetime as dt
import io

import pytest
from django.utils import timezone

from accounts.models import Role
from offenders.errors import RuleBroken, Stale
from offenders.models import Offender
from tests import make
from tests.workflows import doing
from workflows.actions import imports
from workflows.actions.voiding import void_visit
from workflows.errors import NotVisible
from workflows.imports.synthetic import write_csv
from workflows.invariants import broken
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


def test_a_visit_is_voided_once():
    person = make.person()
    visit = doing.visit(person)
    void(visit, person.offender_manager)

    with pytest.raises(RuleBroken) as error:
        void(visit, person.offender_manager)
    assert error.value.code == "already_void"


# --- what is reviewed -----------------------------------------------------------------------------


ALONE = {"partner": ""}
CONCERN = {"concern": True}


def reviewed_visit(*, until: str, **values):
    """A visit that a supervisor looks at, taken as far as the step `until`."""
    person = make.person()
    manager = make.activate(person.offender_manager)
    visit = doing.visit(person, **values)
    if until != "write_up":
        doing.complete(person, "write_up", make.write_up(), by=manager)
    if until == "decided":
        reviewer = make.officer(Role.SUPERVISOR, team=person.team)
        accepted = {"decision": "accepted", "comment": "Read"}
        doing.complete(person, "review", accepted, by=reviewer)
    return visit, person


@pytest.mark.parametrize("values", [ALONE, CONCERN], ids=["alone", "concern"])
@pytest.mark.parametrize("until", ["write_up", "review", "decided"])
def test_a_visit_that_is_reviewed_is_voided_by_a_supervisor_who_took_no_part(until, values):
    visit, person = reviewed_visit(until=until, **values)

    with pytest.raises(RuleBroken) as error:
        void(visit, person.offender_manager)
    assert error.value.code == "under_review"
    assert not Visit.objects.filter(pk=visit.pk, voided_at__isnull=False).exists()

    void(visit, make.officer(Role.SUPERVISOR, team=person.team))
    assert not Task.objects.open().filter(process=visit.process).exists()


def test_a_supervisor_who_attended_does_not_void_what_is_reviewed():
    person = make.person()
    attended = make.officer(Role.SUPERVISOR, team=person.team)
    visit = doing.visit(person, concern=True, colleagues=[attended.staff_number])

    with pytest.raises(RuleBroken) as error:
        void(visit, attended)

    assert error.value.code == "under_review"


@pytest.mark.parametrize("values", [ALONE, CONCERN], ids=["alone", "concern"])
@pytest.mark.parametrize("until", ["to be reviewed", "decided"])
@pytest.mark.parametrize("outcome", [one for one in Visit.Outcome.values if one != "effective"])
def test_a_failed_attempt_that_is_reviewed_is_voided_by_a_supervisor_who_took_no_part(
    outcome, until, values
):
    person = make.person()
    attempt = doing.visit(person, outcome=outcome, **values)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    if until == "decided":
        accepted = {"decision": "accepted", "comment": "Read"}
        doing.complete(person, "review", accepted, by=supervisor)

    with pytest.raises(RuleBroken) as error:
        void(attempt, person.offender_manager)
    assert error.value.code == "under_review"

    void(attempt, supervisor)
    assert not Task.objects.open().filter(offender=person, step="review").exists()
    assert make.task_of(person).is_open


def test_a_void_counts_a_change_of_the_person_and_refuses_who_looked_before_it():
    person = make.person()
    visit = doing.visit(person)
    second = doing.visit(person)
    person.refresh_from_db()
    asked = {"by": make.actor(person.offender_manager), "offender": person.public_id}
    seen = person.version

    void_visit(**asked, visit=visit.public_id, reason="Entered twice", version=seen)

    person.refresh_from_db()
    assert person.version > seen
    with pytest.raises(Stale):
        void_visit(**asked, visit=second.public_id, reason="Entered twice", version=seen)


# --- what was taken over --------------------------------------------------------------------------


def test_a_supervisor_voids_a_visit_that_was_taken_over():
    person = make.person(management_level="medium")
    manager = make.activate(person.offender_manager)
    taken_over = Visit.objects.get(offender=person)

    with pytest.raises(RuleBroken) as error:
        void(taken_over, manager)
    assert error.value.code == "not_yours"
    due_on = doing.home_visit_due(person)
    void(taken_over, make.officer(Role.SUPERVISOR, team=person.team), "Another person was seen")

    taken_over.refresh_from_db()
    assert taken_over.void_reason == "Another person was seen"
    assert doing.home_visit_due(person) != due_on
    assert make.task_of(person).due_on == doing.home_visit_due(person)
    assert broken() == {}


@pytest.mark.parametrize(
    ("days_later", "comes_back", "reason"),
    [
        (0, False, "the very day that was voided, stated again"),
        (1, True, "another day is another visit"),
    ],
)
def test_the_next_extract_does_not_bring_back_a_visit_that_was_voided(
    days_later, comes_back, reason
):
    row = make.extract_row()
    force = make.force()
    read_extract(force, row)
    person = Offender.objects.get(force=force)
    taken_over = Visit.objects.get(offender=person)
    void(taken_over, make.officer(Role.SUPERVISOR, team=person.team))
    due_on = doing.home_visit_due(person)

    stated = taken_over.occurred_on + dt.timedelta(days=days_later)
    read_extract(force, row | {"town": "Moved", "last_effective_visit_on": stated.isoformat()})

    live = Visit.objects.filter(offender=person, voided_at__isnull=True)
    assert live.exists() is comes_back, reason
    assert (doing.home_visit_due(person) != due_on) is comes_back, reason
    assert broken() == {}


def read_extract(force, row):
    file = io.BytesIO()
    write_csv(file, [row])
    file.seek(0)
    job = imports.import_file(
        by=make.SETUP, force=force, file=file, name="test.csv", as_of=timezone.localdate()
    )
    assert not job.refusals.exists()


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
