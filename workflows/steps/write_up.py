"""The full record of a visit, subject by subject. Most of it is optional, and said where it is.

A person who was seen for twenty minutes has not told everything: what was not gone through reads
"not checked", never as if it had been in order.
"""

from typing import Any

from rest_framework import serializers

from offenders.models.offender import EthnicitySelfDefined
from risk.factors import FACTORS
from workflows.models import ConditionCheck, DeviceCheck, VisitPurpose, VisitWriteUp
from workflows.models.write_up_rows import ItemFinding, NotifiedItem
from workflows.steps.case_action import MOST_ACTIONS, RaiseAction
from workflows.steps.fields import (
    AwareDateTimeField,
    BoundedDateField,
    LineField,
    PublicIdField,
    RowsField,
    SeveralField,
    StrictSerializer,
    TextField,
)
from workflows.steps.holdings import DescribedDevice

#: Rows of one kind at most.
MOST_ROWS = 100

EMPTY: dict[str, Any] = {"required": False, "allow_blank": True, "default": ""}
NO_DATE: dict[str, Any] = {"required": False, "allow_null": True, "default": None}
TEXTAREA = {"base_template": "textarea.html"}
KEY, HEADING = {"fixed": True, "key": True}, {"fixed": True, "heading": True}


def _optional_text(label: str, section: str = "", most: int = 4000, **kwargs: Any) -> TextField:
    """A text that may be left empty; `section`: the heading that begins with it."""
    style = TEXTAREA | ({"section": section} if section else {})
    return TextField(label=label, max_length=most, style=style, **EMPTY, **kwargs)


def _rows(label: str, child: StrictSerializer, section: str = "", **kwargs: Any) -> RowsField:
    style = {"section": section} if section else {}
    given: dict[str, Any] = {"max_length": MOST_ROWS, "required": False, "default": list}
    return RowsField(label=label, child=child, style=style, **given | kwargs)


class PersonRow(StrictSerializer):
    """Somebody else who was there."""

    name = LineField(
        label="Name, or who it seems to be",
        max_length=200,
        error_messages={"required": "Enter the name, or who it seems to be"},
    )
    is_child = serializers.BooleanField(
        label="A child?", error_messages={"required": "Say whether it is a child"}
    )
    born_on = BoundedDateField(label="Born", **NO_DATE)
    ethnicity = serializers.ChoiceField(
        label="Ethnicity, as they say it themselves",
        help_text="Needed for a child",
        choices=EthnicitySelfDefined.choices,
        **EMPTY,
    )
    relationship = LineField(label="Who they are to the person", max_length=200, **EMPTY)
    referral_reference = LineField(
        label="Reference of the referral",
        help_text="Needed for a child",
        max_length=200,
        **EMPTY,
    )


class _HoldingRow(StrictSerializer):
    label = LineField(  # type: ignore[assignment]
        max_length=400, style=HEADING, **EMPTY
    )
    finding = serializers.ChoiceField(
        label="What was found?",
        choices=DeviceCheck.Finding.choices,
        required=False,
        default=DeviceCheck.Finding.NOT_CHECKED.value,
    )
    note = LineField(label="Note", max_length=300, **EMPTY)


class DeviceRow(_HoldingRow):
    """A known device, looked for."""

    device = PublicIdField(style=KEY)


class AccountRow(_HoldingRow):
    """A known account, looked for."""

    account = PublicIdField(style=KEY)


class FoundDeviceRow(DescribedDevice):
    """A device that was not declared."""


class FoundAccountRow(StrictSerializer):
    """An account that was not declared."""

    service = LineField(
        label="With which service?",
        max_length=100,
        error_messages={"required": "Enter the service"},
    )
    user_name = LineField(
        label="User name there",
        max_length=200,
        error_messages={"required": "Enter the user name"},
    )


class DetailRow(StrictSerializer):
    """A notified detail, gone through again."""

    item = serializers.ChoiceField(choices=NotifiedItem.choices, style=HEADING)
    finding = serializers.ChoiceField(
        label="Is it as notified?",
        choices=ItemFinding.choices,
        required=False,
        default=ItemFinding.NOT_CHECKED.value,
    )
    changed_on = BoundedDateField(
        label="Changed since when?",
        help_text="Only of what changed. Left empty, the day of the visit counts",
        **NO_DATE,
    )
    note = LineField(label="Note", help_text="No account or card numbers", max_length=300, **EMPTY)


class ConditionRow(StrictSerializer):
    """One condition of an order."""

    condition = PublicIdField(style=KEY)
    label = TextField(  # type: ignore[assignment]
        max_length=1100, style=HEADING, **EMPTY
    )
    finding = serializers.ChoiceField(
        label="Is it kept?",
        choices=ConditionCheck.Finding.choices,
        required=False,
        default=ConditionCheck.Finding.NOT_CHECKED.value,
    )
    seen = LineField(
        label="What was seen", help_text="Needed where it is not kept", max_length=500, **EMPTY
    )


class FactorRow(StrictSerializer):
    """What bears on one factor of risk."""

    factor = serializers.ChoiceField(
        choices=[(factor.code, factor.name) for factor in FACTORS], style=HEADING
    )
    text = _optional_text("What was seen or said", most=2000)


class _AboutTheVisit(StrictSerializer):
    summary = TextField(
        label="What was seen and said",
        max_length=8000,
        style=TEXTAREA | {"section": "The visit"},
        error_messages={"required": "Write what was seen and said"},
    )
    purposes = SeveralField(label="What was it for?", choices=VisitPurpose.choices, required=False)
    started_at = AwareDateTimeField(label="It began", **NO_DATE)
    ended_at = AwareDateTimeField(label="It ended", **NO_DATE)
    location = LineField(label="Where, and how that was made sure of", max_length=300, **EMPTY)
    seen_by = LineField(label="Who saw the person", max_length=200, **EMPTY)
    attitude = _optional_text("Attitude and demeanour")
    entry_reason = LineField(
        label="Reason for writing it for others",
        help_text="Needed if you were not there",
        max_length=500,
        **EMPTY,
    )


class _PeopleThere(StrictSerializer):
    persons = _rows("Person present", PersonRow(), "Who else was there", spare=4)
    children_present = serializers.BooleanField(
        label="Were children there, or signs of children?",
        error_messages={"required": "Say whether there were children"},
    )
    safeguarding_referral = LineField(
        label="Reference of the safeguarding referral",
        help_text="Needed where there were children",
        max_length=200,
        **EMPTY,
    )


class _Home(StrictSerializer):
    living_situation = _optional_text("Home, household and routine", "The home")
    search = serializers.ChoiceField(
        label="Search of the home", choices=VisitWriteUp.Search.choices, **EMPTY
    )
    rooms_seen = LineField(label="Rooms seen", max_length=500, **EMPTY)
    photo_reference = LineField(
        label="Photographs of living conditions",
        help_text="Their reference alone",
        max_length=200,
        **EMPTY,
    )


class _Devices(StrictSerializer):
    device_checks = _rows("Known devices", DeviceRow(), "Devices and accounts")
    account_checks = _rows("Known accounts", AccountRow())
    found_devices = _rows("Device found, not declared", FoundDeviceRow(), spare=2)
    found_accounts = _rows("Account found, not declared", FoundAccountRow(), spare=2)
    devices_seen = _optional_text("Devices and accounts seen")
    monitoring = serializers.ChoiceField(
        label="Monitoring software", choices=VisitWriteUp.Monitoring.choices, **EMPTY
    )
    vehicles = LineField(label="Vehicles", max_length=500, **EMPTY)


class _Life(StrictSerializer):
    employment = _optional_text("Work, training, routine", "How they live")
    relationships = _optional_text("Relationships and contact with children")
    finances = _optional_text(
        "Money and lifestyle", help_text="Never the number of an account or a card"
    )
    mental_health = _optional_text("Mental health and self-harm")
    substance_use = _optional_text("Alcohol and drugs")


class _Obligations(StrictSerializer):
    details = _rows("Notified details", DetailRow(), "Notified details and orders")
    condition_checks = _rows("Conditions", ConditionRow())
    orders_complied_with = serializers.ChoiceField(
        label="Are orders and conditions complied with?",
        choices=VisitWriteUp.OrdersKept.choices,
        error_messages={"required": "Say whether orders are complied with"},
    )


class _Risk(StrictSerializer):
    changes_since = _optional_text("What has changed since the last visit?", "Risk")
    evidence = _rows("Evidence by factor", FactorRow())
    intelligence_reference = LineField(
        label="Reference of intelligence submitted", max_length=200, **EMPTY
    )


#: What an officer may say of a visit that is kept as an indicator, by its code.
RAISES = (
    ("NEWREL", "A new relationship, or a household with a child"),
    ("WELF", "A concern for their welfare: self-harm, or a threat against them"),
)


class _WhatNext(StrictSerializer):
    raises = SeveralField(
        label="What should be looked into?",
        help_text="Kept as an indicator about this person, which waits for its triage. So is, by "
        "itself, a device or an account that was not declared",
        choices=RAISES,
        required=False,
    )
    actions = _rows("Action", RaiseAction(), "What comes next", max_length=MOST_ACTIONS, spare=3)
    next_visit_by = BoundedDateField(
        label="Next visit by",
        help_text="Only where it should be sooner than it is due",
        **NO_DATE,
    )
    next_visit_reason = LineField(label="Why sooner?", max_length=500, **EMPTY)
    concern = serializers.BooleanField(
        label="Is there a concern for a supervisor?",
        error_messages={"required": "Say whether there is a concern"},
    )


class WriteUpVisit(
    _AboutTheVisit, _PeopleThere, _Home, _Devices, _Life, _Obligations, _Risk, _WhatNext
):
    """The full record of an effective visit."""
