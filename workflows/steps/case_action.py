"""Forms of a particular action: raising it, and saying what came of it."""

from rest_framework import serializers

from workflows.models import CaseAction
from workflows.steps.fields import BoundedDateField, LineField, StrictSerializer, TextField

#: Actions that one form raises at most.
MOST_ACTIONS = 20


class RaiseAction(StrictSerializer):
    """One action. A row of the forms that raise some, and a form by itself."""

    text = LineField(
        label="What must be done",
        max_length=500,
        error_messages={"required": "Say what must be done"},
    )
    due_on = BoundedDateField(
        label="By when",
        error_messages={"required": "Say by when"},
    )
    owner = LineField(
        label="Who does it",
        help_text="Staff number. Leave empty for the offender manager",
        max_length=20,
        required=False,
        allow_blank=True,
        default="",
    )


class FinishAction(StrictSerializer):
    """What came of an action."""

    outcome = serializers.ChoiceField(
        label="What came of it?",
        choices=CaseAction.Outcome.choices,
        error_messages={"required": "Choose what came of it"},
    )
    evidence = TextField(
        label="What was done, or why not",
        max_length=4000,
        error_messages={"required": "Say what was done, or why not"},
    )
