"""The risk management plan over the wire: answers."""

from rest_framework import serializers

from api.shapes.common import OfficerName
from risk.models import FlagSystem, Pillar
from risk.models.plan import FlagState


class PlanActionAnswer(serializers.Serializer):
    """An open action of the plan."""

    id = serializers.UUIDField()
    pillar = serializers.ChoiceField(choices=Pillar.choices)
    factor = serializers.CharField(allow_blank=True)
    text = serializers.CharField(required=False)
    due_on = serializers.DateField()
    owner = OfficerName(allow_null=True)


class PlanFlagAnswer(serializers.Serializer):
    """Whether one system has the person flagged."""

    system = serializers.ChoiceField(choices=FlagSystem.choices)
    state = serializers.ChoiceField(choices=FlagState.choices)
    checked_on = serializers.DateField()


class PlanTextAnswer(serializers.Serializer):
    """What the plan says."""

    supervision = serializers.CharField()
    monitoring_control = serializers.CharField()
    interventions_treatment = serializers.CharField()
    victim_safety = serializers.CharField()
    contingency = serializers.CharField()
    attendance = serializers.CharField()
    disclosure_reasoning = serializers.CharField()
    interval_reason = serializers.CharField(allow_blank=True)


class PlanAnswer(serializers.Serializer):
    """The risk management plan in force. Callers from whom addresses are kept get no typed text."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    submitted_on = serializers.DateField()
    agreed_on = serializers.DateField()
    visit_every = serializers.CharField(
        allow_null=True, help_text="Such as 14d or 4m; null: as the management level asks"
    )
    review_due_on = serializers.DateField(allow_null=True)
    disclosure_considered = serializers.BooleanField()
    flags = PlanFlagAnswer(many=True)
    actions = PlanActionAnswer(many=True)
    text = PlanTextAnswer(required=False)
