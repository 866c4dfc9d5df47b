"""People over the wire: in a list, found by a search, and after a change."""

from typing import Any

from rest_framework import serializers

from accounts.policy import Redaction
from api.reading import TrueFalseField
from api.shapes.common import OfficerName, PagedQuery, PersonName, TeamName, officer, person, team
from offenders.models import ManagementLevel, ManagementMode, Offender, Status
from workflows.queries.transfers import OfferedTo
from workflows.steps.fields import PublicIdField


class OffenderQuery(PagedQuery):
    """Filters of the list of people. There is none by name: names do not belong in addresses."""

    team = PublicIdField(required=False)
    owner = PublicIdField(required=False, help_text="Id of the offender manager")
    level = serializers.ChoiceField(choices=ManagementLevel.choices, required=False)
    status = serializers.ChoiceField(choices=Status.choices, required=False)
    ended = TrueFalseField(default=False, help_text="People whose registration has ended")


class OffenderRow(PersonName):
    """One person in a list. Callers with the short card get neither mode nor owner."""

    level = serializers.ChoiceField(choices=ManagementLevel.choices)
    mode = serializers.ChoiceField(choices=ManagementMode.choices, required=False)
    status = serializers.ChoiceField(choices=Status.choices, allow_null=True)
    owner = OfficerName(allow_null=True, required=False)
    team = TeamName()
    version = serializers.IntegerField()


class OfferedToAnswer(serializers.Serializer):
    """To which other team a person is offered, and by which offer. Nobody has moved by it."""

    transfer = serializers.UUIDField()
    team = TeamName()


class ListedOffender(OffenderRow):
    """One person of a list by team or officer."""

    offered_to = OfferedToAnswer(
        allow_null=True, help_text="An offer that waits; null for callers who may know of none"
    )


class OffenderList(serializers.Serializer):
    """A page of people."""

    results = ListedOffender(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


class FoundOffenders(serializers.Serializer):
    """Who was found. At most 50: say more to find fewer."""

    results = OffenderRow(many=True)
    more = serializers.BooleanField()


class OffenderChanged(serializers.Serializer):
    """A person after a change. Read the person again for what is owed now."""

    id = serializers.UUIDField()
    level = serializers.ChoiceField(choices=ManagementLevel.choices)
    mode = serializers.ChoiceField(choices=ManagementMode.choices)
    version = serializers.IntegerField()


def row(found: Any, redaction: Redaction) -> dict[str, Any]:
    """`found`, a person with `open_status`, as an OffenderRow."""
    shown = person(found) | {
        "level": found.management_level,
        "status": found.open_status,
        "team": team(found.team),
        "version": found.version,
    }
    if redaction is Redaction.SHORT_CARD:
        return shown
    return shown | {"mode": found.management_mode, "owner": officer(found.offender_manager)}


def listed(found: Any, redaction: Redaction, offered: OfferedTo | None) -> dict[str, Any]:
    """`found`, a person with `open_status`, as a ListedOffender."""
    to = offered and {
        "transfer": offered.transfer,
        "team": {"id": offered.team, "name": offered.name},
    }
    return row(found, redaction) | {"offered_to": to}


def changed(found: Offender) -> dict[str, Any]:
    """`found` as an OffenderChanged."""
    return {
        "id": found.public_id,
        "level": found.management_level,
        "mode": found.management_mode,
        "version": found.version,
    }
