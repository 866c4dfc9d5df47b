"""A condition of an order, a device and an online account of one person."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from accounts.actor import Actor
from accounts.policy import Action
from ui.views.page import page
from ui.views.person_form import PersonForm
from workflows.actions import holdings
from workflows.steps.holdings import AddAccount, AddCondition, AddDevice

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


@page(CONDITION.action, "GET", "HEAD", "POST")
def condition(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """The form of a condition, and writing it down."""
    return CONDITION.answer(request, by, person)


@page(DEVICE.action, "GET", "HEAD", "POST")
def device(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """The form of a device, and writing it down."""
    return DEVICE.answer(request, by, person)


@page(ACCOUNT.action, "GET", "HEAD", "POST")
def account(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """The form of an account, and writing it down."""
    return ACCOUNT.answer(request, by, person)
