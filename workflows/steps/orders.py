"""Forms of a court order with its conditions, and of a warning marker."""

from rest_framework import serializers

from offenders.models import Order, OrderCondition, WarningMarker
from workflows.steps.fields import (
    BoundedDateField,
    LineField,
    RowsField,
    StrictSerializer,
    TextField,
)

#: Conditions of one order at most.
MOST_CONDITIONS = 50


class ConditionOfOrder(StrictSerializer):
    """What a condition of an order says, as the court made it."""

    polarity = serializers.ChoiceField(
        label="Must not, or must?",
        choices=OrderCondition.Polarity.choices,
        error_messages={"required": "Choose must not, or must"},
    )
    text = TextField(
        label="The condition, as the court wrote it",
        max_length=1000,
        error_messages={"required": "Write the condition"},
    )
    category = serializers.ChoiceField(
        label="What is it about?",
        choices=OrderCondition.Category.choices,
        error_messages={"required": "Choose what it is about"},
    )


class OrderConditionRow(ConditionOfOrder):
    """One condition of a new order."""

    starts_on = BoundedDateField(
        label="From when?",
        help_text="Left empty, from the day of the order",
        required=False,
        allow_null=True,
        default=None,
    )
    ends_on = BoundedDateField(
        label="Its last day",
        help_text="Leave empty where it lasts as long as the order",
        required=False,
        allow_null=True,
        default=None,
    )


class RecordOrder(StrictSerializer):
    """An order, as a court made it."""

    kind = serializers.ChoiceField(
        label="What order is it?",
        choices=Order.Kind.choices,
        error_messages={"required": "Choose the order"},
    )
    made_on = BoundedDateField(
        label="When was it made?", error_messages={"required": "Enter the day on which it was made"}
    )
    ends_on = BoundedDateField(
        label="Its last day",
        help_text="Leave empty where it lasts until further order",
        required=False,
        allow_null=True,
        default=None,
    )
    conditions = RowsField(
        label="Condition",
        child=OrderConditionRow(),
        max_length=MOST_CONDITIONS,
        required=False,
        default=list,
        spare=4,
    )


class DischargeOrder(StrictSerializer):
    """That a court ended an order before its last day."""

    discharged_on = BoundedDateField(
        label="When was it discharged?",
        help_text="From that day on it binds no more",
        error_messages={"required": "Enter the day on which it was discharged"},
    )
    court = LineField(
        label="By which court?",
        max_length=200,
        letters=True,
        error_messages={"required": "Enter the court"},
    )
    reason = LineField(
        label="Why?",
        help_text="As the court gave it, and how it is known",
        max_length=500,
        error_messages={"required": "Say why"},
    )


class VoidDischarge(StrictSerializer):
    """Why a discharge that was written down wrongly is void."""

    reason = LineField(
        label="What is wrong with the entry?",
        help_text="Kept with it",
        max_length=500,
        error_messages={"required": "Say what is wrong with it"},
    )


class AddMarker(StrictSerializer):
    """A warning marker."""

    code = serializers.ChoiceField(
        label="Which warning?",
        choices=WarningMarker.Code.choices,
        error_messages={"required": "Choose the warning"},
    )
    reason = LineField(
        label="How is it known?",
        help_text="Such as a PNC entry and its day",
        max_length=500,
        error_messages={"required": "Say how it is known"},
    )


class WithdrawMarker(StrictSerializer):
    """A warning marker that stands no more."""

    code = serializers.ChoiceField(
        label="Which warning?",
        choices=WarningMarker.Code.choices,
        error_messages={"required": "Choose the warning"},
    )
    reason = LineField(
        label="Why does it stand no more?",
        max_length=500,
        error_messages={"required": "Say why it stands no more"},
    )
