"""Form of a contact that is not a visit. No step of a flow: pages and API share it all the same."""

from rest_framework import serializers

from offenders.models import ContactNote
from workflows.steps.fields import AwareDateTimeField, StrictSerializer, TextField


class AddContactNote(StrictSerializer):
    """A contact that is not a visit: it moves no date."""

    kind = serializers.ChoiceField(
        label="What kind of contact?",
        choices=ContactNote.Kind.choices,
        error_messages={"required": "Choose the kind of contact"},
    )
    occurred_at = AwareDateTimeField(
        label="When was it?",
        help_text="London time, 24-hour clock",
        error_messages={"required": "Enter the day and time of the contact"},
    )
    text = TextField(
        label="What was said or seen",
        max_length=4000,
        error_messages={"required": "Write what was said or seen"},
    )
