"""Forms of the end of registration: two people (PRACTICE 1)."""

from rest_framework import serializers

from workflows.models import EndProposal
from workflows.steps.fields import StrictSerializer, TextField


class ProposeEnd(StrictSerializer):
    """The officer's proposal."""

    reason = TextField(
        label="Why registration ends",
        help_text="What was checked: periods, live orders, a person who still poses a risk",
        max_length=2000,
        error_messages={"required": "Say what was checked"},
    )


class EndorseEnd(StrictSerializer):
    """Another officer's decision."""

    decision = serializers.ChoiceField(
        label="Decision",
        choices=EndProposal.Decision.choices,
        error_messages={"required": "Choose a decision"},
    )
    comment = TextField(label="Comment", max_length=2000, error_messages={"required": "Say why"})
