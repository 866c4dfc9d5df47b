"""Officers over the wire."""

from typing import Any

from rest_framework import serializers

from accounts.models import Training, TrainingCode


class TrainingAnswer(serializers.Serializer):
    """A training as it was recorded."""

    id = serializers.UUIDField()
    code = serializers.ChoiceField(choices=TrainingCode.choices)
    completed_on = serializers.DateField()
    valid_until = serializers.DateField()


def training(found: Training) -> dict[str, Any]:
    """`found` as a TrainingAnswer."""
    return {
        "id": found.public_id,
        "code": found.code,
        "completed_on": found.completed_on,
        "valid_until": found.valid_until,
    }
