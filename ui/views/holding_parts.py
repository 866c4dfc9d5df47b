"""Conditions, devices and accounts on the person's page: facts in, words out."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.urls import reverse

from accounts.actor import Actor
from accounts.policy import Action, shows_all
from offenders.models import Offender, OrderCondition
from ui import words
from workflows.queries.holdings import (
    Held,
    conditions_of,
    holdings_of,
    is_voidable_by,
    other_conditions_of,
)

#: What a page offers beside them, where the viewer may do it.
OFFERED = (
    Action.ORDER_CONDITION_ADD,
    Action.ORDER_CONDITION_VOID,
    Action.DEVICE_ADD,
    Action.DEVICE_CHANGE,
    Action.ONLINE_ACCOUNT_ADD,
    Action.ONLINE_ACCOUNT_CHANGE,
)


def holdings(by: Actor, found: Offender, today: dt.date, may: Collection[Action]) -> dict[str, Any]:
    """What stands under the orders. Typed text and devices only where nothing is redacted.

    `may`: which of OFFERED the viewer may do. Three reads.
    """
    shows_text = shows_all(by, Action.OFFENDER_VIEW)
    devices, accounts = holdings_of(found) if shows_text else ([], [])
    return {
        "conditions": [
            _condition(one, shows_text=shows_text) | _void(by, found, one, may)
            for one in conditions_of(found, today)
        ],
        "other_conditions": [
            _condition(one, shows_text=True, shows_start=True) | _void(by, found, one, may)
            for one in (other_conditions_of(found, today) if shows_text else ())
        ],
        "devices": [
            _held(one) | _change(found, one, "ui:change-device", Action.DEVICE_CHANGE in may)
            for one in devices
        ],
        "accounts": [
            _held(one)
            | _change(found, one, "ui:change-account", Action.ONLINE_ACCOUNT_CHANGE in may)
            for one in accounts
        ],
        "shows_holdings": shows_text,
        "can_add_condition": Action.ORDER_CONDITION_ADD in may,
        "can_add_device": Action.DEVICE_ADD in may,
        "can_add_account": Action.ONLINE_ACCOUNT_ADD in may,
    }


def condition_lines(found: Offender, today: dt.date, *, shows_text: bool) -> list[dict[str, str]]:
    """The conditions that bind today. Without `shows_text` only what they are about."""
    return [_condition(one, shows_text=shows_text) for one in conditions_of(found, today)]


def _condition(
    one: OrderCondition, *, shows_text: bool, shows_start: bool = False
) -> dict[str, str]:
    about = str(OrderCondition.Category(one.category).label)
    label = f"{OrderCondition.Polarity(one.polarity).label}: {about.lower()}"
    start = f"From {words.long_day(one.starts_on)}" if shows_start else ""
    until = f"Until {words.long_day(one.ends_on)}" if one.ends_on else ""
    parts = [one.text if shows_text else "", start, until]
    return {"label": label, "words": ". ".join(filter(None, parts))}


def condition_words(one: OrderCondition) -> str:
    """A condition in one line, with all that was typed of it."""
    line = _condition(one, shows_text=True, shows_start=True)
    return f"{line['label']}. {line['words']}"


def _void(
    by: Actor, found: Offender, one: OrderCondition, may: Collection[Action]
) -> dict[str, str]:
    """The page on which the viewer voids it; empty where it is not theirs to void."""
    is_offered = Action.ORDER_CONDITION_VOID in may and is_voidable_by(by, one)
    args = [found.public_id, one.public_id]
    return {"void_url": reverse("ui:void-condition", args=args) if is_offered else ""}


def _change(found: Offender, one: Held, route: str, is_offered: bool) -> dict[str, str]:
    """The page on which somebody says what became of it."""
    return {"url": reverse(route, args=[found.public_id, one.id]) if is_offered else ""}


def _held(one: Held) -> dict[str, str]:
    return {"label": one.label, "words": f"{one.state_label}, {words.long_day(one.since_on)}"}
