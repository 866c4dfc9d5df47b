"""Moving many people at once, over the wire."""

import datetime as dt
from typing import Any

from rest_framework import serializers

from accounts.capacity import AHEAD_DAYS
from api.shapes.common import OfficerName, PagedQuery, officer, short_name
from offenders.models import ManagementLevel
from workflows.actions.splitting import Suggestion
from workflows.actions.undoing import UNDO_WITHIN
from workflows.models import Kind, Reassignment
from workflows.queries.caseload import ManagedPerson
from workflows.queries.moving import Load, Preview, Staying
from workflows.queries.reassignment import Recent
from workflows.steps.fields import PublicIdField


class LoadAnswer(serializers.Serializer):
    """How much an officer has, against the points that they can carry; 100 percent is full."""

    people = serializers.IntegerField()
    overdue = serializers.IntegerField()
    points = serializers.FloatField()
    capacity = serializers.FloatField()
    percent = serializers.IntegerField(
        allow_null=True, help_text="Null: they can carry nothing, and have something"
    )


class OfficerChangeAnswer(serializers.Serializer):
    """One officer before and after. No id: people whom nobody manages."""

    id = serializers.UUIDField(allow_null=True)
    staff_number = serializers.CharField(allow_blank=True)
    before = LoadAnswer()
    after = LoadAnswer()
    receives = serializers.BooleanField(help_text="Gets some of the people")
    days_away = serializers.IntegerField(
        help_text=f"On how many of the next {AHEAD_DAYS} days they are away: they count as able to "
        "carry so much less"
    )
    overloaded = serializers.BooleanField(
        help_text="Gets people and would have too much: `over_capacity` must say why"
    )


class MovingPerson(serializers.Serializer):
    """One person who would move, with what is owed next."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    name = serializers.CharField()
    level = serializers.ChoiceField(choices=ManagementLevel.choices)
    next_kind = serializers.ChoiceField(choices=Kind.choices, allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    overdue = serializers.IntegerField()
    points = serializers.FloatField()
    version = serializers.IntegerField()
    to = serializers.UUIDField(help_text="The officer who would take them")


class StayingWork(serializers.Serializer):
    """An open step that stays with who has it: a write-up, an endorsement, or a task taken."""

    offender = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Kind.choices)
    step = serializers.CharField()
    owner = serializers.UUIDField()
    due_on = serializers.DateField()


class PreviewAnswer(serializers.Serializer):
    """What would change. Nothing is saved."""

    officers = OfficerChangeAnswer(many=True)
    people = MovingPerson(many=True)
    imminent = serializers.ListField(
        child=serializers.UUIDField(), help_text="People with a duty late or due soon, late first"
    )
    staying = StayingWork(many=True)
    refused = serializers.ListField(
        child=serializers.UUIDField(), help_text="People whom that officer may not have"
    )
    digest = serializers.CharField(help_text="Send it as `seen` to decide on exactly this")


class SuggestionAnswer(serializers.Serializer):
    """Who could take whom. Nothing is saved: send `moves` to the reassignments to decide on it."""

    moves = serializers.DictField(
        child=serializers.UUIDField(), help_text="The officer of each person who would move"
    )
    stays = serializers.ListField(child=serializers.UUIDField())
    impossible = serializers.ListField(
        child=serializers.UUIDField(), help_text="Whom no officer of the team may have or can carry"
    )
    preview = PreviewAnswer(allow_null=True)


class MovedPerson(serializers.Serializer):
    """One person's part."""

    offender = serializers.UUIDField()
    reference = serializers.CharField()
    from_manager = OfficerName(allow_null=True)
    to_manager = OfficerName()
    returned = serializers.BooleanField(help_text="Given back by the undo")


class ReassignmentAnswer(serializers.Serializer):
    """A reassignment as it stands."""

    id = serializers.UUIDField()
    reason = serializers.CharField()
    over_capacity = serializers.CharField(allow_blank=True)
    decided_by = OfficerName()
    decided_at = serializers.DateTimeField()
    undone_by = OfficerName(allow_null=True)
    undone_at = serializers.DateTimeField(allow_null=True)
    moves = MovedPerson(many=True)


class RecentQuery(PagedQuery):
    """Of which team."""

    team = PublicIdField(required=False, help_text="From or to which people moved")


class RecentRow(serializers.Serializer):
    """A reassignment in the list. Of its people those are counted whom the caller may see."""

    id = serializers.UUIDField()
    people = serializers.IntegerField()
    receivers = serializers.IntegerField(help_text="To how many officers they went")
    to = OfficerName(help_text="The first of them")
    decided_by = OfficerName()
    decided_at = serializers.DateTimeField()
    undone_at = serializers.DateTimeField(allow_null=True)
    undo_until = serializers.DateTimeField(
        allow_null=True, help_text="Null: it was undone, or it is too late"
    )


class RecentList(serializers.Serializer):
    """A page of reassignments, newest first."""

    results = RecentRow(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


def recent(found: Recent, now: dt.datetime) -> dict[str, Any]:
    """`found` as a RecentRow."""
    until = found.decided_at + UNDO_WITHIN
    can_be_undone = found.undone_at is None and now <= until
    return {
        "id": found.id,
        "people": found.people,
        "receivers": found.receivers,
        "to": officer(found.first),
        "decided_by": officer(found.decider),
        "decided_at": found.decided_at,
        "undone_at": found.undone_at,
        "undo_until": until if can_be_undone else None,
    }


def reassignment(found: Reassignment) -> dict[str, Any]:
    """`found`, with its moves, as a ReassignmentAnswer."""
    return {
        "id": found.public_id,
        "reason": found.reason,
        "over_capacity": found.over_capacity,
        "decided_by": officer(found.decided_by),
        "decided_at": found.decided_at,
        "undone_by": officer(found.undone_by),
        "undone_at": found.undone_at,
        "moves": [
            {
                "offender": move.offender.public_id,
                "reference": move.offender.source_ref,
                "from_manager": officer(move.from_manager),
                "to_manager": officer(move.to_manager),
                "returned": move.returned,
            }
            for move in found.moves.all()
        ],
    }


def path(found: Reassignment) -> str:
    """Where the reassignment can be read and undone."""
    return f"/api/v1/reassignments/{found.public_id}"


def preview(found: Preview) -> dict[str, Any]:
    """`found` as a PreviewAnswer."""
    return {
        "officers": [
            {
                "id": change.id,
                "staff_number": change.staff_number,
                "before": _load(change.before),
                "after": _load(change.after),
                "receives": change.receives,
                "days_away": change.after.share.days_away,
                "overloaded": change.is_overloaded,
            }
            for change in found.officers
        ],
        "people": [_moving(person) | {"to": found.to[person.id]} for person in found.people],
        "imminent": [person.id for person in found.imminent],
        "staying": [_staying(step) for step in found.staying],
        "refused": list(found.refused),
        "digest": found.digest,
    }


def suggestion(found: Suggestion) -> dict[str, Any]:
    """`found` as a SuggestionAnswer."""
    return {
        "moves": {str(person): officer for person, officer in found.split.moves.items()},
        "stays": list(found.split.stays),
        "impossible": list(found.split.impossible),
        "preview": found.preview and preview(found.preview),
    }


def _load(load: Load) -> dict[str, Any]:
    return {
        "people": load.people,
        "overdue": load.overdue,
        "points": float(load.points),
        "capacity": float(load.capacity),
        "percent": load.percent,
    }


def _moving(person: ManagedPerson) -> dict[str, Any]:
    return {
        "id": person.id,
        "reference": person.reference,
        "name": short_name(person.surname, person.initial),
        "level": person.level,
        "next_kind": person.next_kind,
        "due_on": person.due_on,
        "overdue": person.overdue,
        "points": float(person.points),
        "version": person.version,
    }


def _staying(step: Staying) -> dict[str, Any]:
    return {
        "offender": step.person,
        "kind": step.kind,
        "step": step.step,
        "owner": step.owner,
        "due_on": step.due_on,
    }
