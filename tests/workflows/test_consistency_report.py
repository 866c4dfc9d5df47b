"""The report on consistency, of people on record."""

import datetime as dt

import pytest

from accounts.actor import Actor
from accounts.models import Role
from tests.workflows import crowd
from workflows.consistency import Measure
from workflows.queries.consistency import report

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 25)


@pytest.fixture
def officer():
    return crowd.officer(team=crowd.team(crowd.force()))


def crowd_of(officer, count: int, **facts: object) -> list:
    return [crowd.person(officer, **facts) for _ in range(count)]


def inspector_of(officer):
    return crowd.officer(Role.INSPECTOR, team=officer.team)


def groups(viewer, breakdown: str) -> dict[str, int | None]:
    found = report(actor=Actor.of_user(viewer), today=TODAY)
    return {one.name: one.people for one in found if one.breakdown == breakdown}


def test_everyone_managed_is_in_one_group_of_each_breakdown(officer):
    crowd_of(officer, 12, sex="M", date_of_birth=dt.date(1960, 1, 1))
    crowd_of(officer, 10, sex="F", date_of_birth=dt.date(2001, 1, 1))
    inspector = inspector_of(officer)

    assert groups(inspector, "team") == {officer.team.name: 22}
    assert groups(inspector, "sex") == {"Female": 10, "Male": 12}
    assert groups(inspector, "age") == {"25 to 39": 10, "60 and over": 12}
    assert groups(inspector, "ethnicity_self_defined") == {"Not recorded": 22}


@pytest.mark.parametrize(
    ("born_on", "band"),
    [
        (dt.date(2008, 11, 26), "17 and under"),
        (dt.date(2008, 11, 25), "18 to 24"),
        (dt.date(2001, 11, 26), "18 to 24"),
        (dt.date(2001, 11, 25), "25 to 39"),
        (dt.date(1986, 11, 25), "40 to 59"),
        (dt.date(1966, 11, 26), "40 to 59"),
        (dt.date(1966, 11, 25), "60 and over"),
    ],
)
def test_age_is_in_whole_years_on_the_day(officer, born_on, band):
    crowd_of(officer, 10, date_of_birth=born_on)
    inspector = inspector_of(officer)

    assert groups(inspector, "age") == {band: 10}


def test_small_groups_are_not_told(officer):
    crowd_of(officer, 30, sex="M")
    crowd_of(officer, 9, sex="F")
    inspector = inspector_of(officer)

    assert groups(inspector, "sex") == {"Female": None, "Male": None}


def test_closed_records_count_for_an_inspector_and_not_for_a_supervisor(officer):
    crowd_of(officer, 11)
    [closed] = crowd_of(officer, 1, is_restricted=True)
    supervisor = crowd.officer(Role.SUPERVISOR, team=officer.team)
    inspector = inspector_of(officer)
    crowd.named(closed, officer)

    assert groups(inspector, "team") == {officer.team.name: 12}
    assert groups(supervisor, "team") == {officer.team.name: 11}


def test_overdue_visits_are_counted_of_each_group(officer):
    for sex, due_on in (("M", TODAY), ("F", TODAY - dt.timedelta(days=1))):
        for person in crowd_of(officer, 20, sex=sex):
            crowd.owing(person, due_on)
    inspector = inspector_of(officer)
    found = report(actor=Actor.of_user(inspector), today=TODAY)
    overdue = {
        one.name: one.parts[Measure.VISIT_OVERDUE] for one in found if one.breakdown == "sex"
    }

    assert overdue["Female"].number == 20
    assert overdue["Male"].number == 0
    assert overdue["Female"].is_apart


def test_it_takes_as_many_statements_for_many_as_for_few(officer, django_assert_max_num_queries):
    inspector = inspector_of(officer)
    crowd_of(officer, 15)
    report(actor=Actor.of_user(inspector), today=TODAY)
    with django_assert_max_num_queries(6):
        report(actor=Actor.of_user(inspector), today=TODAY)
