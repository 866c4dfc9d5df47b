"""Conditions of orders, devices and online accounts: written down once, with their history."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.errors import NotPermitted, ReasonRequired
from accounts.models import Role
from audit.models import Event, Payload
from offenders.errors import Invalid, RuleBroken, Stale
from offenders.models import Device, HoldingStatus, Order
from tests import make
from tests.workflows import doing
from workflows.actions import holdings
from workflows.errors import NotVisible
from workflows.invariants import broken
from workflows.queries.holdings import conditions_of, holdings_of, other_conditions_of

pytestmark = pytest.mark.django_db

#: A Monday morning in winter time.
MONDAY = dt.datetime(2026, 11, 23, 10, 0, tzinfo=dt.UTC)
TODAY = MONDAY.date()
MADE = dt.date(2026, 5, 4)


@pytest.fixture(autouse=True)
def _on_monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def under_order(**facts):
    person = make.person()
    Order.objects.create(**({"offender": person, "kind": "shpo", "made_on": MADE} | facts))
    return person


def condition(person, **values):
    return holdings.add_condition(
        by=make.actor(make.activate(person.offender_manager)),
        offender=person.public_id,
        **{
            "order": person.orders.get().public_id,
            "polarity": "prohibition",
            "text": "Not to have a device that can reach the internet without telling the police",
            "category": "device",
            "starts_on": MADE,
            "ends_on": None,
        }
        | values,
    )


def device(person, **values):
    return holdings.add_device(
        by=make.actor(make.activate(person.offender_manager)),
        offender=person.public_id,
        **{
            "kind": "phone",
            "description": "Example 5",
            "identifier": "",
            "state": "declared",
            "on": TODAY,
            "reference": "",
        }
        | values,
    )


def account(person, **values):
    return holdings.add_account(
        by=make.actor(make.activate(person.offender_manager)),
        offender=person.public_id,
        **{
            "service": "Example chat",
            "user_name": "quill",
            "state": "declared",
            "on": TODAY,
            "reference": "",
        }
        | values,
    )


@pytest.mark.parametrize(
    ("day", "order", "item", "binds", "reason"),
    [
        (dt.date(2026, 5, 3), {}, {}, False, "the order is not made yet"),
        (dt.date(2026, 5, 4), {}, {}, True, "from its first day"),
        (dt.date(2026, 6, 30), {}, {"ends_on": dt.date(2026, 6, 30)}, True, "its last day"),
        (dt.date(2026, 7, 1), {}, {"ends_on": dt.date(2026, 6, 30)}, False, "periods differ"),
        (dt.date(2031, 5, 3), {"ends_on": dt.date(2031, 5, 3)}, {}, True, "with the order"),
        (dt.date(2031, 5, 4), {"ends_on": dt.date(2031, 5, 3)}, {}, False, "over with the order"),
        (dt.date(2026, 9, 1), {"discharged_on": dt.date(2026, 9, 1)}, {}, False, "discharged"),
        (dt.date(2026, 8, 31), {"discharged_on": dt.date(2026, 9, 1)}, {}, True, "the day before"),
    ],
)
def test_a_condition_binds_from_its_first_to_its_last_day(day, order, item, binds, reason):
    person = under_order(**order)
    condition(person, **item)

    assert bool(conditions_of(person, day)) is binds, reason


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"order": "no-id"}, "no_such_order"),
        ({"order": uuid.uuid4()}, "no_such_order"),
        ({"starts_on": dt.date(2026, 5, 3)}, "before_order"),
        ({"ends_on": dt.date(2026, 5, 3)}, "ends_first"),
        ({"ends_on": dt.date(2031, 5, 4)}, "after_order"),
    ],
)
def test_a_condition_that_does_not_fit_its_order_is_refused(values, code):
    person = under_order(ends_on=dt.date(2031, 5, 3))

    with pytest.raises(Invalid) as error:
        condition(person, **values)

    assert error.value.code == code


def test_a_condition_is_written_down_once():
    person = under_order()
    condition(person)

    with pytest.raises(RuleBroken) as error:
        condition(person)

    assert error.value.code == "condition_known"


WRONG = "Typed into the wrong person's record"


def void(person, wrong, by=None, reason=WRONG, **more):
    return holdings.void_condition(
        by=make.actor(by or person.offender_manager),
        offender=person.public_id,
        condition=wrong.public_id,
        reason=reason,
        **more,
    )


def supervisor_of(person):
    return make.officer(Role.SUPERVISOR, team=person.team)


def test_a_condition_typed_wrongly_is_voided_kept_with_why_and_binds_on_no_day():
    person = under_order()
    wrong = condition(person)
    owed = list(person.obligations.order_by("pk").values())
    version = type(person).objects.get(pk=person.pk).version

    void(person, wrong)

    wrong.refresh_from_db()
    assert (wrong.void_reason, wrong.voided_by) == (WRONG, person.offender_manager)
    assert wrong.voided_at is not None
    for day in (MADE, TODAY, dt.date(2030, 1, 1)):
        assert conditions_of(person, day) == []
    event = Event.objects.get(action="order_condition.void")
    assert (event.operation, event.reason) == ("alteration", WRONG)
    assert (event.offender_id, event.subject) == (person.pk, f"order_condition:{wrong.public_id}")
    person.refresh_from_db()
    assert person.version == version + 1
    assert list(person.obligations.order_by("pk").values()) == owed, "nothing owed rests on it"
    assert broken() == {}


def test_what_was_voided_can_be_written_down_again_as_it_should_be():
    person = under_order()
    void(person, condition(person))

    again = condition(person)

    assert conditions_of(person, TODAY) == [again]


def test_a_colleague_voids_nobody_elses_entry_and_a_supervisor_does():
    person = under_order()
    wrong = condition(person)

    with pytest.raises(RuleBroken) as error:
        void(person, wrong, by=make.officer(team=person.team))
    assert error.value.code == "not_yours"

    assert void(person, wrong, by=supervisor_of(person)).voided_at is not None


@pytest.mark.parametrize(
    ("finding", "is_refused", "reason"),
    [
        ("kept", True, "it was looked at"),
        ("not_kept", True, "a breach was seen"),
        ("not_checked", False, "nobody looked"),
    ],
)
def test_what_a_visit_went_through_is_a_supervisors_to_void(finding, is_refused, reason):
    person = under_order()
    wrong = condition(person)
    visit = doing.visit(person)
    row = {"condition": wrong.public_id, "finding": finding, "seen": "A second phone"}
    written = make.write_up(condition_checks=[row], orders_complied_with="no")
    doing.complete(person, "write_up", written, by=person.offender_manager)

    if is_refused:
        with pytest.raises(RuleBroken) as error:
            void(person, wrong)
        assert error.value.code == "gone_through"
    void(person, wrong, by=supervisor_of(person) if is_refused else None)

    kept = visit.write_ups.get().condition_checks.get()
    assert (kept.checked, kept.finding) == (wrong, finding), "what was written up stays"


def test_a_condition_is_voided_once():
    person = under_order()
    wrong = condition(person)
    void(person, wrong)

    with pytest.raises(RuleBroken) as error:
        void(person, wrong)

    assert error.value.code == "already_void"


def test_a_void_needs_a_reason_and_leaves_nothing_without_one():
    person = under_order()
    wrong = condition(person)

    with pytest.raises(ReasonRequired):
        void(person, wrong, reason="  ")

    wrong.refresh_from_db()
    assert wrong.voided_at is None


def test_the_condition_of_another_person_is_not_there_to_be_voided():
    person, other = under_order(), under_order()

    with pytest.raises(NotVisible):
        void(person, condition(other))


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.AUDITOR])
def test_who_may_not_void_a_condition(role):
    person = under_order()
    wrong = condition(person)

    with pytest.raises((NotPermitted, NotVisible)):
        void(person, wrong, by=make.officer(role, team=person.team))


def test_a_void_on_an_old_version_is_refused():
    person = under_order()
    wrong = condition(person)

    with pytest.raises(Stale):
        void(person, wrong, version=0)


def test_the_database_keeps_no_void_without_who_and_why():
    wrong = condition(under_order())

    with pytest.raises(IntegrityError), transaction.atomic():
        type(wrong).objects.filter(pk=wrong.pk).update(voided_at=MONDAY)


def test_conditions_that_do_not_bind_today_are_known_too_so_that_they_can_be_put_right():
    person = under_order()
    binding = condition(person)
    ahead = condition(person, text="Not to travel", starts_on=TODAY + dt.timedelta(days=1))
    over = condition(person, text="To report", ends_on=TODAY - dt.timedelta(days=1))
    void(person, condition(person, text="Typed twice"))

    assert conditions_of(person, TODAY) == [binding]
    assert set(other_conditions_of(person, TODAY)) == {ahead, over}


def test_a_device_keeps_its_history_and_the_newest_line_stands():
    person = make.person()
    found = device(person, state="found_undeclared", on=dt.date(2026, 11, 20))

    holdings.change_device(
        by=make.actor(person.offender_manager),
        offender=person.public_id,
        id=found.public_id,
        state="seized",
        on=TODAY,
        reference="Exhibit AB/1",
    )

    [held] = holdings_of(person)[0]
    assert (held.state, held.since_on, held.is_held) == ("seized", TODAY, False)
    assert list(found.history.order_by("pk").values_list("state", flat=True)) == [
        "found_undeclared",
        "seized",
    ]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"state": "seized", "on": dt.date(2026, 11, 24)}, "in_future"),
        ({"state": "seized", "on": dt.date(2026, 11, 19)}, "before_last"),
        ({"state": "declared", "on": TODAY}, "as_it_was"),
    ],
)
def test_a_line_that_cannot_be_is_refused(values, code):
    person = make.person()
    found = device(person, on=dt.date(2026, 11, 20))

    with pytest.raises((Invalid, RuleBroken)) as error:
        holdings.change_device(
            by=make.actor(person.offender_manager),
            offender=person.public_id,
            id=found.public_id,
            **values,
        )

    assert error.value.code == code


@pytest.mark.parametrize("typed", ["ab-35-209", " ab-35-209", "AB-35-209 "])
def test_a_number_names_one_device(typed):
    person = make.person()
    device(person, identifier="AB-35-209")

    with pytest.raises(RuleBroken) as error:
        device(person, identifier=typed)

    assert error.value.code == "device_known"


def test_an_account_is_written_down_once_however_it_is_typed():
    person = make.person()
    account(person)

    with pytest.raises(RuleBroken) as error:
        account(person, user_name="QUILL")

    assert error.value.code == "account_known"
    assert [held.label for held in holdings_of(person)[1]] == ["Example chat: quill"]


def test_the_record_says_which_device_and_never_its_number_or_a_user_name():
    person = make.person()
    device(person, identifier="SERIAL-77")
    account(person, user_name="quill-secret")

    kept = " ".join(str(row) for row in Payload.objects.values_list("payload", flat=True))
    assert "SERIAL-77" not in kept
    assert "quill-secret" not in kept
    assert Event.objects.filter(action="device.add").count() == 1


def test_a_device_of_another_person_is_not_there():
    person, other = make.person(), make.person()
    found = device(other)

    with pytest.raises(NotVisible):
        holdings.change_device(
            by=make.actor(make.activate(person.offender_manager)),
            offender=person.public_id,
            id=found.public_id,
            state="seized",
            on=TODAY,
        )


def test_an_inspector_writes_no_device_down():
    person = make.person()
    inspector = make.officer(Role.INSPECTOR, force=person.force)

    with pytest.raises(NotPermitted):
        holdings.add_device(by=make.actor(inspector), offender=person.public_id)


def test_the_database_takes_a_line_about_one_thing_alone():
    person = make.person()
    one, other = device(person), account(person)

    for pair in ({}, {"device": one, "account": other}):
        with pytest.raises(IntegrityError), transaction.atomic():
            HoldingStatus.objects.create(
                state="seized", since_on=TODAY, recorded_by=person.offender_manager, **pair
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        Device.objects.filter(pk=one.pk).update(kind="toaster")


@pytest.mark.parametrize("field", ["service", "user_name", "reference"])
def test_a_bank_account_is_no_online_account(field):
    with pytest.raises(Invalid) as error:
        account(make.person(), **{field: "Example Bank 12-34-56 12345678"})
    assert (error.value.code, error.value.field) == ("account_number", field)
