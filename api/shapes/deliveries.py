"""Deliveries of signed feeds over the wire, and those that were held."""

from typing import Any

from rest_framework import serializers

from api.shapes import common
from api.shapes.indicators.receiving import ReceiptAnswer, receipt
from risk.models import QuarantinedDelivery
from workflows.actions.indicators.deliveries import Delivered
from workflows.actions.indicators.quarantine import Looked

WAITING = "waiting"


class HeldQuery(common.PagedQuery):
    """Which held deliveries, and which page of them."""

    state = serializers.ChoiceField(
        choices=[WAITING, "all"], default=WAITING, help_text="`all`: settled ones as well"
    )


class DeliveredAnswer(serializers.Serializer):
    """What became of a delivery: received whole, or held whole."""

    state = serializers.ChoiceField(choices=["received", "held"])
    held_as = serializers.UUIDField(allow_null=True)
    reasons = serializers.ListField(child=serializers.CharField(), help_text="Stable codes")
    results = ReceiptAnswer(many=True)


class HeldDelivery(serializers.Serializer):
    """A delivery that was held. Nothing of what it says."""

    id = serializers.UUIDField()
    feed = serializers.CharField()
    sent_by = serializers.CharField()
    reasons = serializers.ListField(child=serializers.CharField(), help_text="Stable codes")
    items = serializers.IntegerField(allow_null=True, help_text="Null where it cannot be told")
    digest = serializers.CharField(help_text="SHA-256 of the body")
    received_at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=[WAITING, "released", "discarded"])
    settled_by = common.OfficerName(allow_null=True)
    settled_at = serializers.DateTimeField(allow_null=True)
    settlement_reason = serializers.CharField(allow_blank=True)


class HeldDeliveries(serializers.Serializer):
    """A page of held deliveries, the newest first."""

    results = HeldDelivery(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


class RefusedCount(serializers.Serializer):
    """How many indicators would be refused, and why."""

    code = serializers.CharField()
    count = serializers.IntegerField()


class HeldDeliveryDetail(HeldDelivery):
    """One held delivery, and what releasing it would do."""

    refused = RefusedCount(many=True)
    can_be_released = serializers.BooleanField()


class SettledAnswer(HeldDelivery):
    """A delivery that was settled, and what became of its indicators."""

    results = ReceiptAnswer(many=True)


def delivered(found: Delivered) -> dict[str, Any]:
    """`found` as a DeliveredAnswer."""
    return {
        "state": "held" if found.held else "received",
        "held_as": found.held and found.held.public_id,
        "reasons": found.held.reasons if found.held else [],
        "results": [receipt(one) for one in found.receipts],
    }


def held(found: QuarantinedDelivery) -> dict[str, Any]:
    """`found` as a HeldDelivery."""
    return {
        "id": found.public_id,
        "feed": found.feed.name,
        "sent_by": found.client_label,
        "reasons": found.reasons,
        "items": found.items,
        "digest": found.digest,
        "received_at": found.received_at,
        "state": found.settlement or WAITING,
        "settled_by": common.officer(found.settled_by),
        "settled_at": found.settled_at,
        "settlement_reason": found.settlement_reason,
    }


def looked(found: Looked) -> dict[str, Any]:
    """`found` as a HeldDeliveryDetail."""
    refused = [{"code": code, "count": count} for code, count in sorted(found.refused.items())]
    return held(found.held) | {
        "items": found.items,
        "refused": refused,
        "can_be_released": found.can_be_released,
    }
