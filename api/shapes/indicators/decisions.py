"""What was decided about an indicator, and by whom."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from api.shapes import common
from risk.models import Decided, IndicatorDecision, MatchDecision


class DecisionAnswer(serializers.Serializer):
    """What was decided about an indicator, or about whom it is about, and by whom."""

    decision = serializers.ChoiceField(choices=[*MatchDecision.Decision.choices, *Decided.choices])
    at = serializers.DateTimeField()
    by = common.OfficerName(allow_null=True, help_text="Null where another system did")
    sent_by = serializers.CharField(help_text="The other system; empty where an officer did")
    person = common.PersonName(allow_null=True, help_text="Of a decision on whom it is about")
    officer = common.OfficerName(allow_null=True, help_text="Who was named or is named no more")
    reason = serializers.CharField()


class DecisionList(serializers.Serializer):
    """What was decided about an indicator, oldest first, and who may see a restricted one."""

    results = DecisionAnswer(many=True)
    named = common.OfficerName(many=True, help_text="Of a restricted one, who may see it")


def answers(
    matched: Iterable[MatchDecision], settled: Iterable[IndicatorDecision]
) -> list[dict[str, Any]]:
    """Both kinds of decision as DecisionAnswers, oldest first."""
    found = [
        {
            "decision": one.decision,
            "at": one.decided_at,
            "by": common.officer(one.decided_by),
            "sent_by": "",
            "person": common.person(one.match.offender),
            "officer": None,
            "reason": one.reason,
        }
        for one in matched
    ]
    found += [
        {
            "decision": one.decision,
            "at": one.decided_at,
            "by": common.officer(one.decided_by),
            "sent_by": one.client_label,
            "person": None,
            "officer": common.officer(one.user),
            "reason": one.reason,
        }
        for one in settled
    ]
    return sorted(found, key=lambda one: one["at"])
