"""Conditions, devices and accounts of one person, as the person's answer shows them."""

import datetime as dt
from typing import Any

from accounts.policy import Redaction
from offenders.models import Offender, OrderCondition
from workflows.queries.holdings import Held, conditions_of, holdings_of, other_conditions_of


def holdings(found: Offender, today: dt.date, redaction: Redaction) -> dict[str, Any]:
    """The conditions that bind today; where nothing is redacted their text, the others, devices
    and accounts.

    What somebody typed may name a place.
    """
    shows_text = redaction is Redaction.NONE
    shown = {
        "conditions": [
            _condition(one, shows_text=shows_text) for one in conditions_of(found, today)
        ]
    }
    if shows_text:
        others = other_conditions_of(found, today)
        shown["other_conditions"] = [_condition(one, shows_text=True) for one in others]
        devices, accounts = holdings_of(found)
        shown["devices"] = [_held(one) for one in devices]
        shown["online_accounts"] = [_held(one) for one in accounts]
    return shown


def _condition(one: OrderCondition, shows_text: bool) -> dict[str, Any]:
    shown = {
        "id": one.public_id,
        "order_kind": one.order.kind,
        "category": one.category,
        "polarity": one.polarity,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
    }
    return shown | {"text": one.text} if shows_text else shown


def _held(one: Held) -> dict[str, Any]:
    return {"id": one.id, "label": one.label, "state": one.state, "since_on": one.since_on}
