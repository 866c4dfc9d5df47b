"""Form of how much an officer can carry. No step of a flow: page and API share it."""

from rest_framework import serializers

from accounts.models.capacity import WHOLE, Capacity
from workflows.steps.fields import BoundedDateField, StrictSerializer, TextField, WholeNumberField


class SetCapacity(StrictSerializer):
    """An officer's share of full time from a day on, and what is taken off it."""

    from_on = BoundedDateField(
        label="From which day", error_messages={"required": "Enter the first day"}
    )
    full_time = WholeNumberField(
        max_value=WHOLE,
        label="Share of full time, in percent",
        help_text="100 is full time, 60 is three days a week",
        error_messages={"required": "Enter the share of full time"},
    )
    reduction = WholeNumberField(
        required=False,
        max_value=WHOLE,
        label="Taken off that share, in percent",
        help_text="Leave empty for nothing",
    )
    because = serializers.ChoiceField(
        required=False, choices=Capacity.Because.choices, label="Why it is taken off"
    )
    reason = TextField(
        max_length=2000, label="Reason", error_messages={"required": "Give the reason"}
    )
