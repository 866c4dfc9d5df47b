"""Forms of absences. No step of a flow: pages and API share them."""

from rest_framework import serializers

from accounts.models import Absence
from workflows.steps.fields import BoundedDateField, LineField, StrictSerializer


class RecordAbsence(StrictSerializer):
    """Who is away, from when, until when, and who covers."""

    officer = LineField(
        max_length=20,
        required=False,
        label="Staff number of the officer",
        help_text="Empty for yourself",
    )
    kind = serializers.ChoiceField(
        choices=Absence.Kind.choices,
        label="Kind of absence",
        help_text="Nothing medical is kept",
        error_messages={"required": "Choose the kind of absence"},
    )
    from_on = BoundedDateField(
        label="First day away", error_messages={"required": "Enter the first day away"}
    )
    until_on = BoundedDateField(
        label="First day back", error_messages={"required": "Enter the first day back"}
    )
    cover = LineField(
        max_length=20,
        required=False,
        label="Staff number of who covers",
        help_text="Someone of the same team. Empty where nobody does: the supervisor is told",
    )
