"""A device, an account and a condition of the person of a scene, written down by the actions."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from offenders.models import Device, OnlineAccount, Order, OrderCondition, OrderDischarge
from tests import make
from tests.ui.conftest import Scene
from workflows.actions import holdings, orders

#: What is written down of either.
FACTS = {"reference": "", "state": "declared"}
DEVICE = FACTS | {"kind": "phone", "description": "Example 5", "identifier": "T1"}
ACCOUNT = FACTS | {"service": "Examplegram", "user_name": "quillon79"}


def a_week_ago() -> dt.date:
    return timezone.localdate() - dt.timedelta(days=7)


def held_by(scene: Scene, page: str) -> Device | OnlineAccount:
    """What the page of that name is about."""
    by, person = make.actor(scene.manager), scene.person.public_id
    if page.startswith("device"):
        return holdings.add_device(by=by, offender=person, on=a_week_ago(), **DEVICE)
    return holdings.add_account(by=by, offender=person, on=a_week_ago(), **ACCOUNT)


def discharge_of(scene: Scene) -> OrderDischarge:
    """The discharge, today, of an order made a week ago."""
    return orders.discharge_order(
        by=make.actor(scene.supervisor),
        offender=scene.person.public_id,
        order=order_of(scene).public_id,
        discharged_on=timezone.localdate(),
        court="Tean Crown Court",
        reason="No longer needed",
    )


def order_of(scene: Scene) -> Order:
    """An order of the person, made a week ago."""
    found, _ = Order.objects.get_or_create(offender=scene.person, kind="shpo", made_on=a_week_ago())
    return found


def discharge_page(scene: Scene) -> str:
    """Where the order of the person is discharged."""
    return reverse("ui:discharge-order", args=[scene.person.public_id, order_of(scene).public_id])


def void_discharge_page(scene: Scene) -> str:
    """Where its discharge is voided."""
    wrong = discharge_of(scene)
    return reverse("ui:void-discharge", args=[scene.person.public_id, wrong.public_id])


def void_condition_page(scene: Scene) -> str:
    """Where a condition of the order is voided."""
    wrong = condition_of(scene)
    return reverse("ui:void-condition", args=[scene.person.public_id, wrong.public_id])


def condition_of(scene: Scene, starts_in: int = -7) -> OrderCondition:
    """A condition of an order made a week ago, from so many days ahead on."""
    order = order_of(scene)
    return holdings.add_condition(
        by=make.actor(scene.manager),
        offender=scene.person.public_id,
        order=order.public_id,
        polarity="prohibition",
        text="Not to have a device that can reach the internet",
        category="device",
        starts_on=timezone.localdate() + dt.timedelta(days=starts_in),
        ends_on=None,
    )
