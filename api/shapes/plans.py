"""The risk management plan over the wire: answers."""

from rest_framework import serializers

from api.shapes.common import OfficerName
from offenders.models import ManagementLevel
from risk.models import FlagSystem, Pillar, PlanState
from risk.models.plan import FlagState, IntervalDecision, PlanDecision
from workflows.models import PlanActionChoice


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


class NewActionAnswer(serializers.Serializer):
    """An action that a version asks for."""

    pillar = serializers.ChoiceField(choices=Pillar.choices)
    factor = serializers.CharField(allow_blank=True)
    text = serializers.CharField(required=False)
    due_on = serializers.DateField()
    owner = OfficerName(allow_null=True, help_text="Null: the offender manager")


class KeptActionAnswer(serializers.Serializer):
    """What a version does with an action of the one before."""

    id = serializers.UUIDField()
    choice = serializers.ChoiceField(choices=PlanActionChoice.Choice.choices)
    text = serializers.CharField(required=False)
    reason = serializers.CharField(allow_blank=True, required=False)


class PlanVersionText(PlanTextAnswer):
    """What a version says, and what it changes."""

    review = serializers.CharField()


class PlanVersionAnswer(serializers.Serializer):
    """One version as it was handed in, and what was decided on it.

    What somebody typed is left out where a grant redacts. Of a version that never was in force, and
    of what was said with a decision, it is for who reads the tasks that wrote it.
    """

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=PlanState.choices)
    assessment = serializers.UUIDField(
        allow_null=True, help_text="In whose light it was made; null: of none"
    )
    author = OfficerName()
    submitted_on = serializers.DateField()
    submitted_at = serializers.DateTimeField()
    decision = serializers.ChoiceField(choices=PlanDecision.choices, allow_blank=True)
    comment = serializers.CharField(allow_blank=True, required=False)
    decided_by = OfficerName(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    visit_every = serializers.CharField(
        allow_null=True, help_text="Such as 14d or 4m; null: as the management level asks"
    )
    longer_than_level = serializers.BooleanField()
    interval_decision = serializers.ChoiceField(choices=IntervalDecision.choices, allow_blank=True)
    interval_comment = serializers.CharField(allow_blank=True, required=False)
    interval_decided_by = OfficerName(allow_null=True)
    interval_decided_at = serializers.DateTimeField(allow_null=True)
    level = serializers.ChoiceField(
        choices=ManagementLevel.choices, allow_blank=True, help_text="When it was endorsed"
    )
    agreed_on = serializers.DateField(allow_null=True, help_text="From which it stood")
    disclosure_considered = serializers.BooleanField()
    flags = PlanFlagAnswer(many=True)
    new_actions = NewActionAnswer(many=True)
    kept_actions = KeptActionAnswer(many=True)
    text = PlanVersionText(required=False)


class PlanList(serializers.Serializer):
    """A page of versions of the plan, newest first."""

    results = PlanVersionAnswer(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)
