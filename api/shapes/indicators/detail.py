"""One indicator as it was received, and what became of it."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from api.shapes import common
from api.shapes.indicators.listing import standing
from api.shapes.indicators.triages import TriageAnswer, triage
from risk.grading import AssessmentGrade, Handling, SourceGrade
from risk.indicator_codes import Severity
from risk.models import (
    Indicator,
    IndicatorIdentifierKind,
    IndicatorState,
    IndicatorTriage,
    ReferenceKind,
)


class SubjectAnswer(serializers.Serializer):
    """Somebody whom it names, as received."""

    surname = serializers.CharField(allow_blank=True)
    forename = serializers.CharField(allow_blank=True)
    born_on = serializers.DateField(allow_null=True)
    postcode = serializers.CharField(allow_blank=True)


class IdentifierAnswer(serializers.Serializer):
    """Something by which a person may be found, as received."""

    kind = serializers.ChoiceField(choices=IndicatorIdentifierKind.choices)
    service = serializers.CharField(allow_blank=True)
    value = serializers.CharField()


class ReferenceAnswer(serializers.Serializer):
    """Where evidence is, by number."""

    kind = serializers.ChoiceField(choices=ReferenceKind.choices)
    value = serializers.CharField()


class IndicatorAnswer(serializers.Serializer):
    """One indicator: first how it may be handled, then what it says."""

    handling = serializers.ChoiceField(choices=Handling.choices)
    handling_conditions = serializers.CharField(allow_blank=True)
    id = serializers.UUIDField()
    code = serializers.CharField()
    severity = serializers.ChoiceField(choices=Severity.choices)
    source_grade = serializers.ChoiceField(choices=SourceGrade.choices)
    assessment_grade = serializers.ChoiceField(choices=AssessmentGrade.choices)
    sanitised = serializers.BooleanField()
    state = serializers.ChoiceField(choices=IndicatorState.choices)
    occurred_at = serializers.DateTimeField()
    received_at = serializers.DateTimeField()
    triage_by = serializers.DateTimeField()
    person = common.PersonName(allow_null=True)
    merged_into = serializers.UUIDField(allow_null=True)
    restricted = serializers.BooleanField()
    origin = serializers.CharField(help_text="What it comes from")
    external_id = serializers.CharField(help_text="The sender's own number of it")
    sent_by = serializers.CharField(help_text="The other system; empty where an officer did")
    recorded_by = common.OfficerName(allow_null=True)
    text = serializers.CharField(allow_blank=True)
    subjects = SubjectAnswer(many=True)
    identifiers = IdentifierAnswer(many=True)
    references = ReferenceAnswer(many=True)
    matched_by = common.OfficerName(allow_null=True)
    matched_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.CharField(allow_blank=True)
    outcome_reason = serializers.CharField(allow_blank=True)
    triaged_by = common.OfficerName(allow_null=True)
    triaged_at = serializers.DateTimeField(allow_null=True)
    decays_from = serializers.DateTimeField(
        allow_null=True, help_text="Null while it waits, or what its triage started is open"
    )
    triages = TriageAnswer(many=True, help_text="Oldest first, returned ones too")


def answer(found: Indicator, triages: Sequence[IndicatorTriage]) -> dict[str, Any]:
    """`found`, read `with_parts`, with those of its triages to show, as an IndicatorAnswer."""
    first = {"handling": found.handling, "handling_conditions": found.handling_conditions}
    return first | {
        **standing(found),
        "sanitised": found.sanitised,
        "origin": found.source,
        "external_id": found.external_id,
        "sent_by": found.client_label,
        "recorded_by": common.officer(found.recorded_by),
        "text": found.text,
        "subjects": [
            {
                "surname": one.surname,
                "forename": one.forename,
                "born_on": one.born_on,
                "postcode": one.postcode,
            }
            for one in found.subjects.all()
        ],
        "identifiers": [
            {"kind": one.kind, "service": one.service, "value": one.value}
            for one in found.identifiers.all()
        ],
        "references": [{"kind": one.kind, "value": one.value} for one in found.references.all()],
        "matched_by": common.officer(found.matched_by),
        "matched_at": found.matched_at,
        "outcome": found.outcome,
        "outcome_reason": found.outcome_reason,
        "triaged_by": common.officer(found.triaged_by),
        "triaged_at": found.triaged_at,
        "decays_from": found.decays_from,
        "triages": [triage(one) for one in triages],
    }
