"""Reactive management over the wire: who could be proposed, who fails a criterion, a proposal."""

from typing import Any

from rest_framework import serializers

from api.shapes.common import OfficerName, PersonName, TeamName, officer, person, team
from offenders.models import ManagementLevel
from workflows.models import ReactiveProposal
from workflows.queries.reactive import Candidate
from workflows.reactive import Criterion
from workflows.steps.fields import StrictSerializer

CRITERIA = [one.value for one in Criterion]


class ReactiveQuery(StrictSerializer):
    """Which list: who could be proposed, or who is managed reactively and fails a criterion."""

    state = serializers.ChoiceField(choices=["eligible", "failing"])


class CandidateRow(PersonName):
    """One person, and the criteria that facts say are not met."""

    level = serializers.ChoiceField(choices=ManagementLevel.choices)
    owner = OfficerName(allow_null=True)
    team = TeamName()
    fails = serializers.ListField(child=serializers.ChoiceField(choices=CRITERIA))


class CandidateList(serializers.Serializer):
    """Everyone whom the caller may see, by reference."""

    as_of = serializers.DateField()
    results = CandidateRow(many=True)


class ProposalAnswer(serializers.Serializer):
    """A proposal as it was sent."""

    id = serializers.UUIDField()
    proposed_on = serializers.DateField()


def candidate(found: Candidate) -> dict[str, Any]:
    """`found` as a CandidateRow."""
    return person(found.person) | {
        "level": found.person.management_level,
        "owner": officer(found.person.offender_manager),
        "team": team(found.person.team),
        "fails": [one.value for one in found.fails],
    }


def proposal(made: ReactiveProposal) -> dict[str, Any]:
    """`made` as a ProposalAnswer."""
    return {"id": made.public_id, "proposed_on": made.proposed_on}
