"""Forms of what is known of a person beside a task: a condition, a device, an account."""

from rest_framework import serializers

from offenders.models import Device, HoldingState
from workflows.steps.fields import BoundedDateField, LineField, PublicIdField, StrictSerializer
from workflows.steps.orders import ConditionOfOrder

#: How something comes to be known.
FIRST_STATES = (HoldingState.DECLARED, HoldingState.FOUND_UNDECLARED)


class _OfOrder(StrictSerializer):
    order = PublicIdField(label="Which order?", error_messages={"required": "Choose the order"})


class AddCondition(_OfOrder, ConditionOfOrder):
    """One condition of an order."""

    starts_on = BoundedDateField(
        label="From when?", error_messages={"required": "Enter its first day"}
    )
    ends_on = BoundedDateField(
        label="Its last day",
        help_text="Leave empty where it lasts as long as the order",
        required=False,
        allow_null=True,
        default=None,
    )


class VoidCondition(StrictSerializer):
    """Why a condition that was written down wrongly is void."""

    reason = LineField(
        label="What is wrong with the entry?",
        help_text="Kept with it",
        max_length=500,
        error_messages={"required": "Say what is wrong with it"},
    )


class _Held(StrictSerializer):
    state = serializers.ChoiceField(
        label="Declared or found?",
        choices=[(state.value, state.label) for state in FIRST_STATES],
        error_messages={"required": "Choose declared or found"},
    )
    on = BoundedDateField(label="On which day?", error_messages={"required": "Enter the day"})
    reference = LineField(
        label="Reference",
        help_text="Such as a form or an exhibit number",
        max_length=100,
        required=False,
        allow_blank=True,
        default="",
    )


class DescribedDevice(StrictSerializer):
    """What a device is."""

    kind = serializers.ChoiceField(
        label="What is it?",
        choices=Device.Kind.choices,
        error_messages={"required": "Choose what it is"},
    )
    description = LineField(
        label="Make and model",
        max_length=200,
        error_messages={"required": "Enter make and model"},
    )
    identifier = LineField(
        label="Serial number or IMEI",
        max_length=60,
        required=False,
        allow_blank=True,
        default="",
    )


class AddDevice(_Held, DescribedDevice):
    """A device that somebody declared, or that was found."""


class AddAccount(_Held):
    """An online account that somebody declared, or that was found. Never a bank account."""

    service = LineField(
        label="With which service?",
        help_text="Never a bank: money is not written here",
        max_length=100,
        error_messages={"required": "Enter the service"},
    )
    user_name = LineField(
        label="User name there",
        help_text="Never the number of a card or a bank account",
        max_length=200,
        error_messages={"required": "Enter the user name"},
    )


class ChangeHolding(StrictSerializer):
    """What became of a device or an account."""

    state = serializers.ChoiceField(
        label="What became of it?",
        choices=HoldingState.choices,
        error_messages={"required": "Choose what became of it"},
    )
    on = BoundedDateField(label="On which day?", error_messages={"required": "Enter the day"})
    reference = LineField(
        label="Reference",
        help_text="Such as a form or an exhibit number",
        max_length=100,
        required=False,
        allow_blank=True,
        default="",
    )
