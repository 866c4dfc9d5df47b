"""The team's caseload: who has whom, how much work that is, what is late."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role
from offenders.models import Address, NotificationBasis, Order, OrderCondition
from rules import current
from tests.workflows import crowd
from workflows.errors import NotVisible
from workflows.models import Kind, Obligation
from workflows.queries.caseload import (
    officer_people,
    receivers,
    team_caseload,
    teams_of,
    unmanaged_people,
)

pytestmark = pytest.mark.django_db

#: A Monday in winter. The clock stands at its noon: nothing here depends on when it is run.
TODAY = dt.date(2026, 11, 23)
LATE, SOON = TODAY - dt.timedelta(days=9), TODAY + dt.timedelta(days=3)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def team():
    return crowd.team(crowd.force())


@pytest.fixture
def officer(team):
    return crowd.officer(team=team)


@pytest.fixture
def supervisor(team) -> Actor:
    return Actor.of_user(crowd.officer(Role.SUPERVISOR, team=team))


def test_each_officer_has_their_people_points_and_what_is_late(supervisor, officer, team):
    other = crowd.officer(team=team)
    high = crowd.person(officer, management_level="high")
    crowd.owing(high, LATE)
    crowd.owing(high, LATE, Kind.RISK_REASSESSMENT)
    crowd.owing(crowd.person(officer, management_level="low"), SOON)
    crowd.person(other, management_mode="reactive")
    crowd.person(None, team=team, management_level="very_high")
    found = team_caseload(actor=supervisor, team=team.public_id, today=TODAY)
    rows = {load.id: (load.people, load.overdue, load.points) for load in found.officers}
    assert rows == {
        supervisor_id(supervisor): (0, 0, Decimal(0)),
        officer.public_id: (2, 2, Decimal(4)),
        other.public_id: (1, 0, Decimal("0.25")),
        None: (1, 0, Decimal(6)),
    }
    assert found.officers[-1].id is None
    assert (found.people, found.overdue) == (4, 2)


def supervisor_id(supervisor: Actor) -> object:
    return crowd.User.objects.get(pk=supervisor.user_id).public_id


def test_what_was_closed_or_has_ended_weighs_nothing(supervisor, officer, team):
    done = crowd.owing(crowd.person(officer), LATE)
    Obligation.objects.filter(pk=done.pk).update(closed_at=timezone.now(), closed_because="done")
    one, two = crowd.officer(team=team), crowd.officer(team=team)
    crowd.person(officer, registration_ended_on=TODAY, end_proposed_by=one, end_endorsed_by=two)
    found = team_caseload(actor=supervisor, team=team.public_id, today=TODAY)
    [load] = [load for load in found.officers if load.id == officer.public_id]
    assert (load.people, load.overdue) == (1, 0)


def test_who_registered_lately_weighs_a_quarter_more(supervisor, officer, team):
    person = crowd.person(officer, management_level="low")
    NotificationBasis.objects.update(relevant_date=TODAY - dt.timedelta(days=90))
    assert [row.points for row in listed(supervisor, officer)] == [Decimal("1.25")]
    NotificationBasis.objects.update(relevant_date=TODAY - dt.timedelta(days=91))
    assert [row.points for row in listed(supervisor, officer)] == [Decimal(1)]
    assert person.bases.count() == 1


DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("order", "condition", "points", "why"),
    [
        ({}, {}, "1.25", "an order, and a condition about devices"),
        ({"kind": "sopo"}, {}, "1.25", "made before March 2015, when it was called a SOPO"),
        ({"kind": "sro"}, {}, "1", "a risk order puts nobody on the register"),
        ({}, {"category": "internet"}, "1", "no device is named"),
        ({}, {"category": "contact_with_children"}, "1", "something else"),
        ({"ends_on": TODAY}, {}, "1.25", "its last day"),
        ({"ends_on": TODAY - DAY}, {}, "1", "over since yesterday"),
        ({"discharged_on": TODAY + DAY}, {}, "1.25", "discharged from tomorrow"),
        ({"discharged_on": TODAY}, {}, "1", "discharged today"),
        ({}, {"ends_on": TODAY}, "1.25", "the last day of the condition"),
        ({}, {"ends_on": TODAY - DAY}, "1", "the order goes on without it"),
        ({}, {"starts_on": TODAY}, "1.25", "from today"),
        ({}, {"starts_on": TODAY + DAY}, "1", "from tomorrow"),
        ({}, {"void_reason": "Typed wrongly"}, "1", "void"),
    ],
)
def test_an_order_about_devices_weighs_a_quarter_more(  # noqa: PLR0917 - a table
    supervisor, officer, order, condition, points, why
):
    person, made_on = crowd.person(officer, management_level="low"), TODAY - 400 * DAY
    made = Order.objects.create(**{"offender": person, "kind": "shpo", "made_on": made_on} | order)
    about = {"order": made, "category": "device", "polarity": "prohibition", "starts_on": made_on}
    if "void_reason" in condition:
        condition = condition | {"voided_by": officer, "voided_at": timezone.now()}
    OrderCondition.objects.create(**about | {"recorded_by": officer} | condition)

    [row] = listed(supervisor, officer)
    of_team = team_caseload(actor=supervisor, team=officer.team.public_id, today=TODAY).officers

    assert row.points == Decimal(points), why
    assert sum(load.points for load in of_team) == Decimal(points), why


def test_two_conditions_about_devices_weigh_as_one(supervisor, officer):
    person = crowd.person(officer, management_level="low")
    for kind in ("shpo", "interim_shpo"):
        order = Order.objects.create(offender=person, kind=kind, made_on=TODAY - 9 * DAY)
        for text in ("No phone", "No tablet"):
            OrderCondition.objects.create(
                order=order,
                text=text,
                category="device",
                polarity="prohibition",
                starts_on=order.made_on,
                recorded_by=officer,
            )
    assert [row.points for row in listed(supervisor, officer)] == [Decimal("1.25")]


def listed(by: Actor, officer: object) -> list:
    return officer_people(actor=by, officer=officer.public_id, today=TODAY)


def test_an_officers_people_come_with_what_is_due_next(supervisor, officer):
    settled, late = crowd.person(officer), crowd.person(officer)
    crowd.owing(late, SOON)
    crowd.owing(late, LATE, Kind.RISK_REASSESSMENT)
    Address.objects.create(offender=late, kind="main_residence", line_1="1", postcode="QX7 1AA")
    first, second = listed(supervisor, officer)
    assert (first.id, first.next_kind, first.due_on) == (late.public_id, "risk_reassessment", LATE)
    assert (first.overdue, first.area) == (1, "QX7")
    assert (second.id, second.next_kind, second.due_on) == (settled.public_id, None, None)


def test_whom_the_viewer_may_not_see_is_neither_listed_nor_counted(supervisor, officer, team):
    crowd.person(officer, is_restricted=True)
    tied = crowd.person(officer)
    crowd.conflict(tied, crowd.User.objects.get(pk=supervisor.user_id))
    assert listed(supervisor, officer) == []
    assert team_caseload(actor=supervisor, team=team.public_id, today=TODAY).people == 0


def test_another_team_is_not_there_and_an_inspector_sees_every_team(supervisor, team):
    other = crowd.team(team.force)
    stranger = crowd.team(crowd.force())
    with pytest.raises(NotVisible):
        team_caseload(actor=supervisor, team=other.public_id, today=TODAY)
    inspector = Actor.of_user(crowd.officer(Role.INSPECTOR, force=team.force))
    assert set(teams_of(inspector)) == {team, other}
    with pytest.raises(NotVisible):
        team_caseload(actor=inspector, team=stranger.public_id, today=TODAY)


def test_lapsed_vetting_takes_nobody_on_but_keeps_its_row(supervisor, officer, team):
    officer.vetting_expires_on = TODAY - dt.timedelta(days=1)
    officer.save()
    found = team_caseload(actor=supervisor, team=team.public_id, today=TODAY)
    assert {load.id: load.can_receive for load in found.officers}[officer.public_id] is False


def test_people_nobody_manages_are_listed_by_team(supervisor, team):
    alone = crowd.person(None, team=team)
    crowd.person(None, team=crowd.team(team.force))
    crowd.person(None, team=team, is_restricted=True)
    found = unmanaged_people(actor=supervisor, team=team.public_id, today=TODAY)
    assert [row.id for row in found] == [alone.public_id]


def test_who_can_take_people_on_is_the_team_or_for_an_inspector_the_force(supervisor, team):
    chief = crowd.User.objects.get(pk=supervisor.user_id)
    here = crowd.officer(team=team)
    there = crowd.officer(team=crowd.team(team.force))
    for unable in (
        crowd.officer(team=crowd.team(crowd.force())),
        crowd.officer(force=team.force),
        crowd.officer(Role.INSPECTOR, team=team),
    ):
        assert unable not in receivers(actor=supervisor, today=TODAY)
    lapsed = crowd.officer(team=team)
    lapsed.vetting_expires_on = TODAY - dt.timedelta(days=1)
    lapsed.save()
    inspector = Actor.of_user(crowd.officer(Role.INSPECTOR, force=team.force))
    assert set(receivers(actor=supervisor, today=TODAY)) == {chief, here}
    assert set(receivers(actor=inspector, today=TODAY)) == {chief, here, there}


def test_statements_do_not_grow_with_the_team(supervisor, officer, team):
    counts = []
    current.in_force(TODAY)  # kept by the process from then on
    for number in (1, 12):
        for _ in range(number):
            crowd.owing(crowd.person(crowd.officer(team=team)), LATE)
            crowd.owing(crowd.person(officer), SOON)
        with CaptureQueriesContext(connection) as asked:
            team_caseload(actor=supervisor, team=team.public_id, today=TODAY)
            listed(supervisor, officer)
        counts.append(len(asked))
    assert counts == [8, 8]  # one of them asks who is away
