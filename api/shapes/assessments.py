"""Assessments over the wire: what was written so far, and what changed since the last time."""

from typing import Any

from rest_framework import serializers

from api.shapes.common import OfficerName, officer
from risk.models import Rating, Trend
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
