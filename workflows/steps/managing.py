"""Forms of what officers decide about a person beside any task: pages and API share them.

A page leaves out what its address says already, such as which visit; the API's shapes add it.
"""

from rest_framework import serializers

from offenders.models import ManagementLevel, Status
from workflows.steps.fields import BoundedDateField, LineField, StrictSerializer, TextField

#: Levels that somebody can decide. `not_assessed` is the absence of a decision.
LEVELS = [choice for choice in ManagementLevel.choices if choice[0] != "not_assessed"]
#: Where somebody can be recorded to be. Missing they are reported, by a form of its own.
WHERE = [choice for choice in Status.choices if choice[0] != Status.MISSING]


class ChangeStatus(StrictSerializer):
    """Where the person is from a day on."""

    status = serializers.ChoiceField(
        label="Where are they?",
        help_text="Custody is after remand or sentence: who is in a police cell before that is in "
        "the community. Hospital means detained there: a voluntary patient is in the community",
        choices=WHERE,
        error_messages={"required": "Choose where they are"},
    )
    on = BoundedDateField(
        label="Since when?",
        help_text="First day of the new status",
        error_messages={"required": "Enter the first day"},
    )
    release_expected_on = BoundedDateField(
        label="When is release expected?",
        help_text="Only of somebody detained. Leave empty where nobody knows",
        required=False,
        allow_null=True,
        default=None,
    )
    reason = TextField(
        label="How is it known?",
        help_text="Such as who said so, and where they are held",
        max_length=2000,
        required=False,
        allow_blank=True,
        default="",
    )


class ChangeLevel(StrictSerializer):
    """A decision on the management level."""

    level = serializers.ChoiceField(
        label="To which level?", choices=LEVELS, error_messages={"required": "Choose the level"}
    )
    decided_on = BoundedDateField(
        label="When was it decided?", error_messages={"required": "Enter the day of the decision"}
    )
    reason = TextField(label="Why?", max_length=2000, error_messages={"required": "Say why"})


class ManageActively(StrictSerializer):
    """A decision that ends reactive management."""

    decided_on = BoundedDateField(
        label="When was it decided?", error_messages={"required": "Enter the day of the decision"}
    )
    reason = TextField(label="Why?", max_length=2000, error_messages={"required": "Say why"})


class BringVisitForward(StrictSerializer):
    """A direction to visit sooner."""

    visit_by = BoundedDateField(
        label="Visit by which day?", error_messages={"required": "Enter the last day"}
    )
    reason = TextField(label="Why sooner?", max_length=2000, error_messages={"required": "Say why"})


class VoidVisit(StrictSerializer):
    """Why a visit that was entered wrongly is void."""

    reason = LineField(
        label="What is wrong with the entry?",
        help_text="Kept with it",
        max_length=500,
        error_messages={"required": "Say what is wrong with it"},
    )


class DeclareConflict(StrictSerializer):
    """Who has a tie with the person, as a page asks for them."""

    staff_number = LineField(
        label="Staff number of who has the tie",
        help_text="Your own; for a colleague, a supervisor or inspector of the team declares it",
        max_length=20,
        error_messages={"required": "Enter the staff number of who has the tie"},
    )
