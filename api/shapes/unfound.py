"""Searches, reported deaths and warrants over the wire."""

from typing import Any

from rest_framework import serializers

from offenders.models import Status
from workflows.models import EntryWarrant, MissingReport
from workflows.queries.unfound import Unfound
from workflows.steps import warrant
from workflows.steps.fields import PublicIdField


class RecordWarrantResult(warrant.RecordWarrantResult):
    """Which warrant, and what became of it."""

    warrant = PublicIdField(help_text="Id of the warrant")


class MissingAnswer(serializers.Serializer):
    """One report that the person cannot be found. What was typed is not said here."""

    id = serializers.UUIDField()
    reported_on = serializers.DateField()
    decision = serializers.ChoiceField(
        choices=MissingReport.Decision.choices, allow_blank=True, help_text="Of a supervisor"
    )
    closed_because = serializers.ChoiceField(
        choices=MissingReport.ClosedBecause.choices, allow_blank=True
    )
    closed_on = serializers.DateField(allow_null=True)
    found_in = serializers.ChoiceField(choices=Status.choices, allow_blank=True)


class WarrantAnswer(serializers.Serializer):
    """One look at whether to apply for an entry warrant, and what became of it."""

    id = serializers.UUIDField()
    recommendation = serializers.ChoiceField(choices=EntryWarrant.Recommendation.choices)
    decision = serializers.ChoiceField(choices=EntryWarrant.Decision.choices, allow_blank=True)
    applied_on = serializers.DateField(allow_null=True)
    court = serializers.ChoiceField(choices=EntryWarrant.Court.choices, allow_blank=True)
    court_on = serializers.DateField(allow_null=True)
    executed_on = serializers.DateField(allow_null=True)


class UnfoundAnswer(serializers.Serializer):
    """Searches for the person, a death that waits to be verified, and warrants."""

    missing_reports = MissingAnswer(many=True)
    last_enquiry_on = serializers.DateField(allow_null=True)
    death_reported_on = serializers.DateField(
        allow_null=True, help_text="While nobody has verified or refuted it"
    )
    entry_warrants = WarrantAnswer(many=True)


def unfound(known: Unfound) -> dict[str, Any]:
    """`known` as an UnfoundAnswer."""
    death = known.waiting_death
    return {
        "missing_reports": [
            {
                "id": report.public_id,
                "reported_on": report.reported_on,
                "decision": report.decision,
                "closed_because": report.closed_because,
                "closed_on": report.closed_on,
                "found_in": report.found_in,
            }
            for report in known.reports
        ],
        "last_enquiry_on": known.enquiries[0].made_on if known.enquiries else None,
        "death_reported_on": death.reported_on if death else None,
        "entry_warrants": [
            {
                "id": warrant.public_id,
                "recommendation": warrant.recommendation,
                "decision": warrant.decision,
                "applied_on": warrant.applied_on,
                "court": warrant.court,
                "court_on": warrant.court_on,
                "executed_on": warrant.executed_on,
            }
            for warrant in known.warrants
        ],
    }
