"""Assessments over the wire: what was written so far, and what changed since the last time."""

from typing import Any

from rest_framework import serializers

from api.shapes.common import OfficerName, officer
from offenders.models import ManagementLevel
from risk.models import AssessmentPriority, Rating, RiskAssessment, SignificantChange, Trend
from workflows.models import AssessmentDraft, Task
from workflows.queries import assessing


class DraftAnswer(serializers.Serializer):
    """What was written so far, by whom."""

    values = serializers.DictField(help_text="As they were typed, by field")
    author = OfficerName()
    saved_at = serializers.DateTimeField()


class FactorCompared(serializers.Serializer):
    """One factor of an assessment that is decided on, and how it stood in the one before."""

    factor = serializers.CharField()
    name = serializers.CharField()
    was = serializers.ChoiceField(choices=Rating.choices, allow_blank=True)
    now = serializers.ChoiceField(choices=Rating.choices, allow_blank=True)
    trend = serializers.ChoiceField(choices=Trend.choices, allow_blank=True)
    evidence = serializers.CharField(allow_blank=True)


class ChangeAnswer(serializers.Serializer):
    """A significant change as it was recorded."""

    id = serializers.UUIDField()
    what = serializers.ChoiceField(choices=SignificantChange.What.choices)
    occurred_on = serializers.DateField()
    known_on = serializers.DateField(help_text="From which its reassessment is counted")


class OverrideAnswer(serializers.Serializer):
    """A level that overrides the tool's priority."""

    approver = OfficerName()
    expires_on = serializers.DateField(help_text="A reassessment is due by then")
    ended_on = serializers.DateField(allow_null=True)


class AssessmentAnswer(serializers.Serializer):
    """One assessment and what was decided on it. What was written is in its task."""

    id = serializers.UUIDField()
    tool = serializers.CharField()
    tool_version = serializers.IntegerField(allow_null=True)
    state = serializers.ChoiceField(choices=RiskAssessment.State.choices)
    assessed_on = serializers.DateField()
    priority = serializers.ChoiceField(choices=AssessmentPriority.choices, allow_blank=True)
    proposed_level = serializers.ChoiceField(choices=ManagementLevel.choices, allow_blank=True)
    level = serializers.ChoiceField(
        choices=ManagementLevel.choices, allow_blank=True, help_text="That was decided on it"
    )
    author = OfficerName(allow_null=True)
    endorser = OfficerName(allow_null=True)
    level_decided_by = OfficerName(allow_null=True)
    override = OverrideAnswer(allow_null=True)


class RatingAnswer(serializers.Serializer):
    """One factor as it was rated, with its evidence."""

    factor = serializers.CharField()
    name = serializers.CharField()
    rating = serializers.ChoiceField(choices=Rating.choices)
    trend = serializers.ChoiceField(choices=Trend.choices)
    evidence = serializers.CharField(allow_blank=True)
    evidence_on = serializers.DateField(allow_null=True)
    evidence_source = serializers.CharField(allow_blank=True)


#: What is shown of one rated factor.
RATED = tuple(RatingAnswer().fields)


class AssessmentTextAnswer(serializers.Serializer):
    """What was written in an assessment, and with what was decided on it."""

    formulation = serializers.CharField(allow_blank=True)
    comment = serializers.CharField(allow_blank=True, help_text="Of the endorser")
    level_reason = serializers.CharField(allow_blank=True)
    override_reason = serializers.CharField(allow_blank=True)
    ratings = RatingAnswer(many=True)


class AssessmentWhole(AssessmentAnswer):
    """An assessment whole. What was written is for who reads the tasks that wrote it."""

    submitted_at = serializers.DateTimeField(allow_null=True)
    endorser_for = OfficerName(allow_null=True, help_text="Whom the endorser acted for")
    decided_on = serializers.DateField(allow_null=True)
    level_decided_at = serializers.DateTimeField(allow_null=True)
    text = AssessmentTextAnswer(required=False)


class AssessmentList(serializers.Serializer):
    """A page of assessments, newest first."""

    results = AssessmentWhole(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


def change(found: SignificantChange) -> dict[str, Any]:
    """`found` as a ChangeAnswer."""
    return {
        "id": found.public_id,
        "what": found.what,
        "occurred_on": found.occurred_on,
        "known_on": found.known_on,
    }


def assessment(found: RiskAssessment) -> dict[str, Any]:
    """`found` as an AssessmentAnswer."""
    override = getattr(found, "override", None)
    return {
        "id": found.public_id,
        "tool": found.tool,
        "tool_version": found.template and found.template.number,
        "state": found.state,
        "assessed_on": found.assessed_on,
        "priority": found.priority,
        "proposed_level": found.proposed_level,
        "level": found.level,
        "author": officer(found.author),
        "endorser": officer(found.endorser),
        "level_decided_by": officer(found.level_decided_by),
        "override": override
        and {
            "approver": officer(override.approver),
            "expires_on": override.expires_on,
            "ended_on": override.ended_on,
        },
    }


def whole(found: RiskAssessment, *, shows_work: bool) -> dict[str, Any]:
    """`found`, with its ratings, as an AssessmentWhole."""
    shown = assessment(found) | {
        "submitted_at": found.submitted_at,
        "endorser_for": officer(found.endorser_for),
        "decided_on": found.decided_on,
        "level_decided_at": found.level_decided_at,
    }
    return shown | ({"text": _text(found)} if shows_work else {})


def _text(found: RiskAssessment) -> dict[str, Any]:
    override = getattr(found, "override", None)
    return {
        "formulation": found.formulation,
        "comment": found.decision_comment,
        "level_reason": found.level_reason,
        "override_reason": override.reason if override else "",
        "ratings": [{name: getattr(one, name) for name in RATED} for one in found.ratings.all()],
    }


def draft(found: AssessmentDraft) -> dict[str, Any]:
    """`found` as a DraftAnswer."""
    return {
        "values": found.values,
        "author": officer(found.author),
        "saved_at": found.saved_at,
    }


def compared(found: Task) -> list[dict[str, Any]]:
    """The factors that a step decides on, each as a FactorCompared."""
    assessment = assessing.waiting_of(found) if found.is_open else None
    rows = assessing.compared(assessment)[0] if assessment else []
    return [row._asdict() for row in rows]
