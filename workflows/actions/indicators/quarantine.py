"""Settling deliveries that were held: received after all, or thrown away with a reason."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts import policy
from accounts.actor import Actor
from accounts.policy import Action
from audit.models import Operation
from offenders.errors import RuleBroken
from risk.models import QuarantinedDelivery, Settlement
from workflows.actions.indicators.deliveries import Delivery
from workflows.actions.indicators.receiving import Receipt, Sender, record, take_in
from workflows.actions.locking import officer
from workflows.queries.indicators import held as visible


@dataclass(frozen=True, slots=True)
class Looked:
    """A held delivery, and how many of its indicators there are and would be refused, by code.

    Nothing of what they say: nobody has said yet who may read about whom they name.
    """

    held: QuarantinedDelivery
    items: int | None
    refused: dict[str, int]
    can_be_released: bool


def look_at_delivery(*, by: Actor, delivery: UUID) -> Looked:
    """What receiving it would do. Changes nothing. Raises NotVisible, NotPermitted."""
    policy.require(by, Action.DELIVERY_VIEW)
    held = visible(by, delivery)
    found = _read(held)
    if found is None or held.settlement:
        return Looked(held, held.items, {}, can_be_released=False)
    refused = Counter(one.code for one in found.items if isinstance(one, Receipt))
    is_sound = len(found.items) > refused.total()
    return Looked(held, len(found.items), dict(refused), can_be_released=is_sound)


@transaction.atomic
def release_delivery(
    *, by: Actor, delivery: UUID, reason: str
) -> tuple[QuarantinedDelivery, list[Receipt]]:
    """Receive what was held, as it would have been. Indicators that cannot be kept are refused.

    Raises NotVisible, NotPermitted, ReasonRequired; RuleBroken `delivery_settled`,
    `cannot_be_read` where it is not kept, no JSON, of another schema, or holds nothing sound.
    """
    policy.require(by, Action.DELIVERY_SETTLE, reason=reason)
    held = _locked(by, delivery)
    found = _read(held)
    if found is None or all(isinstance(one, Receipt) for one in found.items):
        raise RuleBroken("cannot_be_read", "Nothing of it can be received. Discard it.")
    sender = Sender.of(by).of_feed(held.feed, held.client_label)
    receipts = take_in(sender, found.items)
    _settle(held, by, Settlement.RELEASED, reason)
    record(by, Action.DELIVERY_SETTLE, receipts, subject=_subject(held), reason=reason)
    return held, receipts


@transaction.atomic
def discard_delivery(*, by: Actor, delivery: UUID, reason: str) -> QuarantinedDelivery:
    """Receive nothing of it. It is kept, and why.

    Raises NotVisible, NotPermitted, ReasonRequired; RuleBroken `delivery_settled`.
    """
    policy.require(by, Action.DELIVERY_SETTLE, reason=reason)
    held = _locked(by, delivery)
    _settle(held, by, Settlement.DISCARDED, reason)
    audit.record(
        by=by,
        action=Action.DELIVERY_SETTLE,
        operation=Operation.ALTERATION,
        subject=_subject(held),
        reason=reason,
        payload={"settlement": Settlement.DISCARDED.value},
    )
    return held


def _locked(by: Actor, delivery: UUID) -> QuarantinedDelivery:
    rows = QuarantinedDelivery.objects.select_related("feed").filter(pk=visible(by, delivery).pk)
    held = rows.select_for_update(of=("self",), no_key=True).get()
    if held.settlement:
        raise RuleBroken("delivery_settled", "It was released or discarded.")
    return held


def _read(held: QuarantinedDelivery) -> Delivery | None:
    if held.body is None:
        return None
    found = Delivery(held.feed, held.body.encode())
    return None if found.envelope is None else found


def _settle(held: QuarantinedDelivery, by: Actor, settlement: Settlement, reason: str) -> None:
    held.settlement, held.settlement_reason = settlement, reason
    held.settled_by, held.settled_at = officer(by), timezone.now()
    held.save(update_fields=["settlement", "settlement_reason", "settled_by", "settled_at"])


def _subject(held: QuarantinedDelivery) -> str:
    return f"delivery:{held.public_id}"
