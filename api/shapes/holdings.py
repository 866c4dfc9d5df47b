"""Orders with their conditions, devices and online accounts over the wire."""

from rest_framework import serializers

from api.shapes.common import OfficerName
from offenders.models import HoldingState, Order, OrderCondition
from workflows.steps import holdings, orders
from workflows.steps.fields import PublicIdField


class VoidCondition(holdings.VoidCondition):
    """Which condition was written down wrongly, and why it is void."""

    condition = PublicIdField(help_text="Id of the condition")


class ChangeHolding(holdings.ChangeHolding):
    """Which device or account, and what became of it."""

    id = PublicIdField(help_text="Id of the device or account")


class DischargeOrder(orders.DischargeOrder):
    """Which order a court discharged, when, and why."""

    order = PublicIdField(help_text="Id of the order")


class VoidDischarge(orders.VoidDischarge):
    """Which discharge was written down wrongly, and why it is void."""

    discharge = PublicIdField(help_text="Id of the discharge")


class DischargeAnswer(serializers.Serializer):
    """A court's discharge of an order that stands."""

    id = serializers.UUIDField()
    order = serializers.UUIDField()
    discharged_on = serializers.DateField()
    court = serializers.CharField()
    reason = serializers.CharField()
    recorded_by = OfficerName()
    recorded_at = serializers.DateTimeField()


class OrderAnswer(serializers.Serializer):
    """A court order."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Order.Kind.choices)
    made_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)
    discharged_on = serializers.DateField(allow_null=True)


class ConditionAnswer(serializers.Serializer):
    """A condition of an order. Its text only where a grant redacts nothing."""

    id = serializers.UUIDField()
    order_kind = serializers.ChoiceField(choices=Order.Kind.choices)
    category = serializers.ChoiceField(choices=OrderCondition.Category.choices)
    polarity = serializers.ChoiceField(choices=OrderCondition.Polarity.choices)
    text = serializers.CharField(required=False)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)


class HeldAnswer(serializers.Serializer):
    """A device or an online account, and how it stands."""

    id = serializers.UUIDField()
    label = serializers.CharField()  # type: ignore[assignment]
    state = serializers.ChoiceField(choices=HoldingState.choices)
    since_on = serializers.DateField()
