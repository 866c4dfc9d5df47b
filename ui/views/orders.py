"""A court order and the warning markers of one person."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from rest_framework.serializers import Serializer

from accounts.actor import Actor
from accounts.policy import Action
from offenders.models import Offender
from ui.views.page import page
from ui.views.person_form import PersonForm
from workflows.actions import orders
from workflows.queries import person as people
from workflows.steps.orders import AddMarker, RecordOrder, WithdrawMarker

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


@page(MARKER.action, "GET", "HEAD", "POST")
def marker(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """The form of a marker, and setting it."""
    return MARKER.answer(request, by, person)


@page(MARKER_END.action, "GET", "HEAD", "POST")
def withdraw_marker(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """Withdrawing a marker."""
    return MARKER_END.answer(request, by, person)
