"""What is owed to a person over the wire: now, and as of another day."""

from rest_framework import serializers

from offenders.models import ManagementLevel
from workflows.models import Kind

UNTOLD = "Empty of the triage of an indicator that the caller may not open"


class MoveAnswer(serializers.Serializer):
    """One move of a due date."""

    from_on = serializers.DateField()
    to_on = serializers.DateField()
    rule = serializers.CharField(allow_blank=True, help_text=UNTOLD)
    because = serializers.CharField()


class ObligationAnswer(serializers.Serializer):
    """One thing owed, and why it is due that day."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    about = serializers.CharField(allow_blank=True)
    due_on = serializers.DateField()
    original_due_on = serializers.DateField()
    overdue_days = serializers.IntegerField()
    rule = serializers.CharField(allow_blank=True, help_text=UNTOLD)
    source = serializers.CharField(  # type: ignore[assignment]
        allow_blank=True, help_text="Where the rule comes from"
    )
    moves = MoveAnswer(many=True)
    version = serializers.IntegerField()


class ObligationThen(serializers.Serializer):
    """Something that was owed. Without a row of its own then it has no id."""

    id = serializers.UUIDField(allow_null=True)
    kind = serializers.ChoiceField(choices=Kind.choices)
    about = serializers.CharField(allow_blank=True)
    due_on = serializers.DateField()
    original_due_on = serializers.DateField()
    overdue_days = serializers.IntegerField()
    rule = serializers.CharField(allow_blank=True, help_text=UNTOLD)
    source = serializers.CharField(allow_blank=True)  # type: ignore[assignment]
    version = serializers.IntegerField(
        allow_null=True, help_text="Null for what is not open any more"
    )


class OwedThen(serializers.Serializer):
    """What was owed as of a day, as known at an instant; `known_at` null: as known now."""

    as_of = serializers.DateField()
    known_at = serializers.DateTimeField(allow_null=True)
    was_known = serializers.BooleanField(help_text="Whether the person was on record by then")
    level = serializers.ChoiceField(choices=ManagementLevel.choices, allow_null=True)
    obligations = ObligationThen(many=True)
