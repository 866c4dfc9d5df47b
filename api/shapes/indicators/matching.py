"""Whom an indicator is about, or may be."""

from typing import Any

from rest_framework import serializers

from api.shapes import common
from risk.models import Indicator, IndicatorState, Match, MatchState
from workflows.matching import Reason


class MatchCandidate(serializers.Serializer):
    """One person whom it may be about, of those whom the caller may see."""

    person = common.PersonName()
    team = common.TeamName()
    state = serializers.ChoiceField(choices=MatchState.choices)
    reasons = serializers.ListField(
        child=serializers.ChoiceField(choices=[reason.value for reason in Reason]),
        help_text="What they have in common. `rejected_before`: the same source meant them before "
        "by the same name or number, and an officer said that it was not them",
    )
    decided_by = common.OfficerName(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)


class MatchCandidates(serializers.Serializer):
    """Whom it may be about, the confirmed first."""

    results = MatchCandidate(many=True)


class MatchAnswer(serializers.Serializer):
    """Where it stands after the decision."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=IndicatorState.choices)
    person = common.PersonName(allow_null=True)


def candidate(match: Match) -> dict[str, Any]:
    """`match` as a MatchCandidate."""
    return {
        "person": common.person(match.offender),
        "team": common.team(match.offender.team),
        "state": match.state,
        "reasons": match.reasons,
        "decided_by": common.officer(match.decided_by),
        "decided_at": match.decided_at,
    }


def matched(found: Indicator) -> dict[str, Any]:
    """`found` as a MatchAnswer."""
    return {
        "id": found.public_id,
        "state": found.state,
        "person": common.person(found.offender) if found.offender else None,
    }
