"""Forms of a reported death. The report is no step: pages and API share it."""

from rest_framework import serializers

from workflows.models import DeathReport
from workflows.steps.fields import BoundedDateField, LineField, StrictSerializer, TextField


class ReportDeath(StrictSerializer):
    """That somebody is said to be dead."""

    died_on = BoundedDateField(
        label="When did they die?",
        help_text="Leave empty where nobody says",
        required=False,
        allow_null=True,
        default=None,
    )
    source = TextField(  # type: ignore[assignment]
        label="Who says so, and how do they know?",
        max_length=2000,
        error_messages={"required": "Say where it comes from"},
    )


class VerifyDeath(StrictSerializer):
    """A supervisor's finding."""

    decision = serializers.ChoiceField(
        label="Finding",
        choices=DeathReport.Decision.choices,
        error_messages={"required": "Choose a finding"},
    )
    reference = LineField(
        label="Reference of the certificate or verification",
        help_text="Needed where the death is verified",
        max_length=200,
        required=False,
        allow_blank=True,
        default="",
    )
    comment = TextField(
        label="What was checked",
        max_length=2000,
        error_messages={"required": "Say what was checked"},
    )
