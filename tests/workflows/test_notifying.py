"""A change that was notified: recorded in one act, and a new home that stands at once."""

import datetime as dt

import pytest
import time_machine

from accounts.errors import NotPermitted
from accounts.models import Role
from offenders.errors import Invalid, RuleBroken
from offenders.models import Address, Notification
from tests import make
from tests.workflows import doing
from workflows.actions.notifying import notify_change
from workflows.actions.people import change_status
from workflows.errors import NotVisible
from workflows.invariants import broken

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
TODAY = MONDAY.date()
HOME = {
    "new_address_kind": "main_residence",
    "new_address_line": "9 Example Row",
    "new_address_town": "Examplewich",
    "new_address_postcode": "qx9 1aa",
    "new_address_from": dt.date(2026, 11, 21),
}


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def person():
    found = make.person(
        last_effective_visit_on="2026-06-01",
        last_notification_on="2026-10-01",
        address_line_1="1 Old Street",
        postcode="QX1 1AA",
    )
    make.activate(found.offender_manager)
    return found


def notify(person, *, by=None, item="home", **values):
    said = {
        "notified_on": TODAY,
        "station": "Quay Street",
        "acknowledged": True,
        "details_changed": "",
    }
    return notify_change(
        by=make.actor(by or person.offender_manager),
        offender=person.public_id,
        item=item,
        **said | values,
    )


def homes(person):
    found = person.addresses.filter(kind__in=Address.HOME).order_by("pk")
    return [(one.line_1, one.until_on) for one in found]


def test_one_act_records_it_moves_the_home_and_leaves_the_check_to_another(person):
    notify(person, changed_on=dt.date(2026, 11, 21), **HOME)

    [notification] = person.notifications.filter(origin="recorded")
    assert (notification.kind, notification.notified_on) == (Notification.Kind.CHANGE, TODAY)
    assert homes(person) == [("1 Old Street", dt.date(2026, 11, 21)), ("9 Example Row", None)]
    assert person.addresses.get(until_on=None).postcode == "QX9 1AA"
    owed = person.obligations.filter(kind="change_notification")
    assert [(one.about, one.due_on, bool(one.closed_at)) for one in owed] == [
        ("changed:home", dt.date(2026, 11, 23), True)
    ]
    supervisor = make.officer(Role.SUPERVISOR, team=person.team)
    doing.complete(
        person, "check_notification", {"decision": "accept", "comment": "Form seen"}, by=supervisor
    )
    assert broken() == {}


def test_the_annual_date_moves_with_it(person):
    notify(person, item="bank")

    annual = person.obligations.get(kind="periodic_notification", closed_at=None)
    assert annual.due_on == dt.date(2027, 11, 23)


def test_what_a_visit_found_is_the_same_duty_and_not_a_second(person):
    doing.visit(person)
    row = {"item": "home", "finding": "changed", "note": ""}
    doing.complete(person, "write_up", make.write_up(details=[row]), by=person.offender_manager)

    notify(person, **HOME)

    assert person.obligations.filter(kind="change_notification").count() == 1
    assert not person.obligations.filter(kind="change_notification", closed_at=None).exists()


@pytest.mark.parametrize(
    ("changed_on", "due_on", "signs"),
    [
        (dt.date(2026, 11, 9), dt.date(2026, 11, 11), ["NONC"]),
        (None, dt.date(2026, 11, 25), []),
    ],
    ids=["earlier than it was found: late", "nobody knows"],
)
def test_the_day_that_is_notified_counts_where_a_visit_did_not_know_it(
    person, changed_on, due_on, signs
):
    doing.visit(person)
    row = {"item": "home", "finding": "changed", "note": ""}
    doing.complete(person, "write_up", make.write_up(details=[row]), by=person.offender_manager)

    notify(person, changed_on=changed_on, **HOME)

    owed = person.obligations.get(kind="change_notification")
    assert (owed.due_on, bool(owed.closed_at)) == (due_on, True)
    assert list(person.indicators.values_list("code", flat=True)) == signs
    assert broken() == {}


def test_other_premises_come_beside_the_home(person):
    notify(person, item="other_premises", **HOME | {"new_address_kind": "other"})

    assert homes(person) == [("1 Old Street", None)]
    assert person.addresses.get(kind="other").line_1 == "9 Example Row"


@pytest.mark.parametrize("kind", ["", "stays"])
def test_the_address_stays_where_nothing_else_is_said(person, kind):
    notify(person, item="bank", new_address_kind=kind)

    assert homes(person) == [("1 Old Street", None)]


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"new_address_kind": ""}, "say_which_address", "new_address_kind"),
        ({"new_address_kind": "stays"}, "say_which_address", "new_address_kind"),
        ({"new_address_line": " "}, "address_needed", "new_address_line"),
        ({"new_address_postcode": "\u00df" * 8}, "invalid_postcode", "new_address_postcode"),
        ({"new_address_from": None}, "day_needed", "new_address_from"),
        ({"new_address_from": dt.date(2026, 11, 24)}, "in_future", "new_address_from"),
        ({"changed_on": dt.date(2026, 11, 24)}, "changed_afterwards", "changed_on"),
        ({"notified_on": dt.date(2026, 11, 24)}, "in_future", "notified_on"),
    ],
)
def test_half_an_address_or_a_day_to_come_is_refused_and_nothing_is_written(
    person, changed, code, field
):
    with pytest.raises(Invalid) as error:
        notify(person, **HOME | changed)

    assert (error.value.code, error.value.field) == (code, field)
    assert homes(person) == [("1 Old Street", None)]
    assert not person.detail_changes.exists()
    assert not person.obligations.filter(kind="change_notification").exists()


def detain(person):
    change_status(
        by=make.actor(person.offender_manager),
        offender=person.public_id,
        status="custody",
        on=TODAY,
    )


def notify_already(person):
    notify(person, item="bank")


def never_notified(person):
    person.notifications.all().delete()
    doing.reconcile(person, because="test")


@pytest.mark.parametrize(
    ("before", "code"),
    [
        (detain, "not_owed_now"),
        (notify_already, "notified_since"),
        (never_notified, "first_notification_owed"),
    ],
)
def test_what_is_not_owed_is_not_recorded(person, before, code):
    before(person)

    with pytest.raises(RuleBroken) as error:
        notify(person)

    assert error.value.code == code
    assert not person.detail_changes.filter(item="home").exists()


def test_only_who_records_notifications_does(person):
    inspector = make.officer(Role.INSPECTOR, force=person.force)
    with pytest.raises(NotPermitted):
        notify(person, by=inspector)
    with pytest.raises(NotVisible):
        notify(person, by=make.officer())
