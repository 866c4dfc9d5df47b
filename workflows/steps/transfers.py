"""Forms of offers between teams. No step of a flow: pages and API share them."""

from rest_framework import serializers

from workflows.steps.fields import LineField, PublicIdField, StrictSerializer, TextField
from workflows.steps.reassignment import MOST_PEOPLE, NO_RECEIVER, NOBODY_CHOSEN


class OfferTransfer(StrictSerializer):
    """Whom a team offers to an officer of another, and why."""

    offenders = serializers.ListField(
        child=PublicIdField(),
        allow_empty=False,
        max_length=MOST_PEOPLE,
        error_messages={"required": NOBODY_CHOSEN},
    )
    to = PublicIdField(
        help_text="Id of an officer of another team", error_messages={"required": NO_RECEIVER}
    )
    reason = TextField(max_length=2000, error_messages={"required": "Give the reason"})


class AcceptTransfer(StrictSerializer):
    """What the caller saw before accepting, and why it may be more than the officer can carry."""

    over_capacity = TextField(
        required=False,
        max_length=2000,
        help_text="Why somebody is given more than they can carry; asked for where that is so",
    )
    seen = LineField(
        max_length=64,
        required=False,
        help_text="`digest` of the preview; 412 where the preview would now differ",
    )


class DeclineTransfer(StrictSerializer):
    """Why the people are not taken."""

    reason = TextField(max_length=2000, error_messages={"required": "Give the reason"})
