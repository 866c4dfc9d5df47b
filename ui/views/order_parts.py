"""Court orders on the person's page: facts in, words and addresses out."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.urls import reverse

from accounts.policy import Action
from offenders.models import Offender, Order, OrderDischarge
from ui import words
from workflows.queries import person as reads

#: What the page offers beside them, where the viewer may do it.
OFFERED = (Action.ORDER_DISCHARGE, Action.ORDER_DISCHARGE_VOID)


def section(
    found: Offender,
    orders: Iterable[Order],
    today: dt.date,
    may: Collection[Action],
    *,
    shows_text: bool,
) -> dict[str, Any]:
    """The live orders, and those that a court discharged. One read where there are such.

    `may`: which of OFFERED the viewer may do.
    """
    known = list(orders)
    is_discharged = any(order.discharged_on for order in known)
    return {
        "orders": [
            order_line(order, today)
            | _to("ui:discharge-order", found, order, Action.ORDER_DISCHARGE in may)
            for order in reads.live(known, today)
        ],
        "discharges": [
            discharge_line(one, shows_text=shows_text)
            | _to("ui:void-discharge", found, one, Action.ORDER_DISCHARGE_VOID in may)
            for one in (reads.discharges_of(found) if is_discharged else ())
        ],
    }


def order_line(order: Order, today: dt.date) -> dict[str, str]:
    """An order and until when it lasts."""
    label = str(Order.Kind(order.kind).label)
    made = f"Made {words.long_day(order.made_on)}"
    if order.ends_on is None:
        return {"label": label, "words": f"{made}. Until further order"}
    left = words.days((order.ends_on - today).days)
    said = f"{made}. Expires {words.long_day(order.ends_on)}, in {left}"
    return {"label": label, "words": said}


def discharge_line(one: OrderDischarge, *, shows_text: bool) -> dict[str, str]:
    """The order, when it was discharged, and with `shows_text` by which court and why."""
    said = f"Discharged {words.long_day(one.discharged_on)}"
    typed = f" by {one.court}. {one.reason}" if shows_text else ""
    return {"label": str(Order.Kind(one.order.kind).label), "words": said + typed}


def _to(
    route: str, found: Offender, one: Order | OrderDischarge, is_offered: bool
) -> dict[str, str]:
    """The page on which something is done about it; empty where the viewer may not."""
    return {"url": reverse(route, args=[found.public_id, one.public_id]) if is_offered else ""}
