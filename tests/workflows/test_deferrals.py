"""Deferral: until when work waits, how far past its date, and who says so (PRACTICE 8)."""

import datetime as dt

import pytest
import time_machine

from accounts.errors import ReasonRequired
from accounts.models import Role
from offenders.errors import RuleBroken
from tests import make
from tests.workflows import doing
from workflows.actions import tasks

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
OVERDUE = {"last_effective_visit_on": "2026-01-05", "relevant_date": "2025-01-06"}


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def day(days: int) -> dt.date:
    return MONDAY.date() + dt.timedelta(days=days)


def test_a_deferral_needs_a_reason():
    person = make.person()
    manager = make.activate(person.offender_manager)

    with pytest.raises(ReasonRequired):
        tasks.defer(
            by=make.actor(manager), task=make.task_of(person).public_id, until=day(3), reason=" "
        )


def test_a_deferral_changes_no_due_date():
    person = make.person()
    manager = make.activate(person.offender_manager)
    task = make.task_of(person)

    deferred = tasks.defer(
        by=make.actor(manager), task=task.public_id, until=day(10), reason="Away until then"
    )

    assert (deferred.due_on, deferred.deferred_until) == (task.due_on, day(10))


@pytest.mark.parametrize(
    ("level", "role", "days", "code"),
    [
        ("medium", Role.OFFENDER_MANAGER, 5, "supervisor_defers"),
        ("medium", Role.SUPERVISOR, 28, None),
        ("medium", Role.SUPERVISOR, 29, "deferred_too_far"),
        ("high", Role.SUPERVISOR, 7, None),
        ("high", Role.SUPERVISOR, 8, "deferred_too_far"),
        ("", Role.SUPERVISOR, 7, None),  # not assessed counts as high
        ("", Role.SUPERVISOR, 8, "deferred_too_far"),
        ("very_high", Role.SUPERVISOR, 1, "never_deferred"),
        ("very_high", Role.INSPECTOR, 1, "never_deferred"),
    ],
)
def test_what_is_overdue_is_deferred_by_supervisors_so_far_and_no_further(level, role, days, code):
    person = make.person(management_level=level, **OVERDUE)
    by = make.actor(make.officer(role, team=person.team))
    asked = {"by": by, "task": make.task_of(person).public_id, "until": day(days)}

    if code is None:
        assert tasks.defer(**asked, reason="Hospital").deferred_until == day(days)
    else:
        with pytest.raises(RuleBroken) as error:
            tasks.defer(**asked, reason="Hospital")
        assert error.value.code == code


def due_in(days: int, level: str = "medium"):
    """A person whose visit is due in so many days."""
    months = {"very_high": 1, "high": 3, "": 3, "medium": 6}[level]
    due_on = day(days)
    first = due_on.month - months
    visited_on = due_on.replace(year=due_on.year - (first < 1), month=first + 12 * (first < 1))
    person = make.person(management_level=level, last_effective_visit_on=visited_on)
    make.activate(person.offender_manager)
    assert make.task_of(person).due_on == due_on
    return person


@pytest.mark.parametrize(
    ("level", "role", "due", "days", "code"),
    [
        pytest.param("medium", Role.OFFENDER_MANAGER, 5, 5, None, id="not past the date"),
        pytest.param(
            "medium", Role.OFFENDER_MANAGER, 5, 6, "supervisor_defers", id="past the date"
        ),
        pytest.param("medium", Role.SUPERVISOR, 5, 33, None, id="28 days after the date"),
        pytest.param(
            "medium", Role.SUPERVISOR, 5, 34, "deferred_too_far", id="further than 28 days after it"
        ),
        pytest.param("medium", Role.SUPERVISOR, 0, 28, None, id="due today: 28 days"),
        pytest.param("high", Role.SUPERVISOR, 5, 12, None, id="seven days after the date"),
        pytest.param(
            "high",
            Role.SUPERVISOR,
            5,
            13,
            "deferred_too_far",
            id="further than seven days after it",
        ),
        pytest.param(
            "very_high", Role.OFFENDER_MANAGER, 1, 26_000, "supervisor_defers", id="some 71 years"
        ),
        pytest.param("very_high", Role.SUPERVISOR, 1, 1, None, id="not past the date"),
        pytest.param(
            "very_high",
            Role.SUPERVISOR,
            1,
            2,
            "never_deferred",
            id="very high is not put off past it",
        ),
        pytest.param(
            "very_high", Role.INSPECTOR, 1, 2, "never_deferred", id="not by an inspector either"
        ),
    ],
)
def test_a_deferral_past_a_date_to_come_is_held_to_the_same(level, role, due, days, code):
    person = due_in(due, level)
    by = make.actor(make.officer(role, team=person.team))
    asked = {"by": by, "task": make.task_of(person).public_id, "until": day(days)}

    if code is None:
        assert tasks.defer(**asked, reason="Hospital").deferred_until == day(days)
    else:
        with pytest.raises(RuleBroken) as error:
            tasks.defer(**asked, reason="Hospital")
        assert error.value.code == code


def test_deferrals_past_a_date_to_come_count_too():
    person = due_in(5)
    supervisor = make.actor(make.officer(Role.SUPERVISOR, team=person.team))
    asked = {"by": supervisor, "task": make.task_of(person).public_id, "reason": "Hospital"}
    for days in (4, 6, 7):
        tasks.defer(until=day(days), **asked)

    with pytest.raises(RuleBroken) as error:
        tasks.defer(until=day(8), **asked)

    assert error.value.code == "inspector_defers"


@pytest.mark.parametrize(
    ("last_notification_on", "days", "code", "reason"),
    [
        ("2025-11-28", 5, None, "due that day"),
        ("2025-11-28", 6, "never_deferred", "past the day by statute"),
        ("2025-11-20", 1, "never_deferred", "that day is past already"),
    ],
)
def test_a_duty_in_statute_is_never_deferred_past_its_day(last_notification_on, days, code, reason):
    person = make.person(last_notification_on=last_notification_on)
    inspector = make.actor(make.officer(Role.INSPECTOR, team=person.team))
    task = make.task_of(person, "record_notification").public_id
    asked = {"by": inspector, "task": task, "until": day(days), "reason": "Hospital"}

    if code is None:
        assert tasks.defer(**asked).deferred_until == day(days), reason
    else:
        with pytest.raises(RuleBroken) as error:
            tasks.defer(**asked)
        assert error.value.code == code, reason


def test_our_own_check_of_a_notification_is_deferred_as_other_work():
    person = make.person()
    manager = make.activate(person.offender_manager)
    supervisor = make.actor(make.officer(Role.SUPERVISOR, team=person.team))
    notified = {
        "notified_on": day(0),
        "station": "Tean",
        "details_changed": "",
        "acknowledged": True,
    }
    doing.complete(person, "record_notification", notified, by=manager)
    check = make.task_of(person, "check_notification")

    tasks.defer(by=supervisor, task=check.public_id, until=day(20), reason="Leave")


def test_after_two_deferrals_past_the_date_an_inspector_decides():
    person = make.person(**OVERDUE)
    supervisor = make.actor(make.officer(Role.SUPERVISOR, team=person.team))
    inspector = make.actor(make.officer(Role.INSPECTOR, team=person.team))
    asked = {"task": make.task_of(person).public_id, "reason": "Hospital"}
    tasks.defer(by=supervisor, until=day(3), **asked)
    tasks.defer(by=supervisor, until=day(4), **asked)

    with pytest.raises(RuleBroken) as error:
        tasks.defer(by=supervisor, until=day(5), **asked)
    assert error.value.code == "inspector_defers"
    tasks.defer(by=inspector, until=day(5), **asked)
