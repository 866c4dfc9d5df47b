"""Forms of the home visit. Dates and times are never filled in beforehand (PRACTICE 12)."""

from rest_framework import serializers

from workflows.models import Visit, VisitReview
from workflows.steps.fields import AwareDateTimeField, LineField, StrictSerializer, TextField

#: Says that the visit was at no other place; the same as no answer.
NOWHERE_ELSE = "nowhere_else"

#: The widest group that goes to one door.
MOST_STAFF = 6


class RecordOutcome(StrictSerializer):
    """What happened at the door, in two minutes."""

    outcome = serializers.ChoiceField(
        label="What happened?",
        choices=Visit.Outcome.choices,
        error_messages={"required": "Choose what happened"},
    )
    occurred_at = AwareDateTimeField(
        label="When were you there?",
        help_text="London time, 24-hour clock",
        error_messages={"required": "Enter the day and time of the visit"},
    )
    announced = serializers.BooleanField(
        label="Did they know you were coming?",
        error_messages={"required": "Say whether the visit was announced"},
    )
    attended = serializers.BooleanField(
        label="Were you there yourself?",
        error_messages={"required": "Say whether you were there"},
    )
    colleagues = serializers.ListField(
        label="Who else was there?",
        help_text="Staff numbers, one for each colleague",
        child=LineField(max_length=20),
        max_length=MOST_STAFF,
        required=False,
        default=list,
    )
    partner = LineField(
        label="Colleague of a partner agency",
        help_text="Name and agency, if one was there",
        max_length=120,
        required=False,
        allow_blank=True,
        default="",
    )
    at_notified_address = serializers.BooleanField(
        label="Was it at the last notified address?",
        error_messages={"required": "Say whether it was at the last notified address"},
    )
    place = serializers.ChoiceField(
        label="Where else was it?",
        help_text="Needed where the person was seen away from the last notified address",
        choices=[(NOWHERE_ELSE, "Nowhere else"), *Visit.Place.choices],
        required=False,
        allow_blank=True,
        default="",
    )
    for_risk_assessment = serializers.BooleanField(
        label="Was the purpose to assess risk?",
        help_text="Counts towards a warrant under section 96B",
        error_messages={"required": "Say whether the purpose was to assess risk"},
    )
    concern = serializers.BooleanField(
        label="Is there a concern for a supervisor?",
        error_messages={"required": "Say whether there is a concern"},
    )
    note = TextField(
        label="Note",
        help_text="Facts only. The full write-up comes later",
        max_length=2000,
        required=False,
        allow_blank=True,
        default="",
    )
    entry_reason = LineField(
        label="Reason for a late entry, or for writing it for others",
        help_text="Needed after 24 hours, or if you were not there",
        max_length=500,
        required=False,
        allow_blank=True,
        default="",
    )


class ReviewVisit(StrictSerializer):
    """A supervisor's decision on a visit. An attempt that failed is only ever accepted."""

    decision = serializers.ChoiceField(
        label="Decision",
        choices=VisitReview.Decision.choices,
        error_messages={"required": "Choose a decision"},
    )
    comment = TextField(
        label="Comment",
        help_text="Needed where it is returned, not effective, or gave cause to look",
        max_length=2000,
        required=False,
        allow_blank=True,
        default="",
    )
