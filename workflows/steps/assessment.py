"""Forms of the risk reassessment."""

from rest_framework import serializers

from offenders.models import ManagementLevel
from risk.models import RiskAssessment
from workflows.steps.fields import StrictSerializer, TextField

LEVELS = [choice for choice in ManagementLevel.choices if choice[0] != "not_assessed"]


class AssessRisk(StrictSerializer):
    """An officer's structured judgement."""

    tool = serializers.ChoiceField(
        label="Tool",
        help_text="ARMS is for adult men; otherwise structured professional judgement",
        choices=RiskAssessment.Tool.choices,
        error_messages={"required": "Choose the tool"},
    )
    priority = serializers.ChoiceField(
        label="Priority that the tool gives",
        choices=RiskAssessment.Priority.choices,
        error_messages={"required": "Choose the priority"},
    )
    formulation = TextField(
        label="Formulation",
        help_text="How the factors explain the risk, with the evidence",
        max_length=8000,
        error_messages={"required": "Explain the risk"},
    )
    proposed_level = serializers.ChoiceField(
        label="Management level you propose",
        choices=LEVELS,
        error_messages={"required": "Choose the management level"},
    )


class EndorseAssessment(StrictSerializer):
    """Another officer's decision on it."""

    decision = serializers.ChoiceField(
        label="Decision",
        choices=[("endorse", "Endorse"), ("return", "Return to the author")],
        error_messages={"required": "Choose a decision"},
    )
    comment = TextField(label="Comment", max_length=2000, error_messages={"required": "Say why"})
