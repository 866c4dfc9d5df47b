"""Forms of a warrant to enter a home (SOA 2003 s.96B)."""

from rest_framework import serializers

from workflows.models import EntryWarrant
from workflows.steps.fields import BoundedDateField, LineField, StrictSerializer, TextField

#: What may become of a warrant.
RESULTS = [*EntryWarrant.Court.choices, ("executed", "Executed")]


class ConsiderWarrant(StrictSerializer):
    """An officer's recommendation."""

    recommendation = serializers.ChoiceField(
        label="Recommendation",
        choices=EntryWarrant.Recommendation.choices,
        error_messages={"required": "Choose a recommendation"},
    )
    necessity = TextField(
        label="Is entry necessary to assess the risk?",
        help_text="What else was tried, and what only entry would show",
        max_length=2000,
        error_messages={"required": "Say whether entry is necessary"},
    )
    reason = TextField(label="Reason", max_length=2000, error_messages={"required": "Say why"})


class DecideWarrant(StrictSerializer):
    """An inspector's decision."""

    decision = serializers.ChoiceField(
        label="Decision",
        choices=EntryWarrant.Decision.choices,
        error_messages={"required": "Choose a decision"},
    )
    decision_reason = TextField(
        label="Reason", max_length=2000, error_messages={"required": "Say why"}
    )
    reference = LineField(
        label="Reference of the application",
        help_text="Needed where it was applied for",
        max_length=100,
        required=False,
        allow_blank=True,
        default="",
    )
    applied_on = BoundedDateField(
        label="When was it applied for?",
        help_text="Needed where it was applied for",
        required=False,
        allow_null=True,
        default=None,
    )


class RecordWarrantResult(StrictSerializer):
    """What became of a warrant that was applied for."""

    result = serializers.ChoiceField(
        label="What happened?",
        choices=RESULTS,
        error_messages={"required": "Choose what happened"},
    )
    on = BoundedDateField(label="When?", error_messages={"required": "Enter the day"})
