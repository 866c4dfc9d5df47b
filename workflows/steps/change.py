"""Form of a significant change in a person's life."""

from rest_framework import serializers

from risk.models import SignificantChange
from workflows.steps.fields import BoundedDateField, StrictSerializer, TextField


class RecordChange(StrictSerializer):
    """What happened, when, and when the police came to know of it."""

    what = serializers.ChoiceField(
        label="What changed?",
        choices=SignificantChange.What.choices,
        error_messages={"required": "Choose what changed"},
    )
    occurred_on = BoundedDateField(
        label="When did it happen?", error_messages={"required": "Say when it happened"}
    )
    known_on = BoundedDateField(
        label="When did the police know of it?",
        help_text="Leave empty where it was the same day",
        required=False,
        allow_null=True,
        default=None,
    )
    text = TextField(
        label="What is known",
        max_length=4000,
        error_messages={"required": "Write what is known"},
    )
