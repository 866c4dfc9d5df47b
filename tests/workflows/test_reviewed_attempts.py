"""Whatever gives cause is reviewed, also where the attempt failed (PRACTICE 11)."""

import datetime as dt
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role
from offenders.errors import Invalid, RuleBroken
from offenders.models import Status
from tests import make
from tests.workflows import doing
from tests.workflows.test_visit_preparation import prepare
from workflows.actions import people
from workflows.actions.steps import complete_step
from workflows.actions.voiding import void_visit
from workflows.invariants import broken
from workflows.models import Task, Visit, VisitReview
from workflows.queries.endorsing import endorsements_page
from workflows.queries.preparation import prepared_for
from workflows.queries.starting import narrowed
from workflows.queries.task import earlier_of, written_by
from workflows.steps import ReviewVisit

pytestmark = pytest.mark.django_db

#: A Monday morning in winter time.
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
ALONE, CONCERN = {"partner": ""}, {"concern": True}
ACCEPTED = {"decision": "accepted", "comment": "Spoken to; he goes with a colleague"}
FAILED = [outcome for outcome in Visit.Outcome.values if outcome != "effective"]


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def supervisor_of(person):
    return make.officer(Role.SUPERVISOR, team=person.team)


def reviews(person):
    return Task.objects.open().filter(offender=person, step="review").order_by("pk")


def decide(task, by, **values):
    complete_step(by=make.actor(by), task=task.public_id, step="review", values=ACCEPTED | values)


def visited(person, outcome, **values):
    """A visit, written up where it is one that is."""
    visit = doing.visit(person, outcome=outcome, **values)
    if outcome == "effective":
        doing.complete(person, "write_up", make.write_up(), by=person.offender_manager)
    return visit


@pytest.mark.parametrize("cause", [ALONE, CONCERN], ids=["alone", "concern"])
@pytest.mark.parametrize("outcome", Visit.Outcome.values)
def test_whatever_came_of_it_a_visit_that_gives_cause_is_reviewed(outcome, cause):
    person = make.person()
    make.activate(person.offender_manager)

    visit = visited(person, outcome, **cause)

    [review] = reviews(person)
    assert (review.visit, review.owner) == (visit, None), "in the team's queue"
    assert review.due_on == dt.date(2026, 11, 30), "five working days"
    assert make.task_of(person).is_open, "another attempt, or the next visit, is asked for at once"
    assert broken() == {}


@pytest.mark.parametrize("outcome", FAILED)
def test_a_failed_attempt_that_gives_no_cause_is_not_reviewed(outcome):
    person = make.person()

    doing.visit(person, outcome=outcome)

    assert not reviews(person).exists()


@pytest.mark.parametrize("outcome", Visit.Outcome.values)
def test_nobody_who_took_part_decides_on_it(outcome):
    person = make.person()
    make.activate(person.offender_manager)
    there = supervisor_of(person)
    visited(person, outcome, colleagues=[there.staff_number], **CONCERN)

    with pytest.raises(RuleBroken) as error:
        doing.complete(person, "review", ACCEPTED, by=there)

    assert error.value.code == "own_visit"


@pytest.mark.parametrize("outcome", Visit.Outcome.values)
def test_a_supervisor_who_was_not_there_accepts_it_and_says_what_follows(outcome):
    person = make.person()
    make.activate(person.offender_manager)
    visit = visited(person, outcome, **CONCERN)
    supervisor = supervisor_of(person)
    with pytest.raises(Invalid) as error:
        doing.complete(person, "review", ACCEPTED | {"comment": ""}, by=supervisor)
    assert error.value.code == "comment_needed"

    doing.complete(person, "review", ACCEPTED, by=supervisor)

    assert visit.reviews.get().reviewed_by == supervisor
    assert not reviews(person).exists()
    assert make.task_of(person).is_open
    assert broken() == {}


@pytest.mark.parametrize("decision", ["returned", "ineffective"])
@pytest.mark.parametrize("outcome", FAILED)
def test_of_a_failed_attempt_there_is_nothing_to_return_and_it_never_counted(outcome, decision):
    person = make.person()
    doing.visit(person, outcome=outcome, **CONCERN)

    with pytest.raises(Invalid) as error:
        doing.complete(
            person, "review", ACCEPTED | {"decision": decision}, by=supervisor_of(person)
        )

    assert (error.value.code, error.value.field) == ("failed_anyway", "decision")
    assert reviews(person).exists()


@pytest.mark.parametrize("outcome", Visit.Outcome.values)
def test_the_form_offers_what_can_be_decided_and_what_it_offers_is_accepted(outcome):
    person = make.person()
    make.activate(person.offender_manager)
    visit = visited(person, outcome, **CONCERN)
    [task] = reviews(person)

    offered = [*narrowed(ReviewVisit(), task).fields["decision"].choices]

    every = ["accepted", "returned", "ineffective"]
    assert offered == (every if outcome == "effective" else ["accepted"])
    refused = [one for one in every if one not in offered]
    for decision in refused:
        with pytest.raises(Invalid):
            decide(task, supervisor_of(person), decision=decision)
    decide(task, supervisor_of(person), decision=offered[-1])
    assert visit.reviews.get().decision == offered[-1]
    assert [*ReviewVisit().fields["decision"].choices] == every, "of other tasks it stays whole"


# --- several beside each other --------------------------------------------------------------------


def test_each_attempt_has_a_review_of_its_own_and_they_are_decided_in_any_order():
    person = make.person()
    make.activate(person.offender_manager)
    first = doing.visit(person, outcome="no_answer", **CONCERN)
    second = doing.visit(person, outcome="refused", **ALONE)
    third = visited(person, "effective", **CONCERN)
    of_first, of_second, of_third = reviews(person)

    for task in (of_third, of_first, of_second):
        decide(task, supervisor_of(person), comment=f"Of {task.visit_id}")

    said = {review.visit: review.comment for review in VisitReview.objects.all()}
    assert said == {visit: f"Of {visit.pk}" for visit in (first, second, third)}
    for task in (of_first, of_second, of_third):
        task.refresh_from_db()
        assert written_by(make.actor(person.offender_manager), task).visit == task.visit, (
            "its page shows its own"
        )
    first.process.refresh_from_db()
    assert first.process.status == "DONE"
    assert broken() == {}


def test_who_went_another_time_may_decide_and_the_list_says_so():
    person = make.person()
    make.activate(person.offender_manager)
    went_later = supervisor_of(person)
    doing.visit(person, outcome="no_answer", **CONCERN)
    doing.visit(person, outcome="no_answer", by=went_later)

    [waiting] = endorsements_page(actor=make.actor(went_later), today=MONDAY.date()).rows

    assert (waiting.is_own, waiting.has_nobody) == (False, False)
    assert waiting.author == person.offender_manager.display_name
    decide(reviews(person).get(), went_later)


def test_what_was_written_at_the_door_stands_before_the_review():
    person = make.person()
    visit = doing.visit(person, outcome="refused", **CONCERN)

    before = earlier_of(reviews(person).get())

    assert [written_by(make.actor(person.offender_manager), task) for task in before] == [visit]


def test_what_stands_before_a_review_is_of_its_own_attempt_alone():
    person = make.person()
    first = doing.visit(person, outcome="refused", **CONCERN)
    review = reviews(person).get()
    prepared = prepare(person)
    second = doing.visit(person, outcome="no_answer", occurred_at=timezone.now())

    assert second.preparation == prepared
    assert [
        written_by(make.actor(person.offender_manager), task) for task in earlier_of(review)
    ] == [first]
    assert prepared_for(review)[0] is None, "what was prepared was for the second"


def test_however_often_nobody_answers_the_work_goes_on_in_one_place():
    person = make.person(last_effective_visit_on="2026-06-01")
    make.activate(person.offender_manager)

    for _ in range(30):
        doing.visit(person, outcome="no_answer", **CONCERN)

    assert reviews(person).count() == 30
    assert {len(task.token) for task in reviews(person)} == {len("start")}
    assert broken() == {}


# --- what becomes of it when the visit itself is owed no more -------------------------------------


def test_the_review_of_an_attempt_outlives_the_visit_that_is_owed_no_more():
    person = make.person()
    doing.visit(person, outcome="no_answer", **CONCERN)
    supervisor = supervisor_of(person)
    people.change_status(
        by=make.actor(supervisor),
        offender=person.public_id,
        status=Status.CUSTODY,
        on=MONDAY.date(),
        release_expected_on=None,
    )
    review = reviews(person).get()
    assert broken() == {}
    assert not Task.objects.open().filter(offender=person, step="record_outcome").exists()

    decide(review, supervisor)

    review.process.refresh_from_db()
    assert review.process.status == "DONE"


def void(visit, by):
    void_visit(
        by=make.actor(by),
        offender=visit.offender.public_id,
        visit=visit.public_id,
        reason="Entered for the wrong person",
    )


def test_voiding_the_visit_leaves_the_reviews_of_the_attempts_before_it():
    person = make.person()
    attempt = doing.visit(person, outcome="no_answer", **CONCERN)
    visit = doing.visit(person)

    void(visit, person.offender_manager)

    assert [task.visit for task in reviews(person)] == [attempt]
    assert not Task.objects.open().filter(offender=person, step="write_up").exists()
    assert broken() == {}


def test_voiding_an_attempt_withdraws_its_review_alone():
    person = make.person()
    first = doing.visit(person, outcome="no_answer", **CONCERN)
    second = doing.visit(person, outcome="no_answer", **CONCERN)

    void(first, supervisor_of(person))

    assert [task.visit for task in reviews(person)] == [second]
    assert make.task_of(person).is_open
    assert broken() == {}


# --- work from before steps said which visit they are about ---------------------------------------

NAMING = import_module("workflows.migrations.0008_each_step_says_which_visit_it_is_about")


def test_steps_of_running_work_are_given_the_visit_they_are_about():
    person = make.person()
    make.activate(person.offender_manager)
    first = doing.visit(person, outcome="no_answer")
    second = visited(person, "effective")
    said = dict(Task.objects.values_list("pk", "visit"))
    Task.objects.update(visit=None)

    NAMING.name_the_visits(apps, None)

    assert dict(Task.objects.values_list("pk", "visit")) == said
    assert {first.pk, second.pk} < set(said.values())
    decide(reviews(person).get(), supervisor_of(person))


@pytest.mark.parametrize(
    ("together", "batches", "reason"),
    [
        (1, 7, "each piece of work by itself, and a last look that finds none"),
        (2, 4, "each person's visit with the next one, and a last look"),
        (4, 3, "four, two, and a last look"),
    ],
)
def test_they_are_given_it_a_few_pieces_of_work_at_a_time(monkeypatch, together, batches, reason):
    """A force has years of them: memory must not grow with the years."""
    manager = make.activate(make.officer())
    for _ in range(3):
        person = make.person(manager=manager)
        doing.visit(person, outcome="no_answer")
        visited(person, "effective")
    said = dict(Task.objects.values_list("pk", "visit"))
    Task.objects.update(visit=None)
    monkeypatch.setattr(NAMING, "CHUNK", together)

    with CaptureQueriesContext(connection) as asked:
        NAMING.name_the_visits(apps, None)

    assert dict(Task.objects.values_list("pk", "visit")) == said
    looks = [query for query in asked.captured_queries if "DISTINCT" in query["sql"]]
    assert len(looks) == batches, reason
