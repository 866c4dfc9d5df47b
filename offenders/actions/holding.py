"""Conditions of orders, and the devices and accounts that somebody has."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from offenders.actions.counting import refuse_future, save_changed, stamp
from offenders.errors import Invalid, RuleBroken
from offenders.models import (
    Device,
    HoldingState,
    HoldingStatus,
    Offender,
    OnlineAccount,
    Order,
    OrderCondition,
)
from offenders.money import is_money_number
from offenders.names import fold_device, fold_user_name

#: Lengths of the columns of the keys; folding can lengthen a text.
LONGEST_NUMBER, LONGEST_USER_NAME = 60, 200


def add_condition(
    *,
    offender: Offender,
    order: Order,
    text: str,
    category: OrderCondition.Category,
    polarity: OrderCondition.Polarity,
    starts_on: dt.date,
    ends_on: dt.date | None,
    recorded_by: User,
) -> OrderCondition:
    """Write down one condition of an order of the person.

    Raises Invalid: `before_order`, `ends_first`, `after_order`; RuleBroken `condition_known`.
    """
    if starts_on < order.made_on:
        raise Invalid("before_order", "The order was not made yet.", field="starts_on")
    if ends_on is not None and ends_on < starts_on:
        raise Invalid("ends_first", "It would end before it starts.", field="ends_on")
    if order.ends_on is not None and max(starts_on, ends_on or starts_on) > order.ends_on:
        raise Invalid("after_order", "The order has ended by then.", field="ends_on")
    if order.discharged_on is not None and starts_on >= order.discharged_on:
        raise Invalid("after_order", "The order was discharged by then.", field="starts_on")
    alike = order.conditions.filter(text=text, starts_on=starts_on, voided_at__isnull=True)
    if alike.exists():
        raise RuleBroken("condition_known", "This condition is written down already.")
    condition = OrderCondition.objects.create(
        order=order,
        text=text,
        category=category,
        polarity=polarity,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_by=recorded_by,
    )
    save_changed(offender)
    return condition


def void_condition(
    *, offender: Offender, condition: OrderCondition, voided_by: User, reason: str
) -> OrderCondition:
    """Void a condition of the person that was written down wrongly. It is kept, with why.

    Raises RuleBroken `already_void`.
    """
    if condition.voided_at is not None:
        raise RuleBroken("already_void", "This condition is void already.")
    condition.voided_by, condition.void_reason = voided_by, reason
    stamp(condition, "voided_at", "voided_by", "void_reason")
    save_changed(offender)
    return condition


def add_device(
    *,
    offender: Offender,
    kind: Device.Kind,
    description: str,
    identifier: str,
    state: HoldingState,
    on: dt.date,
    recorded_by: User,
    reference: str = "",
) -> Device:
    """Write down a device as declared or found on a day.

    Raises Invalid `in_future`; RuleBroken `device_known`.
    """
    refuse_future(on, field="on")
    number = identifier.strip().upper()
    known = offender.devices.filter(identifier=number).first() if number else None
    if known is not None and last_line(known) is not None:
        raise RuleBroken("device_known", "A device with this number is written down already.")
    device = known or Device.objects.create(
        offender=offender,
        kind=kind,
        description=description,
        identifier=number,
        identifier_key=fold_device(number)[:LONGEST_NUMBER],
        recorded_by=recorded_by,
    )
    _note(device, state=state, on=on, reference=reference, recorded_by=recorded_by)
    save_changed(offender)
    return device


def add_account(
    *,
    offender: Offender,
    service: str,
    user_name: str,
    state: HoldingState,
    on: dt.date,
    recorded_by: User,
    reference: str = "",
) -> OnlineAccount:
    """Write down an online account as declared or found on a day. Never one of a bank.

    Raises Invalid: `in_future`, `account_number`; RuleBroken `account_known`.
    """
    refuse_future(on, field="on")
    for field, text in (("service", service), ("user_name", user_name), ("reference", reference)):
        if is_money_number(text):
            said = "Take the number of the account or card out: it is not kept here."
            raise Invalid("account_number", said, field=field)
    alike = offender.online_accounts.filter(service__iexact=service, user_name__iexact=user_name)
    known = alike.first()
    if known is not None and last_line(known) is not None:
        raise RuleBroken("account_known", "This account is written down already.")
    account = known or OnlineAccount.objects.create(
        offender=offender,
        service=service,
        user_name=user_name,
        user_name_key=fold_user_name(user_name)[:LONGEST_USER_NAME],
        recorded_by=recorded_by,
    )
    _note(account, state=state, on=on, reference=reference, recorded_by=recorded_by)
    save_changed(offender)
    return account


def change_holding(
    *,
    held: Device | OnlineAccount,
    state: HoldingState,
    on: dt.date,
    recorded_by: User,
    reference: str = "",
) -> HoldingStatus:
    """Add a line to the history of a device or an account.

    Raises Invalid: `in_future`, `before_last` (a later line stands); RuleBroken `as_it_was`.
    """
    refuse_future(on, field="on")
    last = last_line(held)
    if last is not None and on < last.since_on:
        raise Invalid("before_last", "A later day is written down already.", field="on")
    if last is not None and last.state == state:
        raise RuleBroken("as_it_was", "That is how it stands already.")
    save_changed(held.offender)
    return _note(held, state=state, on=on, reference=reference, recorded_by=recorded_by)


def last_line(held: Device | OnlineAccount) -> HoldingStatus | None:
    """How it stands: the newest line that was not voided."""
    live = held.history.filter(voided_at__isnull=True)
    return live.order_by("-since_on", "-pk").first()


def void_holding_lines(*, offender: Offender, reference: str) -> int:
    """Void the lines of history that came from `reference`. They are kept. Returns how many."""
    of_person = Q(device__offender=offender) | Q(account__offender=offender)
    lines = HoldingStatus.objects.filter(of_person, reference=reference, voided_at__isnull=True)
    return lines.update(voided_at=timezone.now())


def _note(
    held: Device | OnlineAccount,
    *,
    state: HoldingState,
    on: dt.date,
    reference: str,
    recorded_by: User,
) -> HoldingStatus:
    return HoldingStatus.objects.create(
        device=held if isinstance(held, Device) else None,
        account=held if isinstance(held, OnlineAccount) else None,
        state=state,
        since_on=on,
        reference=reference,
        recorded_by=recorded_by,
    )
