"""Conditions, devices and accounts, written down beside any task. They change nothing owed."""

from typing import Any
from uuid import UUID

from django.db import transaction

import audit.record as audit
from accounts.actor import Actor
from accounts.models import Role, User
from accounts.policy import Action
from audit.models import Operation
from offenders import actions as people
from offenders.errors import Invalid, RuleBroken
from offenders.models import (
    Device,
    HoldingStatus,
    Offender,
    OnlineAccount,
    OrderCondition,
)
from workflows.actions.locking import lock_person, officer, require_reason, visible_person
from workflows.errors import NotVisible
from workflows.models import ConditionCheck


@transaction.atomic
def add_condition(
    *, by: Actor, offender: UUID, order: UUID | str, version: int | None = None, **values: Any
) -> OrderCondition:
    """Write down one condition of an order. `values`: of the form AddCondition.

    Raises NotVisible, NotPermitted, Stale, TaskBusy; Invalid `no_such_order`; and what `offenders`
    refuses.
    """
    person = _permitted(by, offender, Action.ORDER_CONDITION_ADD, version)
    of = next((one for one in person.orders.all() if str(one.public_id) == str(order)), None)
    if of is None:
        raise Invalid("no_such_order", "The person has no such order.", field="order")
    condition = people.add_condition(offender=person, order=of, recorded_by=officer(by), **values)
    _record(by, person, Action.ORDER_CONDITION_ADD, f"order_condition:{condition.public_id}")
    return condition


@transaction.atomic
def void_condition(
    *, by: Actor, offender: UUID, condition: UUID, reason: str, version: int | None = None
) -> OrderCondition:
    """Void a condition that was written down wrongly (PRACTICE 12). It is kept, with why.

    One's own entry, or as a supervisor anyone's; what a visit has gone through is a supervisor's.
    Raises NotVisible, NotPermitted, ReasonRequired, Stale, TaskBusy; RuleBroken: `not_yours`,
    `gone_through`, `already_void`.
    """
    person = _permitted(by, offender, Action.ORDER_CONDITION_VOID, version)
    require_reason(by, Action.ORDER_CONDITION_VOID, reason, team_id=person.team_id)
    found = OrderCondition.objects.filter(order__offender=person, public_id=condition).first()
    if found is None:
        raise NotVisible
    user = officer(by)
    if user.role != Role.SUPERVISOR:
        _refuse_void(user, found)
    people.void_condition(offender=person, condition=found, voided_by=user, reason=reason)
    audit.record(
        by=by,
        action=Action.ORDER_CONDITION_VOID,
        operation=Operation.ALTERATION,
        offender_id=person.pk,
        subject=f"order_condition:{found.public_id}",
        reason=reason,
    )
    return found


@transaction.atomic
def add_device(*, by: Actor, offender: UUID, version: int | None = None, **values: Any) -> Device:
    """Write down a device. `values`: of the form AddDevice. Raises as `add_condition`."""
    person = _permitted(by, offender, Action.DEVICE_ADD, version)
    device = people.add_device(offender=person, recorded_by=officer(by), **values)
    _record(by, person, Action.DEVICE_ADD, f"device:{device.public_id}", state=values["state"])
    return device


@transaction.atomic
def add_account(
    *, by: Actor, offender: UUID, version: int | None = None, **values: Any
) -> OnlineAccount:
    """Write down an online account. `values`: of AddAccount. Raises as `add_condition`."""
    person = _permitted(by, offender, Action.ONLINE_ACCOUNT_ADD, version)
    account = people.add_account(offender=person, recorded_by=officer(by), **values)
    subject = f"online_account:{account.public_id}"
    _record(by, person, Action.ONLINE_ACCOUNT_ADD, subject, state=values["state"])
    return account


@transaction.atomic
def change_device(
    *, by: Actor, offender: UUID, version: int | None = None, **values: Any
) -> HoldingStatus:
    """Say what became of a device. `values`: of ChangeHolding. Raises as `add_condition`."""
    person = _permitted(by, offender, Action.DEVICE_CHANGE, version)
    held = person.devices.filter(public_id=values.pop("id")).first()
    return _changed(by, person, Action.DEVICE_CHANGE, held, values)


@transaction.atomic
def change_account(
    *, by: Actor, offender: UUID, version: int | None = None, **values: Any
) -> HoldingStatus:
    """Say what became of an account. `values`: of ChangeHolding. Raises as `add_condition`."""
    person = _permitted(by, offender, Action.ONLINE_ACCOUNT_CHANGE, version)
    held = person.online_accounts.filter(public_id=values.pop("id")).first()
    return _changed(by, person, Action.ONLINE_ACCOUNT_CHANGE, held, values)


def _refuse_void(user: User, condition: OrderCondition) -> None:
    if condition.recorded_by_id != user.pk:
        raise RuleBroken("not_yours", "Only who wrote it down or a supervisor voids a condition.")
    looked_at = ConditionCheck.objects.exclude(finding=ConditionCheck.Finding.NOT_CHECKED)
    if looked_at.filter(checked=condition).exists():
        raise RuleBroken("gone_through", "A visit went through it: a supervisor voids it.")


def _permitted(by: Actor, offender: UUID, action: Action, version: int | None) -> Offender:
    person = lock_person(visible_person(by, offender).pk, version=version)
    Offender.objects.require(by, action, person)
    return person


def _changed(
    by: Actor,
    person: Offender,
    action: Action,
    held: Device | OnlineAccount | None,
    values: dict[str, Any],
) -> HoldingStatus:
    if held is None:
        raise NotVisible
    held.offender = person
    changed = people.change_holding(held=held, recorded_by=officer(by), **values)
    noun = "device" if isinstance(held, Device) else "online_account"
    _record(by, person, action, f"{noun}:{held.public_id}", state=changed.state)
    return changed


def _record(by: Actor, person: Offender, action: Action, subject: str, **payload: str) -> None:
    """One event. What is written down stays in its table: user names never stand in the payload."""
    audit.record(
        by=by,
        action=action,
        operation=Operation.COLLECTION,
        offender_id=person.pk,
        subject=subject,
        payload=payload or None,
    )
