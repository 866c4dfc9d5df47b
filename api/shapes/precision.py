"""The precision ledger over the wire."""

from typing import Any

from rest_framework import serializers

from risk.precision import Precision
from workflows.steps.fields import BoundedDateField, StrictSerializer


class PrecisionQuery(StrictSerializer):
    """The days of triage that are looked at: the last twelve months where none are given."""

    since = BoundedDateField(required=False)
    until = BoundedDateField(required=False)


class PrecisionAnswer(serializers.Serializer):
    """One source and code. Shares are from 0 to 1; null where nothing was judged."""

    source = serializers.CharField()  # type: ignore[assignment]  # DRF has an attribute of that name
    code = serializers.CharField()
    judged = serializers.IntegerField(help_text="Triaged, and of the person who was confirmed")
    led_to_action = serializers.IntegerField(help_text="Of them followed by something")
    set_aside = serializers.IntegerField(help_text="Of another force, besides")
    share = serializers.FloatField(allow_null=True)
    share_from = serializers.FloatField(allow_null=True, help_text="95 per cent interval")
    share_to = serializers.FloatField(allow_null=True)


class PrecisionLedger(serializers.Serializer):
    """Every source and code of what the caller may see. Nothing follows from it by itself."""

    results = PrecisionAnswer(many=True)


def line(found: Precision) -> dict[str, Any]:
    """`found` as a PrecisionAnswer."""
    low, high = found.interval or (None, None)
    return {
        "source": found.source,
        "code": found.code,
        "judged": found.judged,
        "led_to_action": found.led,
        "set_aside": found.aside,
        "share": found.share,
        "share_from": low,
        "share_to": high,
    }
