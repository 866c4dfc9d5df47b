"""Court orders, as a court made them."""

import datetime as dt

from offenders.actions.counting import refuse_future, save_changed
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender, Order


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
