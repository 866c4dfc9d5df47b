"""Every decision on the risk of one person, over the wire."""

from typing import Any

from rest_framework import serializers

from api.shapes import common
from workflows.queries.risk_history import DECISIONS, RiskDecision, public_id_of


class RiskDecisionAnswer(serializers.Serializer):
    """One decision, and who made it."""

    kind = serializers.ChoiceField(choices=sorted(DECISIONS))
    decision = serializers.ChoiceField(
        choices=sorted({one for each in DECISIONS.values() for one in each})
    )
    at = serializers.DateTimeField(help_text="Of what was taken over, the beginning of its day")
    by = common.OfficerName(
        allow_null=True, help_text="Null: taken over, another system's, or an override that ran out"
    )
    sent_by = serializers.CharField(help_text="The other system; empty where an officer decided")
    id = serializers.UUIDField(allow_null=True, help_text="What it is about, where it has an id")
    what = serializers.CharField(
        help_text="The tool, the version of the plan, the type of the indicator"
    )
    value = serializers.CharField(help_text="The level, the band or the outcome that it gave")
    reason = serializers.CharField(help_text="As typed; empty where a grant redacts")


class RiskHistory(serializers.Serializer):
    """A page of decisions, newest first."""

    results = RiskDecisionAnswer(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


def decision(one: RiskDecision, *, shows_text: bool) -> dict[str, Any]:
    """`one` as a RiskDecisionAnswer."""
    return {
        "kind": one.kind,
        "decision": one.decision,
        "at": one.at,
        "by": common.officer(one.by),
        "sent_by": one.label,
        "id": public_id_of(one.fact),
        "what": one.what,
        "value": one.value,
        "reason": one.reason if shows_text else "",
    }
