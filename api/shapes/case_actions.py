"""Actions about a person over the wire."""

from typing import Any

from rest_framework import serializers

from api.shapes.common import OfficerName, officer
from workflows.models import CaseAction


class CaseActionAnswer(serializers.Serializer):
    """An action as it was raised."""

    id = serializers.UUIDField()
    due_on = serializers.DateField()
    owner = OfficerName(allow_null=True)


def case_action(found: CaseAction) -> dict[str, Any]:
    """`found` as a CaseActionAnswer."""
    return {"id": found.public_id, "due_on": found.due_on, "owner": officer(found.owner)}
