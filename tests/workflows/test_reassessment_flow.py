"""A risk reassessment: one submits, another decides (PRACTICE 3, 7, 17)."""

import datetime as dt

import pytest
import time_machine

from accounts.errors import NotPermitted
from accounts.models import Role
from offenders.errors import RuleBroken
from offenders.models import Status
from tests import make
from tests.workflows import doing
from workflows.actions import people
from workflows.invariants import broken
from workflows.models import Kind, Process

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


def assessment(**values: object) -> dict[str, object]:
    return make.assessment(**values)


def due(person) -> dt.date:
    return person.obligations.get(kind="risk_reassessment", closed_at__isnull=True).due_on


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def test_the_task_closes_on_endorsement_and_twelve_months_run_from_submission():
    person = make.person(last_assessment_on="2025-12-01")
    manager = make.activate(person.offender_manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    assert due(person) == dt.date(2026, 12, 1)

    doing.complete(person, "assess", assessment(), by=manager)
    assert due(person) == dt.date(2026, 12, 1), "submitted is not endorsed"
    with time_machine.travel(MONDAY + dt.timedelta(days=3), tick=False):
        doing.complete(
            person, "endorse", {"decision": "endorse", "comment": "Agreed"}, by=supervisor
        )

    assert due(person) == dt.date(2027, 11, 23)


def test_the_author_cannot_endorse():
    person = make.person()
    author = make.officer(Role.SUPERVISOR, team=person.team)
    doing.complete(person, "assess", assessment(), by=author)

    with pytest.raises(RuleBroken) as error:
        doing.complete(person, "endorse", {"decision": "endorse", "comment": "Mine"}, by=author)

    assert error.value.code == "own_assessment"


def test_an_offender_manager_cannot_endorse():
    person = make.person()
    manager = make.activate(person.offender_manager)
    colleague = make.officer(team=person.team)
    doing.complete(person, "assess", assessment(), by=manager)

    with pytest.raises(NotPermitted):
        doing.complete(
            person, "endorse", {"decision": "endorse", "comment": "Agreed"}, by=colleague
        )


def test_a_returned_assessment_goes_back_and_can_be_submitted_again():
    person = make.person()
    manager = make.activate(person.offender_manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    doing.complete(person, "assess", assessment(), by=manager)

    doing.complete(person, "endorse", {"decision": "return", "comment": "Why?"}, by=supervisor)
    doing.complete(person, "assess", assessment(formulation="Because."), by=manager)
    doing.complete(person, "endorse", {"decision": "endorse", "comment": "Yes"}, by=supervisor)

    assert due(person) == dt.date(2027, 11, 23)
    states = person.assessments.filter(author__isnull=False).values_list("state", flat=True)
    assert sorted(states) == ["endorsed", "returned"]


def test_an_endorsed_level_moves_the_visit_at_once_and_keeps_its_first_due_date():
    person = make.person(management_level="low", last_effective_visit_on="2026-09-01")
    manager = make.activate(person.offender_manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    first_due = doing.home_visit_due(person)
    assert first_due == dt.date(2027, 9, 1)

    doing.complete(person, "assess", assessment(priority="high", proposed_level="high"), by=manager)
    doing.complete(person, "endorse", {"decision": "endorse", "comment": "Yes"}, by=supervisor)

    visit = person.obligations.get(kind="home_visit", closed_at__isnull=True)
    assert visit.due_on == dt.date(2026, 12, 1), "later of 1 December and five working days"
    assert visit.original_due_on == first_due
    assert list(visit.moves.values_list("from_on", "to_on")) == [(first_due, visit.due_on)]
    task = make.task_of(person)
    assert (task.due_on, task.level) == (visit.due_on, "high")


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"sex": "F"}, "a woman"),
        ({"date_of_birth": "2010-01-01"}, "under 18"),
    ],
)
def test_arms_is_for_adult_men(facts, reason):
    person = make.person(relevant_date="2026-01-01", **facts)
    manager = make.activate(person.offender_manager)

    with pytest.raises(RuleBroken) as error:
        doing.complete(person, "assess", assessment(), by=manager)
    assert error.value.code == "tool_not_for_this_person", reason
    doing.complete(person, "assess", assessment(tool="structured_judgement"), by=manager)


# --- what is handed in while it stops being owed --------------------------------------------------


def moves(person, status: Status, on: dt.date) -> None:
    people.change_status(
        by=make.actor(person.offender_manager), offender=person.public_id, status=status, on=on
    )


def submitted_then_detained(*, released: bool):
    """An assessment waits, its author's duty is dropped by custody, and perhaps owed again."""
    person = make.person(last_assessment_on="2025-12-01")
    manager = make.activate(person.offender_manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    doing.complete(person, "assess", assessment(), by=manager)
    moves(person, Status.CUSTODY, dt.date(2026, 11, 20))
    if released:
        moves(person, Status.COMMUNITY, dt.date(2026, 11, 22))
    return person, manager, supervisor


def decide(person, by, decision: str):
    doing.complete(person, "endorse", {"decision": decision, "comment": "Read"}, by=by)


def open_assessing(person) -> int:
    return Process.objects.filter(
        offender=person, kind=Kind.RISK_REASSESSMENT, status="NEW"
    ).count()


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, "an adult man: ARMS"),
        ({"sex": "F"}, "a woman"),
        ({"date_of_birth": "2010-01-01", "relevant_date": "2026-01-01"}, "under 18"),
    ],
)
def test_whichever_tool_is_offered_the_reassessment_is_owed(facts, reason):
    person = make.person(**{"last_assessment_on": "2026-02-02"} | facts)

    assert due(person) == dt.date(2027, 2, 2), reason


def test_an_assessment_returned_when_it_is_owed_no_more_is_not_asked_for_again():
    person, _, supervisor = submitted_then_detained(released=False)

    decide(person, supervisor, "return")

    assert open_assessing(person) == 0
    assert broken() == {}


def test_an_assessment_returned_after_a_release_leaves_one_task_to_assess():
    person, manager, supervisor = submitted_then_detained(released=True)

    decide(person, supervisor, "return")

    assert open_assessing(person) == 1
    doing.complete(person, "assess", assessment(), by=manager)
    decide(person, supervisor, "endorse")
    assert due(person) == dt.date(2027, 11, 23)
    assert open_assessing(person) == 1
    assert broken() == {}


def test_an_assessment_endorsed_after_a_release_fulfils_what_is_owed_since():
    person, _, supervisor = submitted_then_detained(released=True)
    owed_since = person.obligations.get(kind="risk_reassessment", closed_at__isnull=True)

    decide(person, supervisor, "endorse")

    owed_since.refresh_from_db()
    assert owed_since.closed_because == "done"
    assert due(person) == dt.date(2027, 11, 23)
    assert open_assessing(person) == 1, "the next, in a year"
    assert broken() == {}


def test_while_an_assessment_waits_no_second_one_is_handed_in():
    person, manager, _ = submitted_then_detained(released=True)

    with pytest.raises(RuleBroken) as error:
        doing.complete(person, "assess", assessment(), by=manager)

    assert error.value.code == "assessment_waiting"
    assert make.task_of(person, "assess").is_open
    assert broken() == {}


def test_a_second_assessment_of_one_day_leaves_what_is_owed_as_it_is():
    person = make.person(last_assessment_on=MONDAY.date())
    manager = make.activate(person.offender_manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    owed = person.obligations.get(kind="risk_reassessment", closed_at__isnull=True)

    doing.complete(person, "assess", assessment(), by=manager)
    decide(person, supervisor, "endorse")

    assert person.obligations.get(kind="risk_reassessment", closed_at__isnull=True) == owed
    assert make.task_of(person, "assess").due_on == owed.due_on
    assert broken() == {}
