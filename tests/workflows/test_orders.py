"""A court order with its conditions, and warning markers: written down, and what follows."""

import datetime as dt

import pytest
import time_machine

from accounts.errors import NotPermitted, ReasonRequired
from accounts.models import Role
from offenders.errors import Invalid, RuleBroken
from offenders.models import Order, OrderCondition
from tests import make
from workflows.actions import orders
from workflows.facts import registration_of
from workflows.queries.person import markers_of

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
TODAY = MONDAY.date()
MADE = dt.date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def person():
    found = make.person(basis="caution", relevant_date=dt.date(2025, 1, 10))
    make.activate(found.offender_manager)
    return found


def row(**values):
    facts = {"polarity": "prohibition", "text": "Not to be alone with a child"}
    return (
        facts | {"category": "contact_with_children", "starts_on": None, "ends_on": None} | values
    )


def record(person, **values):
    given = {"kind": "shpo", "made_on": MADE, "ends_on": dt.date(2031, 11, 19)} | values
    return orders.record_order(
        by=make.actor(person.offender_manager), offender=person.public_id, **given
    )


def test_an_order_that_holds_moves_the_end_of_registration(person):
    before = registration_of(person, today=TODAY).over_on

    order = record(person, conditions=[row(), row(text="Monitored", starts_on=TODAY)])

    assert before == dt.date(2027, 1, 9)
    assert registration_of(person, today=TODAY).over_on == dt.date(2031, 11, 19)
    kept = list(order.conditions.order_by("pk").values_list("text", "starts_on", "recorded_by"))
    manager = person.offender_manager_id
    assert kept == [
        ("Not to be alone with a child", MADE, manager),
        ("Monitored", TODAY, manager),
    ]


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"made_on": dt.date(2026, 11, 24)}, "in_future", "made_on"),
        ({"ends_on": dt.date(2026, 11, 19)}, "ends_first", "ends_on"),
        (
            {"conditions": [row(), row(starts_on=dt.date(2026, 11, 19))]},
            "before_order",
            "conditions.1.starts_on",
        ),
        (
            {"conditions": [row(ends_on=dt.date(2032, 1, 1))]},
            "after_order",
            "conditions.0.ends_on",
        ),
        ({"conditions": [row(), row()]}, "condition_known", "conditions.1.text"),
    ],
)
def test_an_order_that_cannot_be_is_refused_and_nothing_is_written(person, values, code, field):
    with pytest.raises(Invalid) as error:
        record(person, **values)

    assert (error.value.code, error.value.field) == (code, field)
    assert not Order.objects.exists()
    assert not OrderCondition.objects.exists()


def test_an_order_is_written_down_once(person):
    record(person)
    with pytest.raises(RuleBroken) as error:
        record(person, ends_on=None)
    assert error.value.code == "order_known"


def live(person):
    return [one.code for one in markers_of([person.pk]).get(person.pk, [])]


def mark(person, by, act=orders.add_marker, **values):
    given = {"code": "VI", "reason": "PNC, 20 November"} | values
    return act(by=make.actor(by), offender=person.public_id, **given)


def test_a_marker_is_set_once_and_withdrawn_by_who_does_not_go(person):
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    mark(person, person.offender_manager)
    assert live(person) == ["VI"]
    with pytest.raises(RuleBroken) as error:
        mark(person, supervisor)
    assert error.value.code == "marker_known"
    with pytest.raises(NotPermitted):
        mark(person, person.offender_manager, orders.withdraw_marker)
    with pytest.raises(ReasonRequired):
        mark(person, supervisor, orders.withdraw_marker, reason=" ")
    assert live(person) == ["VI"]

    mark(person, supervisor, orders.withdraw_marker)

    assert live(person) == []
    assert person.markers.get().withdrawn_on == TODAY, "it is kept"
    with pytest.raises(RuleBroken) as error:
        mark(person, supervisor, orders.withdraw_marker)
    assert error.value.code == "no_such_marker"
