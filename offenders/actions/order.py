"""Court orders, as a court made and discharged them."""

import datetime as dt

from accounts.models import User
from offenders.actions.counting import refuse_future, save_changed, stamp
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender, Order, OrderDischarge


def record_order(
    *, offender: Offender, kind: Order.Kind, made_on: dt.date, ends_on: dt.date | None
) -> Order:
    """Write down an order; without `ends_on`, its last day, it lasts until further order.

    Raises Invalid: `in_future`, `ends_first`; RuleBroken `order_known`.
    """
    refuse_future(made_on, field="made_on")
    if ends_on is not None and ends_on < made_on:
        raise Invalid("ends_first", "It would end before it was made.", field="ends_on")
    if offender.orders.filter(kind=kind, made_on=made_on).exists():
        raise RuleBroken("order_known", "An order of that kind and day is on record already.")
    order = Order.objects.create(offender=offender, kind=kind, made_on=made_on, ends_on=ends_on)
    save_changed(offender)
    return order


def discharge_order(
    *,
    offender: Offender,
    order: Order,
    discharged_on: dt.date,
    court: str,
    reason: str,
    recorded_by: User,
) -> OrderDischarge:
    """Write down that a court discharged an order of the person: from that day on it binds no more.

    Raises Invalid: `in_future`, `before_order`, `after_order`; RuleBroken `already_discharged`.
    """
    refuse_future(discharged_on, field="discharged_on")
    if order.discharged_on is not None:
        raise RuleBroken("already_discharged", "This order is discharged already.")
    if discharged_on < order.made_on:
        raise Invalid("before_order", "The order was not made yet.", field="discharged_on")
    if order.ends_on is not None and discharged_on > order.ends_on:
        raise Invalid("after_order", "The order has ended by then.", field="discharged_on")
    discharge = OrderDischarge.objects.create(
        order=order,
        discharged_on=discharged_on,
        court=court,
        reason=reason,
        recorded_by=recorded_by,
    )
    _discharged(offender, order, discharged_on)
    return discharge


def void_discharge(
    *, offender: Offender, discharge: OrderDischarge, voided_by: User, reason: str
) -> OrderDischarge:
    """Void a discharge that was written down wrongly. It is kept, and the order binds as before.

    Raises RuleBroken `already_void`.
    """
    if discharge.voided_at is not None:
        raise RuleBroken("already_void", "This discharge is void already.")
    discharge.voided_by, discharge.void_reason = voided_by, reason
    stamp(discharge, "voided_at", "voided_by", "void_reason")
    _discharged(offender, discharge.order, None)
    return discharge


def _discharged(offender: Offender, order: Order, on: dt.date | None) -> None:
    """The database keeps what the order said before (`offenders.history`)."""
    order.discharged_on = on
    order.save(update_fields=["discharged_on"])
    save_changed(offender)
