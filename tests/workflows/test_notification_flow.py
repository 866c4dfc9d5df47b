"""Notifications: recorded by one, checked by another (SOA 2003 ss.83-85)."""

import datetime as dt

import pytest
import time_machine

from accounts.models import Role
from offenders.errors import Invalid, RuleBroken
from tests import make
from tests.workflows import doing
from workflows.actions.steps import complete_step
from workflows.invariants import broken
from workflows.models import Task

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


def owed(person, kind: str = "periodic_notification"):
    return person.obligations.get(kind=kind, closed_at__isnull=True)


def test_a_back_dated_notification_is_checked_and_the_one_that_is_owed_stays_the_same():
    person = make.person(last_notification_on="2026-11-01")
    manager = make.activate(person.offender_manager)
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    annual = owed(person)

    values = notified(notified_on=dt.date(2026, 10, 1))
    doing.complete(person, "record_notification", values, by=manager)

    assert owed(person) == annual
    assert make.task_of(person, "record_notification").due_on == annual.due_on
    assert broken() == {}
    doing.complete(
        person, "check_notification", {"decision": "accept", "comment": "Seen"}, by=supervisor
    )
    assert broken() == {}


@pytest.mark.parametrize(
    ("notified_on", "stands", "reason"),
    [
        (dt.date(2026, 11, 18), True, "before the release: the change is still to be notified"),
        (dt.date(2026, 11, 22), False, "since the release"),
    ],
)
def test_a_change_is_notified_by_what_comes_after_it(notified_on, stands, reason):
    person = make.person(last_notification_on="2026-10-01", released_on="2026-11-20")
    manager = make.activate(person.offender_manager)
    change = owed(person, "change_notification")
    task = Task.objects.open().get(offender=person, kind="change_notification")

    complete_step(
        by=make.actor(manager),
        task=task.public_id,
        step="record_notification",
        values=notified(notified_on=notified_on),
    )

    change.refresh_from_db()
    assert (change.closed_at is None) is stands, reason
    assert change.closed_because == ("" if stands else "done")
    assert broken() == {}
