"""Teams, and the officers of one, over the wire."""

from typing import Any

from rest_framework import serializers

from accounts.models import Role
from accounts.models.capacity import WHOLE
from api.shapes.common import OfficerName, TeamName, officer
from workflows.queries.directory import LISTED, Listed


class TeamsAnswer(serializers.Serializer):
    """The teams in the caller's reach, by name."""

    results = TeamName(many=True)


class ShareAnswer(serializers.Serializer):
    """What an officer can carry today, in percent of a full-time caseload."""

    full_time = serializers.IntegerField(help_text="Share of full time")
    reduction = serializers.IntegerField(help_text="Percent of that share taken off it")
    away = serializers.BooleanField(help_text="Absent today: they can carry nothing")


class ListedOfficer(OfficerName):
    """An officer who can be given people or decides about them."""

    name = serializers.CharField()
    role = serializers.ChoiceField(choices=[(role.value, role.label) for role in LISTED])
    can_receive = serializers.BooleanField(
        help_text="People can be moved to them: they have a caseload, and are vetted"
    )
    capacity = ShareAnswer(allow_null=True, help_text="Null: who has no caseload")


class OfficersAnswer(TeamName):
    """A team with its officers, by staff number. Closed accounts are left out."""

    officers = ListedOfficer(many=True)


def officers(found: list[Listed]) -> list[dict[str, Any]]:
    """`found`, each as a ListedOfficer."""
    return [
        (officer(one.user) or {})
        | {
            "name": one.user.display_name,
            "role": Role(one.user.role),
            "can_receive": one.can_receive,
            "capacity": one.share
            and {
                "full_time": int(one.share.fte * WHOLE),
                "reduction": one.share.reduction,
                "away": one.share.is_away,
            },
        }
        for one in found
    ]
