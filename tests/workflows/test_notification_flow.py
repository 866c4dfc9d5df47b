"""Notifications: recorded by one, checked by another (SOA 2003 ss.83-85)."""

import datetime as dt

import pytest
import time_machine

from accounts.models import Role
from offenders.errors import Invalid, RuleBroken
from tests import make
from tests.workflows import doing

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)


def notified(**values: object) -> dict[str, object]:
    return {
        "notified_on": MONDAY.date(),
        "station": "Tean",
        "details_changed": "",
        "acknowledged": True,
    } | values


def due(person, kind: str = "periodic_notification") -> dt.date | None:
    found = person.obligations.filter(kind=kind, closed_at__isnull=True).first()
    return found.due_on if found else None


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def test_a_notification_resets_the_annual_clock_that_day_and_waits_for_its_check():
    person = make.person(last_notification_on="2025-12-01")
    manager = make.activate(person.offender_manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    assert due(person) == dt.date(2026, 12, 1)

    doing.complete(person, "record_notification", notified(), by=manager)
    assert due(person) == dt.date(2027, 11, 23)
    task = doing.complete(
        person, "check_notification", {"decision": "accept", "comment": "Seen"}, by=supervisor
    )

    task.process.refresh_from_db()
    assert task.process.status == "DONE"
    assert due(person) == dt.date(2027, 11, 23)


def test_a_wrong_record_is_voided_and_the_duty_stands_again():
    person = make.person(last_notification_on="2025-12-01")
    manager = make.activate(person.offender_manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    doing.complete(person, "record_notification", notified(), by=manager)

    doing.complete(
        person,
        "check_notification",
        {"decision": "void", "comment": "Another person attended"},
        by=supervisor,
    )

    assert due(person) == dt.date(2026, 12, 1)


def test_the_writer_cannot_check_it():
    person = make.person()
    writer = make.officer(Role.SUPERVISOR, team=person.team)
    doing.complete(person, "record_notification", notified(), by=writer)

    with pytest.raises(RuleBroken) as error:
        doing.complete(
            person, "check_notification", {"decision": "accept", "comment": "Mine"}, by=writer
        )
    assert error.value.code == "own_record"


def test_a_first_notification_ends_the_initial_duty_and_starts_the_annual_one():
    person = make.person(
        relevant_date="2026-11-20",
        last_notification_on=None,
        last_effective_visit_on=None,
        last_assessment_on=None,
    )
    manager = make.activate(person.offender_manager)
    assert due(person, "initial_notification") == dt.date(2026, 11, 22), "day one is the 20th"

    doing.complete(person, "record_notification", notified(), by=manager)

    assert due(person, "initial_notification") is None
    assert due(person) == dt.date(2027, 11, 23)


@pytest.mark.parametrize(
    ("notified_on", "code"),
    [
        (dt.date(2026, 11, 24), "in_future"),
        (dt.date(2020, 1, 1), "before_relevant_date"),
    ],
)
def test_an_impossible_day_is_refused(notified_on, code):
    person = make.person()
    manager = make.activate(person.offender_manager)

    with pytest.raises(Invalid) as error:
        doing.complete(person, "record_notification", notified(notified_on=notified_on), by=manager)
    assert error.value.code == code
