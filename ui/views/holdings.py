"""A condition of an order, a device and an online account of one person, and what became of it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from rest_framework.serializers import ChoiceField, Serializer

from accounts.actor import Actor
from accounts.policy import Action
from offenders.models import Offender, Order, OrderCondition
from ui import words
from ui.views.holding_parts import condition_words
from ui.views.page import page
from ui.views.person_form import PersonForm
from workflows.actions import holdings
from workflows.errors import NotVisible
from workflows.queries import person as people
from workflows.queries.holdings import Held, holdings_of
from workflows.steps.holdings import (
    AddAccount,
    AddCondition,
    AddDevice,
    ChangeHolding,
    VoidCondition,
)


def _live_orders(person: Offender) -> list[tuple[str, str]]:
    """The live orders as choices: the id of each, and its kind and day in words."""
    live = people.live(people.orders_of(person), timezone.localdate())
    return [
        (
            str(order.public_id),
            f"{Order.Kind(order.kind).label}, made {words.long_day(order.made_on)}",
        )
        for order in live
    ]


def _only_order(person: Offender) -> dict[str, Any]:
    """The order that the condition can only be of, where the person has one live order alone."""
    live = _live_orders(person)
    return {"order": live[0][0]} if len(live) == 1 else {}


def _of_a_live_order(form: Serializer, person: Offender) -> Serializer:
    """`form`, in which the order is chosen from the live ones."""
    asked = form.fields["order"]
    form.fields["order"] = ChoiceField(
        label=asked.label,
        choices=_live_orders(person),
        error_messages={"required": "Choose the order", "invalid_choice": "Choose a live order"},
    )
    return form


CONDITION = PersonForm(
    route="condition",
    shape=AddCondition,
    action=Action.ORDER_CONDITION_ADD,
    act=holdings.add_condition,
    title="Condition of an order",
    hint="Each condition is gone through by itself at every visit.",
    submit="Save condition",
    said="Condition saved.",
    icon="order",
    starts=_only_order,
    fits=_of_a_live_order,
)


def _condition(person: Offender, condition: UUID) -> str:
    """Which condition it is, void or not: whoever sends a form twice is told that it is."""
    known = OrderCondition.objects.filter(order__offender=person, public_id=condition)
    found = known.select_related("order").first()
    if found is None:
        raise NotVisible
    return condition_words(found)


CONDITION_VOID = PersonForm(
    route="void-condition",
    shape=VoidCondition,
    action=Action.ORDER_CONDITION_VOID,
    act=holdings.void_condition,
    title="Void a condition",
    hint="For one that was written down wrongly. It is kept, with why, and binds no more.",
    submit="Void condition",
    said="The condition is void.",
    icon="order",
    besides=_condition,
    decides=True,
)
DEVICE = PersonForm(
    route="device",
    shape=AddDevice,
    action=Action.DEVICE_ADD,
    act=holdings.add_device,
    title="Device",
    hint="What it is, never what is on it.",
    submit="Save device",
    said="Device saved.",
    icon="signal",
)
ACCOUNT = PersonForm(
    route="account",
    shape=AddAccount,
    action=Action.ONLINE_ACCOUNT_ADD,
    act=holdings.add_account,
    title="Online account",
    hint="The name there, never a password and never a bank account.",
    submit="Save account",
    said="Account saved.",
    icon="signal",
)


def _device(person: Offender, id: UUID) -> str:  # noqa: A002  (as the form of the API names it)
    return _named(holdings_of(person)[0], id)


def _account(person: Offender, id: UUID) -> str:  # noqa: A002
    return _named(holdings_of(person)[1], id)


def _named(known: list[Held], public_id: UUID) -> str:
    """Which of them it is, and how it stands."""
    held = next((one for one in known if one.id == public_id), None)
    if held is None:
        raise NotVisible
    return f"{held.label}: {held.state_label}, {words.long_day(held.since_on)}"


DEVICE_CHANGE = PersonForm(
    route="change-device",
    shape=ChangeHolding,
    action=Action.DEVICE_CHANGE,
    act=holdings.change_device,
    title="What became of a device",
    submit="Save",
    said="Device saved.",
    icon="signal",
    besides=_device,
    decides=True,
)
ACCOUNT_CHANGE = PersonForm(
    route="change-account",
    shape=ChangeHolding,
    action=Action.ONLINE_ACCOUNT_CHANGE,
    act=holdings.change_account,
    title="What became of an online account",
    submit="Save",
    said="Account saved.",
    icon="signal",
    besides=_account,
    decides=True,
)


@page(CONDITION.action, "GET", "HEAD", "POST")
def condition(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """The form of a condition, and writing it down."""
    return CONDITION.answer(request, by, person)


@page(CONDITION_VOID.action, "GET", "HEAD", "POST")
def void_condition(request: HttpRequest, by: Actor, person: UUID, condition: UUID) -> HttpResponse:
    """Voiding a condition that was written down wrongly."""
    return CONDITION_VOID.answer(request, by, person, condition=condition)


@page(DEVICE.action, "GET", "HEAD", "POST")
def device(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """The form of a device, and writing it down."""
    return DEVICE.answer(request, by, person)


@page(ACCOUNT.action, "GET", "HEAD", "POST")
def account(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """The form of an account, and writing it down."""
    return ACCOUNT.answer(request, by, person)


@page(DEVICE_CHANGE.action, "GET", "HEAD", "POST")
def change_device(request: HttpRequest, by: Actor, person: UUID, device: UUID) -> HttpResponse:
    """Saying what became of a device."""
    return DEVICE_CHANGE.answer(request, by, person, id=device)


@page(ACCOUNT_CHANGE.action, "GET", "HEAD", "POST")
def change_account(request: HttpRequest, by: Actor, person: UUID, account: UUID) -> HttpResponse:
    """Saying what became of an online account."""
    return ACCOUNT_CHANGE.answer(request, by, person, id=account)
