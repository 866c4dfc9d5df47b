"""How much an officer can carry, over the wire."""

from typing import Any

from rest_framework import serializers

from accounts.capacity import Share
from accounts.models import Capacity
from accounts.models.capacity import WHOLE
from api.shapes.common import OfficerName, officer
from workflows.queries.caseload import TeamCaseload
from workflows.queries.caseload_then import LoadThen, TeamThen
from workflows.queries.workload import OfficerLoad


class CapacityAnswer(serializers.Serializer):
    """An officer's share of full time from a day on, in percent, and what is taken off it."""

    id = serializers.UUIDField()
    officer = OfficerName()
    from_on = serializers.DateField()
    full_time = serializers.IntegerField()
    reduction = serializers.IntegerField()
    because = serializers.ChoiceField(choices=Capacity.Because.choices, allow_blank=True)
    set_by = OfficerName()


class CapacityRow(CapacityAnswer):
    """The same in a list, with when it was recorded."""

    recorded_at = serializers.DateTimeField()


class CapacityList(serializers.Serializer):
    """What was set of an officer, what is dated latest first. Nothing: full time."""

    results = CapacityRow(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


#: Of a figure that is told of today alone.
NOT_THEN = "Null: not told of another day"


class OfficerLoadAnswer(serializers.Serializer):
    """One officer's caseload against what they can carry. No id: people whom nobody manages."""

    id = serializers.UUIDField(allow_null=True)
    staff_number = serializers.CharField(allow_blank=True)
    can_receive = serializers.BooleanField(allow_null=True, help_text=NOT_THEN)
    people = serializers.IntegerField()
    overdue = serializers.IntegerField(help_text="What is owed and late, not people")
    points = serializers.FloatField(allow_null=True, help_text=NOT_THEN)
    capacity = serializers.FloatField(help_text="Points that they can carry on that day")
    percent = serializers.IntegerField(
        allow_null=True,
        help_text="Null: they can carry nothing, and have something; or as for `points`",
    )
    overloaded = serializers.BooleanField(allow_null=True, help_text=NOT_THEN)
    full_time = serializers.IntegerField()
    reduction = serializers.IntegerField()
    away = serializers.BooleanField()


class TeamCaseloadAnswer(serializers.Serializer):
    """Who manages whom in a team, as far as the caller may see, as known at `known_at` or now.

    On another day than today only officers who had people then are listed.
    """

    as_of = serializers.DateField()
    known_at = serializers.DateTimeField(allow_null=True)
    id = serializers.UUIDField()
    name = serializers.CharField()
    people = serializers.IntegerField()
    overdue = serializers.IntegerField()
    unmanaged = serializers.IntegerField(help_text="People whom nobody manages; must be none")
    officers = OfficerLoadAnswer(many=True)


def caseload(found: TeamCaseload) -> dict[str, Any]:
    """`found` as a TeamCaseloadAnswer, without its two times."""
    return _team(found) | {"officers": [_load(load) for load in found.officers]}


def caseload_then(found: TeamThen) -> dict[str, Any]:
    """The same of another day."""
    return _team(found) | {"officers": [_load_then(load) for load in found.officers]}


def _team(found: TeamCaseload | TeamThen) -> dict[str, Any]:
    return {
        "id": found.id,
        "name": found.name,
        "people": found.people,
        "overdue": found.overdue,
        "unmanaged": found.unmanaged,
    }


def _load(load: OfficerLoad) -> dict[str, Any]:
    return {
        "id": load.id,
        "staff_number": load.staff_number,
        "can_receive": load.can_receive,
        "people": load.people,
        "overdue": load.overdue,
        "points": float(load.points),
        "capacity": float(load.capacity),
        "percent": load.percent,
        "overloaded": load.is_over,
        **_share(load.share),
    }


def _load_then(load: LoadThen) -> dict[str, Any]:
    return {
        "id": load.id,
        "staff_number": load.staff_number,
        "can_receive": None,
        "people": load.people,
        "overdue": load.overdue,
        "points": None,
        "capacity": float(load.capacity),
        "percent": None,
        "overloaded": None,
        **_share(load.share),
    }


def _share(share: Share) -> dict[str, Any]:
    return {
        "full_time": int(share.fte * WHOLE),
        "reduction": share.reduction,
        "away": share.is_away,
    }


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


def capacity_row(found: Capacity) -> dict[str, Any]:
    """`found` as a CapacityRow."""
    return capacity(found) | {"recorded_at": found.recorded_at}
