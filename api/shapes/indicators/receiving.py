"""What became of indicators that were sent."""

from typing import Any

from rest_framework import serializers

from workflows.actions.indicators.receiving import Receipt, Result


class ReceiptAnswer(serializers.Serializer):
    """What became of one indicator that was sent. Nothing of what it says."""

    result = serializers.ChoiceField(choices=[(one.value, one.value) for one in Result])
    id = serializers.UUIDField(allow_null=True, help_text="Null where it was refused")
    code = serializers.CharField(allow_blank=True, help_text="Why it was refused; stable")
    message = serializers.CharField(allow_blank=True)
    field = serializers.CharField(allow_blank=True)


class ReceiptList(serializers.Serializer):
    """What became of each, in the order in which they were sent."""

    results = ReceiptAnswer(many=True)


def receipt(one: Receipt) -> dict[str, Any]:
    """`one` as a ReceiptAnswer."""
    return {
        "result": one.result.value,
        "id": one.indicator and one.indicator.public_id,
        "code": one.code,
        "message": one.message,
        "field": one.field,
    }
