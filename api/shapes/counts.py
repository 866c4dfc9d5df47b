"""How much there is to do, over the wire."""

from dataclasses import asdict
from typing import Any

from rest_framework import serializers

from api.shapes.as_known import AsKnownQuery
from api.shapes.common import OfficerName, TeamName, officer, team
from offenders.models import ManagementLevel
from workflows.queries.counts import Counts
from workflows.steps.fields import PublicIdField


class CountQuery(AsKnownQuery):
    """As of which day, as known when, and whose."""

    team = PublicIdField(required=False, help_text="People who were in that team then")


class CountAnswer(serializers.Serializer):
    """People, and what they owe."""

    people = serializers.IntegerField(help_text="On the register")
    active = serializers.IntegerField(help_text="Of these, managed actively")
    owed = serializers.IntegerField(help_text="Things owed, whenever they are due")
    due = serializers.IntegerField(help_text="Of these, from `as_of` to 28 days after it")
    overdue = serializers.IntegerField(help_text="Of these, before `as_of`")


class CountCell(CountAnswer):
    """The people of one officer at one level."""

    team = TeamName()
    officer = OfficerName(allow_null=True, help_text="Null: nobody manages them")
    level = serializers.ChoiceField(choices=ManagementLevel.choices)


class CountsAnswer(serializers.Serializer):
    """Counts by team, officer and level; both as known at `known_at`, or now where it is null.

    The total of a force also holds people whose records are closed to you: no row names them.
    """

    as_of = serializers.DateField()
    known_at = serializers.DateTimeField(allow_null=True)
    total = CountAnswer()
    results = CountCell(many=True)


def answer(found: Counts) -> dict[str, Any]:
    """`found` as a CountsAnswer."""
    return {
        "as_of": found.asked.as_of,
        "known_at": found.asked.known_at,
        "total": asdict(found.total),
        "results": [
            asdict(row.number)
            | {"team": team(row.team), "officer": officer(row.officer), "level": row.level}
            for row in found.rows
        ],
    }
