"""Where an indicator stands after it was restricted, opened or taken back."""

from typing import Any

from rest_framework import serializers

from risk.models import Indicator, IndicatorState


class StandsAnswer(serializers.Serializer):
    """Where it stands after the decision, and who may see it."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=IndicatorState.choices)
    restricted = serializers.BooleanField()
    secret = serializers.BooleanField()


class NamedAnswer(serializers.Serializer):
    """That an officer was named: nothing of it, which an inspector need not open to name one."""

    id = serializers.UUIDField()
    restricted = serializers.BooleanField(help_text="Always true")


class RetractedAnswer(serializers.Serializer):
    """That it was taken back. Who may see it is no matter of the system that sent it."""

    id = serializers.UUIDField()
    state = serializers.ChoiceField(choices=IndicatorState.choices)


def stands(found: Indicator) -> dict[str, Any]:
    """`found` as a StandsAnswer."""
    return {
        "id": found.public_id,
        "state": found.state,
        "restricted": found.is_restricted,
        "secret": found.is_secret,
    }


def named(found: Indicator) -> dict[str, Any]:
    """`found` as a NamedAnswer."""
    return {"id": found.public_id, "restricted": found.is_restricted}


def retracted(found: Indicator) -> dict[str, Any]:
    """`found` as a RetractedAnswer."""
    return {"id": found.public_id, "state": found.state}
