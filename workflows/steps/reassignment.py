"""Forms of moving people between officers. No step of a flow: pages and API share them."""

from rest_framework import serializers

from workflows.steps.fields import LineField, PublicIdField, StrictSerializer, TextField

#: People in one reassignment: each is locked until all have moved.
MOST_PEOPLE = 500


class PreviewReassignment(StrictSerializer):
    """Who would move to whom."""

    offenders = serializers.ListField(
        child=PublicIdField(),
        allow_empty=False,
        max_length=MOST_PEOPLE,
        error_messages={"required": "Choose at least one person"},
    )
    to = PublicIdField(
        help_text="Id of the offender manager who would take them",
        error_messages={"required": "Choose who takes them"},
    )


class Reassign(PreviewReassignment):
    """Who moves to whom, why, and what the caller saw before deciding."""

    reason = TextField(max_length=2000, error_messages={"required": "Give the reason"})
    seen = LineField(
        max_length=64,
        required=False,
        help_text="`digest` of the preview; 412 where the preview would now differ",
    )
