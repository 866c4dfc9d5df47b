"""Indicators as lists show them."""

from collections.abc import Collection
from typing import Any

from rest_framework import serializers

from api.shapes import common
from offenders.models import Offender
from risk.grading import AssessmentGrade, Handling, SourceGrade
from risk.indicator_codes import Severity
from risk.models import Indicator, IndicatorState
from workflows.queries.indicators import EVERY_STATE
from workflows.steps.fields import PublicIdField


class IndicatorQuery(common.PagedQuery):
    """Which indicators, and which page of them."""

    state = serializers.ChoiceField(
        choices=[*IndicatorState.choices, (EVERY_STATE, "Every state")],
        required=False,
        help_text="Without it, those that wait for their triage. What waits comes by its "
        "deadline; the triaged, the merged, the retracted and `all` by when they were received, "
        "the newest first",
    )
    severity = serializers.ChoiceField(choices=Severity.choices, required=False)
    person = PublicIdField(required=False, help_text="Id of the person confirmed")


class IndicatorRow(serializers.Serializer):
    """One indicator as lists show it: nothing of what it says."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    severity = serializers.ChoiceField(choices=Severity.choices)
    source_grade = serializers.ChoiceField(choices=SourceGrade.choices)
    assessment_grade = serializers.ChoiceField(choices=AssessmentGrade.choices)
    handling = serializers.ChoiceField(choices=Handling.choices)
    state = serializers.ChoiceField(choices=IndicatorState.choices)
    occurred_at = serializers.DateTimeField()
    received_at = serializers.DateTimeField()
    triage_by = serializers.DateTimeField(help_text="Deadline of its triage")
    person = common.PersonName(allow_null=True, help_text="Null where nobody is confirmed")
    suggested = common.PersonName(
        many=True, help_text="Whom it may be about, of those whom the caller may see"
    )
    matched_at = serializers.DateTimeField(allow_null=True)
    triaged_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.CharField(help_text="What its triage led to; empty before")
    merged_into = serializers.UUIDField(allow_null=True)
    restricted = serializers.BooleanField(help_text="For named users alone")


class IndicatorList(serializers.Serializer):
    """A page of indicators, the first to be triaged first."""

    results = IndicatorRow(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


def row(found: Indicator, suggested: Collection[Offender]) -> dict[str, Any]:
    """`found` as an IndicatorRow."""
    return standing(found) | {
        "suggested": [common.person(one) for one in suggested],
        "matched_at": found.matched_at,
        "triaged_at": found.triaged_at,
        "outcome": found.outcome,
    }


def standing(found: Indicator) -> dict[str, Any]:
    """What a list and the indicator itself both say of `found`."""
    return {
        "id": found.public_id,
        "code": found.code,
        "severity": found.severity,
        "source_grade": found.source_grade,
        "assessment_grade": found.assessment_grade,
        "handling": found.handling,
        "state": found.state,
        "occurred_at": found.occurred_at,
        "received_at": found.received_at,
        "triage_by": found.triage_by,
        "person": common.person(found.offender) if found.offender else None,
        "merged_into": found.merged_into and found.merged_into.public_id,
        "restricted": found.is_restricted,
    }
