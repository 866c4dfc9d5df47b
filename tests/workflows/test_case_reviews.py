"""The supervisor's review: who does it, what it finds and directs, and when the next is due."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.errors import NotPermitted
from accounts.models import Role
from audit.models import Event
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender, RestrictedAccess, Status
from rules.dates import add_months
from tests import make
from tests.workflows import doing
from workflows.actions import people
from workflows.errors import NotVisible
from workflows.models import CaseAction, CaseReview, Task
from workflows.queries.starting import starts_with
from workflows.sweep import sweep_obligations

pytestmark = pytest.mark.django_db

STEP = "review_case"


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def direction(text: str = "Check the flag.", ahead: int = 5, owner: str = "") -> dict[str, object]:
    return {"text": text, "due_on": in_days(ahead), "owner": owner}


def checks(**found: tuple[str, str]) -> list[dict[str, str]]:
    """Every check good but for some, by item: (grade, why)."""
    rows = make.case_review()["checks"]
    return [
        row | dict(zip(("grade", "comment"), found.get(row["item"], ("good", "")), strict=True))
        for row in rows
    ]


@pytest.fixture
def person() -> Offender:
    return make.person()


@pytest.fixture
def supervisor(person):
    return make.officer(Role.SUPERVISOR, team=person.team)


def due_of(person) -> dt.date:
    return person.obligations.get(kind="supervisor_review", closed_at=None).due_on


def taken_over(person, on: dt.date) -> None:
    at = dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)
    Offender.objects.filter(pk=person.pk).update(recorded_at=at)
    sweep_obligations()


def test_an_import_makes_nobodys_review_overdue(person):
    known_on = timezone.localdate(person.recorded_at)

    assert due_of(person) == add_months(known_on, 6)


def test_someone_taken_over_long_ago_and_never_reviewed_is_overdue(person):
    taken_over(person, in_days(-400))

    assert due_of(person) == add_months(in_days(-400), 6)
    assert make.task_of(person, STEP).due_on < timezone.localdate()


def test_it_waits_for_anyone_who_supervises_and_not_for_the_offender_manager(person):
    assert make.task_of(person, STEP).owner is None


def test_a_review_closes_its_task_and_the_next_is_due_in_six_months(person, supervisor):
    taken_over(person, in_days(-30))

    doing.complete(person, STEP, make.case_review(), by=supervisor)
    sweep_obligations()

    assert due_of(person) == add_months(timezone.localdate(), 6)
    review = CaseReview.objects.get(offender=person)
    assert (review.reviewed_by, review.offender_manager) == (supervisor, person.offender_manager)
    assert review.checks.count() == len(make.case_review()["checks"])
    assert person.obligations.filter(kind="supervisor_review", closed_because="done").count() == 1


def test_the_form_starts_with_the_checks_and_with_no_judgement(person):
    started = starts_with(make.task_of(person, STEP))

    assert list(started) == ["checks"]
    assert [list(row) for row in started["checks"]] == [["item"]] * len(started["checks"])
    assert "welfare" in {row["item"] for row in started["checks"]}


def test_directions_are_tasks_of_the_offender_manager_with_their_day(person, supervisor):
    values = make.case_review(directions=[direction(ahead=4), direction("Vary the times.", 9)])

    doing.complete(person, STEP, values, by=supervisor)

    tasks = Task.objects.open().filter(offender=person, step="finish_action")
    assert sorted(tasks.values_list("due_on", flat=True)) == [in_days(4), in_days(9)]
    assert {task.owner for task in tasks} == {person.offender_manager}
    review = CaseReview.objects.get()
    assert [action.text for action in review.directed] == ["Check the flag.", "Vary the times."]
    assert {action.raised_by for action in CaseAction.objects.all()} == {supervisor}


def test_a_direction_goes_to_the_officer_it_names(person, supervisor):
    colleague = make.officer(team=person.team)
    values = make.case_review(directions=[direction(owner=colleague.staff_number)])

    doing.complete(person, STEP, values, by=supervisor)

    assert make.task_of(person, "finish_action").owner == colleague


def test_nobody_reviews_whom_they_manage_themselves():
    supervisor = make.officer(Role.SUPERVISOR)
    person = make.person(manager=supervisor)

    with pytest.raises(RuleBroken) as refused:
        doing.complete(person, STEP, make.case_review(), by=supervisor)

    assert refused.value.code == "own_case"
    assert not CaseReview.objects.exists()


def test_the_database_refuses_a_review_by_who_manages_the_person(person):
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseReview.objects.create(
            offender=person,
            process=make.task_of(person, STEP).process,
            kind="supervisor_review",
            reviewed_on=timezone.localdate(),
            team=person.team,
            offender_manager=person.offender_manager,
            reviewed_by=person.offender_manager,
            grade="good",
            comment="Fine",
        )


@pytest.mark.parametrize("role", [Role.OFFENDER_MANAGER, Role.CONTACT_CENTRE, Role.AUDITOR])
def test_only_supervisors_and_inspectors_review(person, role):
    other = make.officer(role, team=person.team)

    with pytest.raises((NotPermitted, NotVisible)):
        doing.complete(person, STEP, make.case_review(), by=other)


def test_an_inspector_of_the_force_reviews_in_any_team(person):
    inspector = make.officer(Role.INSPECTOR, force=person.force)

    doing.complete(person, STEP, make.case_review(), by=inspector)

    assert CaseReview.objects.get().reviewed_by == inspector


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"checks": checks()[1:]}, "checks_incomplete", "checks"),
        ({"checks": [*checks()[1:], checks()[1]]}, "checks_incomplete", "checks"),
        ({"checks": checks(records=("inadequate", " "))}, "say_why", "checks.0.comment"),
        ({"checks": checks(flags_local=("not_applicable", ""))}, "say_why", "checks.1.comment"),
        ({"checks": checks(plan=("inadequate", "None"))}, "grade_contradicts", "grade"),
        ({"grade": "inadequate"}, "direction_needed", "directions"),
        ({"directions": [direction(), direction(ahead=-1)]}, "in_past", "directions.1.due_on"),
    ],
)
def test_a_review_that_does_not_hold_together_is_refused(person, supervisor, values, code, field):
    with pytest.raises(Invalid) as refused:
        doing.complete(person, STEP, make.case_review(**values), by=supervisor)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert not CaseReview.objects.exists()
    assert not CaseAction.objects.exists()


@pytest.mark.parametrize(
    ("found", "grade"),
    [
        ({"records": ("requires_improvement", "Photograph is old")}, "good"),
        ({"records": ("inadequate", "None")}, "requires_improvement"),
        ({"plan": ("not_applicable", "No plan needed yet")}, "good"),
    ],
)
def test_a_review_may_weigh_its_checks(person, supervisor, found, grade):
    values = make.case_review(checks=checks(**found), grade=grade)

    doing.complete(person, STEP, values, by=supervisor)

    [(item, said)] = found.items()
    kept = CaseReview.objects.get().checks.get(item=item)
    assert (kept.grade, kept.comment) == said


def test_raising_the_level_brings_the_review_forward_at_once(person, supervisor):
    taken_over(person, in_days(-60))

    people.change_level(
        by=make.actor(supervisor),
        offender=person.public_id,
        level="very_high",
        decided_on=timezone.localdate(),
        reason="Threats made.",
    )

    due_on = due_of(person)
    assert timezone.localdate() < due_on <= in_days(11), "five working days"
    assert make.task_of(person, STEP).due_on == due_on


def test_in_custody_no_review_is_owed_and_on_release_it_is_again(person):
    def is_now(status):
        people.change_status(
            by=make.actor(person.offender_manager),
            offender=person.public_id,
            status=status,
            on=timezone.localdate(),
        )

    is_now(Status.CUSTODY)

    assert not person.obligations.filter(kind="supervisor_review", closed_at=None).exists()
    assert not Task.objects.open().filter(offender=person, step=STEP).exists()


def test_a_review_leaves_one_event_and_no_comment_in_it(person, supervisor):
    doing.complete(person, STEP, make.case_review(directions=[direction()]), by=supervisor)

    event = Event.objects.get(action="case.review")
    assert event.offender_id == person.pk


@pytest.mark.parametrize("restricted_to", ["someone else", "the supervisor"])
def test_a_restricted_person_is_reviewed_by_who_is_named_alone(person, supervisor, restricted_to):
    Offender.objects.filter(pk=person.pk).update(is_restricted=True)
    named = supervisor if restricted_to == "the supervisor" else make.officer(team=person.team)
    RestrictedAccess.objects.create(offender=person, user=named, named_by=make.officer())

    if named == supervisor:
        doing.complete(person, STEP, make.case_review(), by=supervisor)
        assert CaseReview.objects.exists()
    else:
        with pytest.raises(NotVisible):
            doing.complete(person, STEP, make.case_review(), by=supervisor)
