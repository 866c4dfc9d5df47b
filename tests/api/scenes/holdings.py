"""Orders, devices and online accounts of a person."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from accounts.models import Role
from offenders.models import (
    Device,
    Offender,
    OnlineAccount,
    Order,
    OrderCondition,
    OrderDischarge,
)
from tests import make
from tests.api.scenes.scene import WHY, Record, Scene
from workflows.actions import holdings, orders


def person_with_an_order(scene: Scene) -> tuple[str, Offender]:
    person = scene.person()
    Order.objects.create(
        offender=person, kind="shpo", made_on=timezone.localdate() - dt.timedelta(days=30)
    )
    return str(person.public_id), person


def person_with_a_marker(scene: Scene) -> tuple[str, Offender]:
    person = scene.person(warning_markers="vi")
    return str(person.public_id), person


def person_with_a_condition(scene: Scene) -> tuple[str, Offender]:
    """Of an order, written down by the scene's manager."""
    key, person = person_with_an_order(scene)
    made_on = timezone.localdate() - dt.timedelta(days=30)
    holdings.add_condition(
        by=scene.by(),
        offender=person.public_id,
        order=order_of(scene),
        polarity="prohibition",
        text=WHY,
        category="internet",
        starts_on=made_on,
        ends_on=None,
    )
    return key, person


def order_of(scene: Scene) -> str:
    """The order of the person whom the scene's manager has."""
    return str(Order.objects.get(offender__offender_manager=scene.manager).public_id)


def person_with_a_discharge(scene: Scene) -> tuple[str, Offender]:
    """Of an order, written down by a supervisor of the scene's team."""
    key, person = person_with_an_order(scene)
    orders.discharge_order(
        by=make.actor(make.officer(Role.SUPERVISOR, team=scene.team)),
        offender=person.public_id,
        order=person.orders.get().public_id,
        discharged_on=timezone.localdate(),
        court="Tean Crown Court",
        reason=WHY,
    )
    return key, person


def discharge_of(scene: Scene) -> str:
    """The discharge of the person whom the scene's manager has."""
    found = OrderDischarge.objects.get(order__offender__offender_manager=scene.manager)
    return str(found.public_id)


def condition_of(scene: Scene) -> str:
    """The condition that the scene's manager wrote down."""
    return str(OrderCondition.objects.get(recorded_by=scene.manager).public_id)


def _with(add: Callable[..., Any], **values: Any) -> Record:
    def record(scene: Scene) -> tuple[str, Offender]:
        person = scene.person()
        given = {"state": "declared", "on": timezone.localdate() - dt.timedelta(days=1)}
        add(by=scene.by(), offender=person.public_id, reference="", **given, **values)
        return str(person.public_id), person

    return record


person_with_a_device = _with(
    holdings.add_device, kind="phone", description="Example 5", identifier=""
)


person_with_an_account = _with(holdings.add_account, service="Example chat", user_name="quill")


def device_of(scene: Scene) -> str:
    """The device that the scene's manager wrote down."""
    return str(Device.objects.get(recorded_by=scene.manager).public_id)


def account_of(scene: Scene) -> str:
    """The account that the scene's manager wrote down."""
    return str(OnlineAccount.objects.get(recorded_by=scene.manager).public_id)
