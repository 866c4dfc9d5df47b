"""A visit made alone: authorised beforehand, or recorded and then reviewed (PRACTICE 11)."""

import datetime as dt

import pytest
import time_machine

from accounts.models import Role
from offenders.errors import RuleBroken
from offenders.models import WarningMarker
from tests import make
from tests.workflows import doing
from workflows.actions import tasks
from workflows.models import LoneVisitAuthority, Task

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


def test_an_authorised_lone_visit_needs_no_review():
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


def test_a_partner_agency_colleague_counts_as_the_second_person_and_is_reported_apart():
    visit = doing.visit(make.person(), partner="J. Example, probation")

    assert not visit.lone
    assert visit.partner_agency_present
