"""A visit made alone: authorised beforehand, or recorded and then reviewed (PRACTICE 11)."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.errors import ReasonRequired
from accounts.models import Role
from offenders.errors import RuleBroken
from offenders.models import ManagementLevel, WarningMarker
from tests import make
from tests.workflows import doing
from tests.workflows.ruling import enact
from workflows.actions import people, tasks
from workflows.actions.voiding import void_visit
from workflows.models import LoneVisitAuthority, Task, Visit

pytestmark = pytest.mark.django_db

#: A Monday morning in winter time.
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def test_an_unauthorised_lone_visit_is_recorded_and_then_reviewed():
    person = make.person()
    manager = make.activate(person.offender_manager)

    visit = doing.visit(person, partner="")
    doing.complete(person, "write_up", make.write_up(), by=manager)

    assert (visit.lone, visit.lone_authorised) == (True, False)
    assert make.task_of(person, "review").is_open


def authorise(person, officer, *, at):
    """Authority for `officer` to go alone. `at`: when; the database's clock cannot be set."""
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    authority = tasks.authorise_lone_visit(
        by=make.actor(supervisor),
        task=make.task_of(person).public_id,
        officer=officer.public_id,
        risk_assessment="Seen alone before, day visit, phone check at the end.",
    )
    LoneVisitAuthority.objects.filter(pk=authority.pk).update(authorised_at=at)


def test_an_authorised_lone_visit_gives_no_cause_for_a_review():
    enact(changes=[{"id": "visit.endorse_share", "value": "0"}])
    person = make.person()
    manager = make.activate(person.offender_manager)
    authorise(person, manager, at=MONDAY - dt.timedelta(hours=2))

    visit = doing.visit(person, partner="")
    doing.complete(person, "write_up", make.write_up(), by=manager)

    assert visit.lone_authorised
    assert not Task.objects.open().filter(offender=person, step="review").exists()


def test_authority_that_was_given_after_the_visit_is_none():
    person = make.person()
    manager = make.activate(person.offender_manager)
    authorise(person, manager, at=MONDAY - dt.timedelta(minutes=5))

    visit = doing.visit(person, partner="", occurred_at=MONDAY - dt.timedelta(minutes=30))

    assert (visit.lone, visit.lone_authorised) == (True, False)


@pytest.mark.parametrize(
    ("level", "markers", "refused"),
    [
        ("very_high", "", True),
        ("high", "", False),
        ("medium", "VI", True),
        ("medium", "FI", True),
        ("medium", "WE", True),
        ("medium", "AG", True),
        ("medium", "SU", False),
    ],
)
def test_a_lone_visit_is_refused_for_very_high_and_for_dangerous_markers(level, markers, refused):
    person = make.person(management_level=level, warning_markers=markers)
    manager = make.activate(person.offender_manager)

    if refused:
        with pytest.raises(RuleBroken) as error:
            authorise(person, manager, at=MONDAY)
        assert error.value.code == "never_alone"
        assert WarningMarker.objects.count() == (1 if markers else 0)
    else:
        authorise(person, manager, at=MONDAY)


# --- one authority, one attempt, and its grounds --------------------------------------------------


def alone(person, **values):
    return doing.visit(person, partner="", **values)


def test_authority_is_given_with_a_risk_assessment():
    person = make.person()
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)

    with pytest.raises(ReasonRequired):
        tasks.authorise_lone_visit(
            by=make.actor(supervisor),
            task=make.task_of(person).public_id,
            officer=make.activate(person.offender_manager).public_id,
            risk_assessment=" ",
        )

    assert not LoneVisitAuthority.objects.exists()


def test_authority_covers_one_attempt_and_another_is_given_for_the_next():
    person = make.person()
    manager = make.activate(person.offender_manager)
    authorise(person, manager, at=MONDAY - dt.timedelta(hours=2))

    assert alone(person, outcome="no_answer").lone_authorised
    assert not alone(person).lone_authorised

    authorise(person, manager, at=MONDAY - dt.timedelta(hours=1))
    assert LoneVisitAuthority.objects.count() == 2


def test_no_second_authority_is_given_while_one_is_unused():
    person = make.person()
    manager = make.activate(person.offender_manager)
    authorise(person, manager, at=MONDAY - dt.timedelta(hours=2))

    with pytest.raises(RuleBroken) as error:
        authorise(person, manager, at=MONDAY)

    assert error.value.code == "already_authorised"


def test_the_database_lets_one_authority_cover_one_attempt():
    person = make.person()
    authorise(person, make.activate(person.offender_manager), at=MONDAY - dt.timedelta(hours=2))
    first = alone(person, outcome="no_answer")
    second = alone(person, outcome="no_answer")

    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(pk=second.pk).update(lone_authority=first.lone_authority)


def test_an_attempt_that_is_voided_used_no_authority():
    person = make.person()
    manager = make.activate(person.offender_manager)
    authorise(person, manager, at=MONDAY - dt.timedelta(hours=2))
    wrong = alone(person, outcome="no_answer")
    void_visit(
        by=make.actor(manager),
        offender=person.public_id,
        visit=wrong.public_id,
        reason="Entered for the wrong person",
    )

    assert alone(person).lone_authorised


def raise_level(person, on: dt.date) -> None:
    people.change_level(
        by=make.actor(make.officer(Role.SUPERVISOR, team=person.team)),
        offender=person.public_id,
        level=ManagementLevel.VERY_HIGH,
        reason="New information",
        decided_on=on,
    )


@pytest.mark.parametrize(
    ("raised_on", "covered", "reason"),
    [
        (dt.date(2026, 11, 20), False, "very high when the visit was made"),
        (dt.date(2026, 11, 22), False, "raised on the day of the visit: the stricter counts"),
        (dt.date(2026, 11, 23), True, "raised the day after the visit"),
    ],
)
def test_authority_falls_with_a_level_that_was_raised_before_the_visit(raised_on, covered, reason):
    with time_machine.travel(MONDAY - dt.timedelta(days=14), tick=False):
        person = make.person()
        manager = make.activate(person.offender_manager)
        authorise(person, manager, at=MONDAY - dt.timedelta(days=14))
    raise_level(person, raised_on)

    visit = alone(person, occurred_at=MONDAY - dt.timedelta(hours=20))

    assert (visit.lone, visit.lone_authorised) == (True, covered), reason
    assert visit.lone_authority is not None, "it was for that attempt, and is used"


@pytest.mark.parametrize(
    ("withdrawn_on", "covered", "reason"),
    [
        (None, False, "it stands"),
        (dt.date(2026, 11, 24), False, "it stood when the visit was made"),
        (dt.date(2026, 11, 23), True, "withdrawn by the day of the visit"),
    ],
)
def test_authority_falls_with_a_dangerous_marker(withdrawn_on, covered, reason):
    person = make.person()
    authorise(person, make.activate(person.offender_manager), at=MONDAY - dt.timedelta(hours=2))
    WarningMarker.objects.create(offender=person, code="VI", withdrawn_on=withdrawn_on)

    assert alone(person).lone_authorised is covered, reason


def test_a_late_entry_leaves_authority_with_the_visit_that_is_owed():
    person = make.person(last_effective_visit_on="2026-11-10")
    authorise(person, make.activate(person.offender_manager), at=MONDAY - dt.timedelta(hours=2))
    late = {"occurred_at": MONDAY - dt.timedelta(days=20), "entry_reason": "Found in the notebook"}

    assert not alone(person, **late).lone_authorised
    assert alone(person).lone_authorised


def test_a_partner_agency_colleague_counts_as_the_second_person_and_is_reported_apart():
    visit = doing.visit(make.person(), partner="J. Example, probation")

    assert not visit.lone
    assert visit.partner_agency_present
