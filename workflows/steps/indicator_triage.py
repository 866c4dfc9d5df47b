"""Forms of the triage of an indicator, and of a supervisor's check of it (PRACTICE 18)."""

from rest_framework import serializers

from risk.indicator_codes import TriageOutcome
from risk.models import TriageCheck
from workflows.steps.fields import (
    BoundedDateField,
    LineField,
    OfferedIdField,
    StrictSerializer,
    TextField,
    only_for,
)


class TriageIndicator(StrictSerializer):
    """What an indicator means, and what is done about it. Each outcome asks for its own."""

    outcome = serializers.ChoiceField(
        label="What follows?",
        choices=TriageOutcome.choices,
        error_messages={"required": "Choose what follows"},
    )
    reason = TextField(
        label="Why",
        help_text="What was checked, and what it means",
        max_length=2000,
        error_messages={"required": "Say why"},
    )
    breach_of = OfferedIdField(
        label="Which condition of an order may it be a breach of?",
        help_text="Those that fit this type of indicator come first",
        required=False,
        allow_null=True,
        default=None,
    )
    visit_by = BoundedDateField(
        label="Visit by which day?",
        help_text="For a visit brought forward",
        style=only_for("outcome", TriageOutcome.VISIT_BROUGHT_FORWARD),
        required=False,
        allow_null=True,
        default=None,
    )
    action = LineField(
        label="What must be done?",
        help_text="For an enquiry or a safeguarding referral",
        style=only_for("outcome", TriageOutcome.ENQUIRY, TriageOutcome.SAFEGUARDING_REFERRAL),
        max_length=500,
        required=False,
        allow_blank=True,
        default="",
    )
    due_on = BoundedDateField(
        label="By when?",
        help_text="For an enquiry. A safeguarding referral is made today",
        style=only_for("outcome", TriageOutcome.ENQUIRY, TriageOutcome.SAFEGUARDING_REFERRAL),
        required=False,
        allow_null=True,
        default=None,
    )
    owner = LineField(
        label="Who does it?",
        help_text="Staff number. Leave empty for the offender manager",
        style=only_for(
            "outcome", TriageOutcome.ENQUIRY, TriageOutcome.SAFEGUARDING_REFERRAL, asked=False
        ),
        max_length=20,
        required=False,
        allow_blank=True,
        default="",
    )
    task = OfferedIdField(
        label="Which task deals with it?",
        help_text="For one that is linked to a task",
        style=only_for("outcome", TriageOutcome.LINKED_TO_TASK),
        required=False,
        allow_null=True,
        default=None,
    )
    same_as = OfferedIdField(
        label="Which indicator is it the same as?",
        help_text="For a duplicate: one that is at least as grave and as well graded",
        style=only_for("outcome", TriageOutcome.DUPLICATE),
        required=False,
        allow_null=True,
        default=None,
    )
    transferred_to = LineField(
        label="To which force?",
        help_text="For one that is transferred",
        style=only_for("outcome", TriageOutcome.TRANSFERRED),
        max_length=100,
        required=False,
        allow_blank=True,
        default="",
    )


class CheckTriage(StrictSerializer):
    """A supervisor's decision on what an officer set aside."""

    decision = serializers.ChoiceField(
        label="Decision",
        choices=[(one.value, one.label) for one in (TriageCheck.AGREED, TriageCheck.RETURNED)],
        error_messages={"required": "Choose a decision"},
    )
    comment = TextField(label="Why", max_length=2000, error_messages={"required": "Say why"})
