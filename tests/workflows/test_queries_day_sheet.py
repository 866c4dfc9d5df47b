"""The visits of a sheet: everything overdue, then what is due or to be tried again first."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.actor import Actor
from offenders.models import Address
from tests.workflows import crowd
from workflows.queries.day_sheet import open_visits

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture
def officer():
    return crowd.officer(team=crowd.team(crowd.force()))


def visit(officer, due_on: dt.date, postcode: str = "", **given: object) -> int:
    person = crowd.person(officer)
    if postcode:
        Address.objects.create(
            offender=person, kind="main_residence", line_1="1", postcode=postcode
        )
    return crowd.task(person, due_on, **given).pk


def sheet(officer, most: int = 200):
    by, due_by = Actor.of_user(officer), TODAY + 7 * DAY
    return open_visits(by, today=TODAY, due_by=due_by, mine=True, most=most)


def on(sheet) -> list[int]:
    return [visit.task.pk for visit in sheet.visits]


@pytest.mark.parametrize(
    ("due", "attempt", "is_on", "why"),
    [
        (-400, None, True, "overdue, however long"),
        (7, None, True, "the last day asked for"),
        (8, None, False, "a day later"),
        (60, 1, True, "to be tried again by tomorrow"),
        (60, -1, True, "a second try that is late"),
        (60, 8, False, "to be tried again after the days asked for"),
    ],
)
def test_what_is_due_or_to_be_tried_again_is_on_the_sheet(officer, due, attempt, is_on, why):
    key = visit(
        officer,
        TODAY + due * DAY,
        attempt_by=None if attempt is None else TODAY + attempt * DAY,
    )
    assert on(sheet(officer)) == ([key] if is_on else []), why


def test_what_does_not_fit_is_what_is_due_last_and_is_counted(officer):
    late = visit(officer, TODAY - 9 * DAY, "QX9 9ZZ")
    soon = visit(officer, TODAY + 2 * DAY, "QX1 1AA")
    again = visit(officer, TODAY + 60 * DAY, attempt_by=TODAY + DAY)
    visit(officer, TODAY + 5 * DAY, "QX1 1AB")
    visit(officer, TODAY + 6 * DAY, "QX1 1AC")
    found = sheet(officer, most=3)
    assert on(found) == [soon, late, again]  # by postcode, those without one last
    assert found.left_off == 2


def test_nothing_overdue_is_left_off(officer):
    late = {visit(officer, TODAY - number * DAY) for number in (1, 2, 3)}
    visit(officer, TODAY)
    found = sheet(officer, most=2)
    assert set(on(found)) == late
    assert found.left_off == 1
