"""Absences over the wire."""

from typing import Any

from rest_framework import serializers

from accounts.models import Absence
from api.shapes import common
from workflows.queries.absences import Away
from workflows.steps.fields import PublicIdField


class AbsenceQuery(common.PagedQuery):
    """Whose absences."""

    team = PublicIdField(required=False)


class AbsenceAnswer(serializers.Serializer):
    """One absence. Half-open: `until_on` is the first day back."""

    id = serializers.UUIDField()
    officer = common.OfficerName()
    from_on = serializers.DateField()
    until_on = serializers.DateField()
    cover = common.OfficerName(allow_null=True, help_text="Who covers; null where nobody does")
    cancelled_at = serializers.DateTimeField(allow_null=True)


class AwayAnswer(AbsenceAnswer):
    """An absence with what is due of the officer's work, as far as the caller may see it."""

    kind = serializers.ChoiceField(
        choices=Absence.Kind.choices, allow_null=True, help_text="Null where it is not shown to you"
    )
    begun = serializers.BooleanField(help_text="Whether it holds today")
    overdue = serializers.IntegerField(help_text="Open tasks that are late; 0 before it begins")
    due = serializers.IntegerField(
        help_text="Open tasks that are late or due within the days of `absence.look_ahead`"
    )


class AwayList(serializers.Serializer):
    """A page of absences that hold today or later, in the order in which they were recorded."""

    as_of = serializers.DateField()
    results = AwayAnswer(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


def absence(found: Absence) -> dict[str, Any]:
    """`found` as an AbsenceAnswer."""
    covered = found.cover if found.cover_ended_at is None else None
    return {
        "id": found.public_id,
        "officer": common.officer(found.officer),
        "from_on": found.from_on,
        "until_on": found.until_on,
        "cover": common.officer(covered),
        "cancelled_at": found.cancelled_at,
    }


def away(row: Away) -> dict[str, Any]:
    """`row` as an AwayAnswer."""
    return absence(row.absence) | {
        "kind": row.absence.kind if row.shows_kind else None,
        "begun": row.begun,
        "overdue": row.overdue,
        "due": row.due,
    }
