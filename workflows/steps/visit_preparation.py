"""Forms before a visit: its preparation, and the timer of who goes alone."""

from rest_framework import serializers

from workflows.models import VisitPreparation
from workflows.steps.fields import (
    AwareDateTimeField,
    LineField,
    RowsField,
    SeveralField,
    StrictSerializer,
    TextField,
)
from workflows.steps.visit import MOST_STAFF

#: One of the two is asked for by the action, so a page calls neither optional.
ASKED = {"asked": True}


class CheckSystem(StrictSerializer):
    """One system: when it was looked at, or why not."""

    system = serializers.ChoiceField(
        choices=VisitPreparation.System.choices, style={"fixed": True, "heading": True}
    )
    done_at = AwareDateTimeField(
        label="Looked at", required=False, allow_null=True, default=None, style=ASKED
    )
    not_done_reason = LineField(
        label="Or why not",
        max_length=200,
        required=False,
        allow_blank=True,
        default="",
        style=ASKED,
    )


class PrepareVisit(StrictSerializer):
    """What was looked at and thought of before a visit."""

    purposes = SeveralField(
        label="What is the visit for?",
        choices=VisitPreparation.Purpose.choices,
        allow_empty=False,
        error_messages={
            "required": "Choose what the visit is for",
            "empty": "Choose what the visit is for",
        },
    )
    checks = RowsField(
        label="System checks",
        help_text="When each was looked at, or why it was not",
        style=ASKED,
        child=CheckSystem(),
        max_length=len(VisitPreparation.System.choices),
        required=False,
        default=list,
    )
    safety_level = serializers.ChoiceField(
        label="How safe is it for staff?",
        choices=VisitPreparation.Safety.choices,
        error_messages={"required": "Choose how safe it is"},
    )
    safety_assessment = TextField(
        label="Dangers and precautions",
        max_length=4000,
        error_messages={"required": "Write dangers and precautions, or that none are known"},
    )
    going = serializers.ListField(
        label="Who plans to go?",
        help_text="Staff numbers, one for each officer",
        child=LineField(max_length=20),
        max_length=MOST_STAFF,
        required=False,
        default=list,
    )
    partner = LineField(
        label="Colleague of a partner agency",
        max_length=120,
        required=False,
        allow_blank=True,
        default="",
    )
    planned_at = AwareDateTimeField(
        label="When do they plan to go?",
        help_text="London time, 24-hour clock",
        required=False,
        allow_null=True,
        default=None,
    )


class StartLoneVisit(StrictSerializer):
    """Going in alone: by when will it be over?"""

    expected_end_at = AwareDateTimeField(
        label="By when will you be out?",
        help_text="London time, 24-hour clock. Supervisors are told when it passes",
        error_messages={"required": "Enter by when you will be out"},
    )


class EndLoneVisit(StrictSerializer):
    """The officer is safe."""

    note = LineField(
        label="How do you know?",
        help_text="Only where you say it for a colleague",
        max_length=500,
        required=False,
        allow_blank=True,
        default="",
    )


class AuthoriseAlone(StrictSerializer):
    """Authority for one officer to make this visit alone."""

    staff_number = LineField(
        label="Who goes alone?",
        help_text="Staff number",
        max_length=20,
        error_messages={"required": "Enter the staff number of who goes"},
    )
    risk_assessment = TextField(
        label="Why it is safe to go alone, and what makes it so",
        max_length=4000,
        error_messages={"required": "Write why it is safe"},
    )
