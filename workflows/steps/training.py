"""Form of a training that an officer completed."""

from rest_framework import serializers

from accounts.models import TrainingCode
from workflows.steps.fields import BoundedDateField, StrictSerializer


class RecordTraining(StrictSerializer):
    """One course, and until when it holds."""

    code = serializers.ChoiceField(
        label="Training",
        choices=TrainingCode.choices,
        error_messages={"required": "Choose the training"},
    )
    completed_on = BoundedDateField(
        label="When was it completed?", error_messages={"required": "Say when"}
    )
    valid_until = BoundedDateField(
        label="Until when does it hold?",
        help_text="The last day, after which a refresher is needed",
        error_messages={"required": "Say until when"},
    )
