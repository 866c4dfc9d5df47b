"""Voiding a visit takes back what its entry did (PRACTICE 2, 4, 12)."""

import datetime as dt

import pytest
import time_machine

from accounts.models import Role
from offenders.models import Status
from tests import make
from tests.workflows import doing
from workflows.actions import people
from workflows.actions.steps import complete_step
from workflows.actions.voiding import void_visit
from workflows.invariants import broken
from workflows.models import CaseAction, Task

pytestmark = pytest.mark.django_db

#: A Monday morning in winter time.
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
TODAY = MONDAY.date()
LATE = "From the notebook"


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def person():
    found = make.person(management_level="medium", last_effective_visit_on="2026-10-01")
    make.activate(found.offender_manager)
    return found


def void(visit):
    void_visit(
        by=make.actor(make.officer(Role.SUPERVISOR, team=visit.offender.team)),
        offender=visit.offender.public_id,
        visit=visit.public_id,
        reason="Entered for the wrong person",
    )


def record(person, outcome, days_ago):
    return doing.visit(
        person,
        outcome=outcome,
        occurred_at=MONDAY - dt.timedelta(days=days_ago, minutes=30),
        entry_reason=LATE,
    )


def asked_again(person):
    """By when another attempt is wanted."""
    return make.task_of(person).attempt_by


# --- actions --------------------------------------------------------------------------------------


def action(text):
    return {"text": text, "due_on": dt.date(2026, 12, 1), "owner": ""}


def test_actions_that_the_write_up_raised_end_with_it_and_what_was_done_stays_done(person):
    manager = person.offender_manager
    visit = doing.visit(person)
    rows = [action("Ring the school"), action("Ask for the phone")]
    doing.complete(person, "write_up", make.write_up(actions=rows), by=manager)
    done, waiting = CaseAction.objects.order_by("pk")
    complete_step(
        by=make.actor(manager),
        task=Task.objects.open().get(process__obligation__about=done.about).public_id,
        step="finish_action",
        values={"outcome": "done", "evidence": "Spoke to the head"},
    )

    void(visit)

    done.refresh_from_db()
    waiting.refresh_from_db()
    assert (done.outcome, done.evidence) == ("done", "Spoke to the head")
    assert waiting.outcome == "not_done"
    assert waiting.evidence == "Visit voided: Entered for the wrong person"
    assert waiting.finished_by != manager
    assert not person.obligations.filter(kind="case_action", closed_at=None).exists()
    assert broken() == {}


def test_actions_of_other_visits_go_on(person):
    manager = person.offender_manager
    for text in ("Ring the school", "Ask for the phone"):
        visit = doing.visit(person)
        doing.complete(person, "write_up", make.write_up(actions=[action(text)]), by=manager)

    void(visit)

    [waiting] = CaseAction.objects.filter(finished_on=None)
    assert waiting.text == "Ring the school"
    assert make.task_of(person, "finish_action").is_open


# --- the next attempt -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attempts", "voided", "asked", "reason"),
    [
        ([("no_answer", 3)], 0, None, "the only attempt was wrong"),
        ([("no_answer", 5), ("no_answer", 3)], 1, "2026-11-25", "five from Wednesday the 18th"),
        ([("no_answer", 5), ("no_answer", 3)], 0, "2026-11-27", "five from Friday the 20th"),
        ([("no_answer", 5), ("effective", 3)], 1, "2026-11-25", "the visit in between never was"),
        ([("no_answer", 5), ("effective", 3)], 0, None, "seen since"),
        ([("effective", 5), ("no_answer", 3)], 0, "2026-11-27", "the attempt stands"),
    ],
)
def test_another_attempt_is_asked_for_by_the_attempts_that_stand(
    person, attempts, voided, asked, reason
):
    visits = [record(person, *each) for each in attempts]

    void(visits[voided])

    assert asked_again(person) == (asked and dt.date.fromisoformat(asked)), reason
    assert broken() == {}


def test_an_attempt_that_is_entered_after_a_later_visit_asks_for_nothing(person):
    record(person, "effective", 3)
    assert asked_again(person) is None

    record(person, "no_answer", 5)

    assert asked_again(person) is None


def test_an_attempt_that_is_entered_after_a_later_attempt_changes_nothing(person):
    record(person, "no_answer", 3)

    record(person, "refused", 5)

    assert asked_again(person) == dt.date(2026, 11, 27), "five from the last one"


def test_an_effective_visit_that_is_entered_late_leaves_the_attempt_after_it(person):
    record(person, "no_answer", 3)

    record(person, "effective", 5)

    assert asked_again(person) == dt.date(2026, 11, 27)


def test_a_visit_found_ineffective_asks_again_by_the_attempt_before_it(person):
    record(person, "no_answer", 3)
    doing.visit(person)
    doing.complete(person, "write_up", make.write_up(), by=person.offender_manager)
    assert asked_again(person) is None

    doing.complete(
        person,
        "review",
        {"decision": "ineffective", "comment": "Not seen in person"},
        by=make.officer(Role.SUPERVISOR, team=person.team),
    )

    assert asked_again(person) == dt.date(2026, 11, 27)


def test_after_a_return_no_attempt_from_before_it_is_asked_for_again(person):
    record(person, "no_answer", 5)
    manager = make.actor(person.offender_manager)
    for status, on in ((Status.CUSTODY, TODAY - dt.timedelta(days=2)), (Status.COMMUNITY, TODAY)):
        people.change_status(by=manager, offender=person.public_id, status=status, on=on)
        assert broken() == {}

    assert asked_again(person) is None


def test_a_raised_level_asks_again_as_soon_as_that_level_does(person):
    record(person, "no_answer", 3)

    people.change_level(
        by=make.actor(make.officer(Role.SUPERVISOR, team=person.team)),
        offender=person.public_id,
        level="very_high",
        reason="New information",
        decided_on=TODAY,
    )

    assert asked_again(person) == TODAY, "one working day from Friday"
