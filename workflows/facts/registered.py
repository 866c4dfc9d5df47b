"""What keeps a person on the register: the bases, and the orders that hold."""

import datetime as dt
from collections.abc import Iterable

from offenders.models import NotificationBasis, NotificationBasisWas, Offender, Order, OrderWas
from offenders.registration import Basis, HoldingOrder, Registration, registration
from rules import current
from rules.ruleset import RuleSet
from workflows.facts.chunk import Chunk, Subject
from workflows.knowing import Known, Record


def registered(chunk: Chunk) -> Subject:
    """Bases and holding orders."""
    orders = chunk.dated(
        Order.objects.filter(kind__in=Order.HOLDS),
        "made_on",
        HoldingOrder._make,
        "kind",
        "ends_on",
        "discharged_on",
        was=OrderWas,
    )
    return {"bases": _bases(chunk), "orders": orders}


def registration_of(
    offender: Offender,
    *,
    today: dt.date,
    rules: RuleSet | None = None,
    orders: Iterable[Order] | None = None,
) -> Registration:
    """How long one person is registered, and why, as known today.

    One statement where the rules in force and all of the person's orders are at hand already.
    """
    if orders is None:
        orders = Order.objects.filter(offender=offender)
    holding = [
        HoldingOrder(order.made_on, order.kind, order.ends_on, order.discharged_on)
        for order in orders
        if order.kind in Order.HOLDS
    ]
    bases = _bases(Chunk([offender.pk], today, Record())).get(offender.pk, ())
    known = rules or current.in_force(today)
    return registration(bases, holding, offender.date_of_birth, known, today)


def _bases(chunk: Chunk) -> Known[Basis]:
    return chunk.dated(
        NotificationBasis.objects.all(),
        "relevant_date",
        Basis._make,
        "disposal",
        "discharge_months",
        was=NotificationBasisWas,
    )
