"""How much an officer can carry, over the wire."""

from typing import Any

from rest_framework import serializers

from accounts.models import Capacity
from accounts.models.capacity import WHOLE
from api.shapes.common import OfficerName, officer


class CapacityAnswer(serializers.Serializer):
    """An officer's share of full time from a day on, in percent, and what is taken off it."""

    id = serializers.UUIDField()
    officer = OfficerName()
    from_on = serializers.DateField()
    full_time = serializers.IntegerField()
    reduction = serializers.IntegerField()
    because = serializers.ChoiceField(choices=Capacity.Because.choices, allow_blank=True)
    set_by = OfficerName()


def capacity(found: Capacity) -> dict[str, Any]:
    """`found` as a CapacityAnswer."""
    return {
        "id": found.public_id,
        "officer": officer(found.officer),
        "from_on": found.from_on,
        "full_time": int(found.fte * WHOLE),
        "reduction": found.reduction,
        "because": found.because,
        "set_by": officer(found.set_by),
    }
