"""The precision ledger over the wire."""

from typing import Any

from rest_framework import serializers

from risk.precision import Precision, Proposal
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


class FactorProposal(serializers.Serializer):
    """A figure of the rules that the ledger speaks for. Two inspectors decide on it, or nobody."""

    figure = serializers.CharField()
    judged = serializers.IntegerField(help_text="Of that code, from every source")
    led_to_action = serializers.IntegerField()
    share_of_all = serializers.FloatField(help_text="Of every code together")
    value_now = serializers.DecimalField(max_digits=3, decimal_places=1)
    value = serializers.DecimalField(max_digits=3, decimal_places=1)


class PrecisionLedger(serializers.Serializer):
    """Every source and code of what the caller may see. Nothing follows from it by itself."""

    results = PrecisionAnswer(many=True)
    proposals = FactorProposal(many=True)


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


def proposal(found: Proposal) -> dict[str, Any]:
    """`found` as a FactorProposal."""
    return {
        "figure": found.figure,
        "judged": found.judged,
        "led_to_action": found.led,
        "share_of_all": found.overall,
        "value_now": str(found.factor_now),
        "value": str(found.factor),
    }
