"""A court order and the warning markers of one person."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from rest_framework.serializers import Serializer

from accounts.actor import Actor
from accounts.policy import Action
from offenders.models import Offender
from ui.views.order_parts import discharge_line, order_line
from ui.views.page import page
from ui.views.person_form import PersonForm
from workflows.actions import orders
from workflows.queries import person as people
from workflows.steps.orders import (
    AddMarker,
    DischargeOrder,
    RecordOrder,
    VoidDischarge,
    WithdrawMarker,
)

ORDER = PersonForm(
    route="order",
    shape=RecordOrder,
    action=Action.ORDER_RECORD,
    act=orders.record_order,
    title="Court order",
    hint="Each condition is gone through by itself at every visit. A sexual harm prevention order "
    "holds the person on the register until it ends.",
    submit="Save order",
    said="Order saved. What is due was worked out again.",
    icon="order",
    decides=True,
)


def _order(person: Offender, order: UUID) -> str:
    """Which order it is, discharged or not: whoever sends a form twice is told that it is."""
    line = order_line(people.order_of(person, order), timezone.localdate())
    return f"{line['label']}. {line['words']}"


DISCHARGE = PersonForm(
    route="discharge-order",
    shape=DischargeOrder,
    action=Action.ORDER_DISCHARGE,
    act=orders.discharge_order,
    title="Discharge of an order",
    hint="What a court decided. Its conditions bind no more from that day on, and whether it held "
    "the person on the register is worked out again.",
    submit="Save discharge",
    said="Discharge saved. What is due was worked out again.",
    icon="order",
    besides=_order,
    decides=True,
)


def _discharge(person: Offender, discharge: UUID) -> str:
    """Which discharge it is, void or not."""
    line = discharge_line(people.discharge_of(person, discharge), shows_text=True)
    return f"{line['label']}. {line['words']}"


DISCHARGE_VOID = PersonForm(
    route="void-discharge",
    shape=VoidDischarge,
    action=Action.ORDER_DISCHARGE_VOID,
    act=orders.void_discharge,
    title="Void a discharge",
    hint="For one that was written down wrongly. It is kept, with why, and the order binds as "
    "before.",
    submit="Void discharge",
    said="The discharge is void. What is due was worked out again.",
    icon="order",
    besides=_discharge,
    decides=True,
)
MARKER = PersonForm(
    route="marker",
    shape=AddMarker,
    action=Action.MARKER_ADD,
    act=orders.add_marker,
    title="Warning marker",
    hint="It stands wherever the person does. With VI, FI, WE or AG nobody goes alone.",
    submit="Save marker",
    said="Marker saved.",
    icon="warning",
    decides=True,
)


def _of_those_that_stand(form: Serializer, person: Offender) -> Serializer:
    """`form`, in which one of the person's own markers is chosen."""
    live = people.markers_of([person.pk]).get(person.pk, [])
    field: Any = form.fields["code"]
    field.choices = [(one.code, one.get_code_display()) for one in live]
    return form


MARKER_END = PersonForm(
    route="withdraw-marker",
    shape=WithdrawMarker,
    action=Action.MARKER_WITHDRAW,
    act=orders.withdraw_marker,
    title="Withdraw a warning marker",
    hint="From today on. It is kept, with why.",
    submit="Withdraw marker",
    said="Marker withdrawn.",
    icon="warning",
    fits=_of_those_that_stand,
    decides=True,
)


@page(ORDER.action, "GET", "HEAD", "POST")
def order(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """The form of an order, and writing it down."""
    return ORDER.answer(request, by, person)


@page(DISCHARGE.action, "GET", "HEAD", "POST")
def discharge(request: HttpRequest, by: Actor, person: UUID, order: UUID) -> HttpResponse:
    """The form of a discharge, and writing it down."""
    return DISCHARGE.answer(request, by, person, order=order)


@page(DISCHARGE_VOID.action, "GET", "HEAD", "POST")
def void_discharge(request: HttpRequest, by: Actor, person: UUID, discharge: UUID) -> HttpResponse:
    """Voiding a discharge that was written down wrongly."""
    return DISCHARGE_VOID.answer(request, by, person, discharge=discharge)


@page(MARKER.action, "GET", "HEAD", "POST")
def marker(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """The form of a marker, and setting it."""
    return MARKER.answer(request, by, person)


@page(MARKER_END.action, "GET", "HEAD", "POST")
def withdraw_marker(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """Withdrawing a marker."""
    return MARKER_END.answer(request, by, person)
