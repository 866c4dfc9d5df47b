"""Forms of a notification."""

from typing import Any

from rest_framework import serializers

from offenders.models import Address
from workflows.models.write_up_rows import NotifiedItem
from workflows.steps.fields import BoundedDateField, LineField, StrictSerializer, TextField

EMPTY: dict[str, Any] = {"required": False, "allow_blank": True, "default": ""}
NO_DATE: dict[str, Any] = {"required": False, "allow_null": True, "default": None}

#: Chosen where the notified address stays as it is; the same as no choice.
STAYS = "stays"


class _NewAddress(StrictSerializer):
    new_address_kind = serializers.ChoiceField(
        label="Was a new address notified?",
        help_text="A new residence or place regularly found takes the place of the present one. "
        "Other premises come beside it",
        choices=[(STAYS, "No: the address stays as it is"), *Address.Kind.choices],
        **EMPTY,
    )
    new_address_line = LineField(
        label="House and street of the new address", max_length=200, **EMPTY
    )
    new_address_town = LineField(label="Town", max_length=100, **EMPTY)
    new_address_postcode = LineField(label="Postcode", max_length=8, **EMPTY)
    new_address_from = BoundedDateField(
        label="First day at the new address", help_text="Needed with a new address", **NO_DATE
    )


class _Notified(StrictSerializer):
    notified_on = BoundedDateField(
        label="When did they notify?",
        error_messages={"required": "Enter the day of the notification"},
    )
    station = LineField(
        label="Police station",
        max_length=100,
        error_messages={"required": "Enter the police station"},
    )
    details_changed = TextField(
        label="What changed",
        help_text="Leave empty where nothing did. No bank or card numbers",
        max_length=4000,
        required=False,
        allow_blank=True,
        default="",
    )
    acknowledged = serializers.BooleanField(
        label="Was it acknowledged in writing?",
        error_messages={"required": "Say whether it was acknowledged"},
    )


class RecordNotification(_Notified, _NewAddress):
    """What the offender notified, in person, at a published station (SOA 2003 s.87)."""


class _Changed(StrictSerializer):
    item = serializers.ChoiceField(
        label="What changed?",
        choices=NotifiedItem.choices,
        error_messages={"required": "Choose what changed"},
    )
    changed_on = BoundedDateField(
        label="Since when?",
        help_text="Left empty, the day of the notification counts",
        **NO_DATE,
    )


class NotifyChange(_Changed, _Notified, _NewAddress):
    """A change that the offender notified, where no task asked for it (SOA 2003 s.84)."""


class CheckNotification(StrictSerializer):
    """Another officer's check of the record."""

    decision = serializers.ChoiceField(
        label="Decision",
        help_text="Voided, the duty stands again. A home that it moved is put back, unless it has "
        "moved since",
        choices=[("accept", "The record is right"), ("void", "The record is wrong: void it")],
        error_messages={"required": "Choose a decision"},
    )
    comment = LineField(label="Comment", max_length=500, error_messages={"required": "Say why"})
