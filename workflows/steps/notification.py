"""Forms of a notification."""

from rest_framework import serializers

from workflows.steps.fields import BoundedDateField, LineField, StrictSerializer, TextField


class RecordNotification(StrictSerializer):
    """What the offender notified, in person, at a published station (SOA 2003 s.87)."""

    notified_on = BoundedDateField(
        label="When did they notify?",
        error_messages={"required": "Enter the day of the notification"},
    )
    station = LineField(
        label="Police station",
        max_length=100,
        error_messages={"required": "Enter the police station"},
    )
    details_changed = TextField(
        label="What changed",
        help_text="Leave empty where nothing did. No bank or card numbers",
        max_length=4000,
        required=False,
        allow_blank=True,
        default="",
    )
    acknowledged = serializers.BooleanField(
        label="Was it acknowledged in writing?",
        error_messages={"required": "Say whether it was acknowledged"},
    )


class CheckNotification(StrictSerializer):
    """Another officer's check of the record."""

    decision = serializers.ChoiceField(
        label="Decision",
        choices=[("accept", "The record is right"), ("void", "The record is wrong: void it")],
        error_messages={"required": "Choose a decision"},
    )
    comment = LineField(label="Comment", max_length=500, error_messages={"required": "Say why"})
