"""Forms of people who cannot be found. Reports and finds are no steps: pages and API share them."""

from rest_framework import serializers

from workflows.models import MissingDecision, MissingReport
from workflows.steps.fields import BoundedDateField, StrictSerializer, TextField

#: What was checked, by field: what it is called on the page.
CHECKED = {
    "last_known_address": "Last known address checked?",
    "family_and_associates": "Family and associates asked?",
    "agencies_and_records": "Benefits, tax, bank, phone and vehicle checked?",
    "wanted_marker": "Wanted marker circulated?",
    "ports_alert": "Ports alert set?",
    "mappa_reviewed": "MAPPA level reviewed?",
}


class DecideMissing(StrictSerializer):
    """The offender manager's decision after a visit to somebody not resident."""

    decision = serializers.ChoiceField(
        label="Decision",
        choices=MissingDecision.Decision.choices,
        error_messages={"required": "Choose a decision"},
    )
    reason = TextField(
        label="Why",
        help_text="Where the person is, or why nobody knows",
        max_length=2000,
        error_messages={"required": "Say why"},
    )


class ReportMissing(StrictSerializer):
    """That nobody knows where somebody is."""

    last_seen_on = BoundedDateField(
        label="When were they last seen?",
        help_text="Leave empty where nobody knows",
        required=False,
        allow_null=True,
        default=None,
    )
    reason = TextField(
        label="Why do you believe that they are missing?",
        help_text="Last known place, who was asked, any danger",
        max_length=2000,
        error_messages={"required": "Say why you believe so"},
    )


class ConfirmMissing(StrictSerializer):
    """A supervisor's decision on a report."""

    decision = serializers.ChoiceField(
        label="Decision",
        choices=MissingReport.Decision.choices,
        error_messages={"required": "Choose a decision"},
    )
    comment = TextField(label="Comment", max_length=2000, error_messages={"required": "Say why"})


def _checked(name: str) -> serializers.BooleanField:
    return serializers.BooleanField(
        label=CHECKED[name], error_messages={"required": "Say whether this was done"}
    )


class RecordEnquiry(StrictSerializer):
    """What was checked to find somebody, and what comes next."""

    last_known_address = _checked("last_known_address")
    family_and_associates = _checked("family_and_associates")
    agencies_and_records = _checked("agencies_and_records")
    wanted_marker = _checked("wanted_marker")
    ports_alert = _checked("ports_alert")
    mappa_reviewed = _checked("mappa_reviewed")
    findings = TextField(
        label="What was found", max_length=4000, error_messages={"required": "Write what was found"}
    )
    next_steps = TextField(
        label="What comes next",
        max_length=2000,
        error_messages={"required": "Write what comes next"},
    )


class ReviewEnquiry(StrictSerializer):
    """An inspector's look at a later round of enquiries."""

    review = TextField(
        label="Review",
        help_text="What was looked at, and what must be done besides",
        max_length=2000,
        error_messages={"required": "Write what you looked at"},
    )


class LocatePerson(StrictSerializer):
    """Where and how a missing person was found."""

    on = BoundedDateField(
        label="When were they found?", error_messages={"required": "Enter the day"}
    )
    found_in = serializers.ChoiceField(
        label="Where are they?",
        choices=[(status.value, status.label) for status in MissingReport.FOUND_IN],
        error_messages={"required": "Choose where they are"},
    )
    how = TextField(
        label="How were they found?",
        help_text="Place and circumstances",
        max_length=2000,
        error_messages={"required": "Say how they were found"},
    )
