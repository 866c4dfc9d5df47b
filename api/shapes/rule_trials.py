"""Trying other rules, over the wire."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from accounts.models import Team, User
from api.shapes.common import OfficerName, PersonName, TeamName, officer, short_name, team
from workflows.models import Kind
from workflows.queries.what_if import ShiftRow, Trial
from workflows.rule_trials import Tally, Work
from workflows.steps.fields import StrictSerializer, WholeNumberField

#: People that one trial names; all are counted.
MOST_NAMED = 1000


class TryRules(StrictSerializer):
    """New periods and figures by id, or the number of a proposed version."""

    changes = serializers.DictField(
        child=serializers.CharField(max_length=20),
        required=False,
        help_text='Such as {"visit.interval.medium": "4m"}',
    )
    version = WholeNumberField(required=False, min_value=1)
    limit = WholeNumberField(
        min_value=0, max_value=MOST_NAMED, default=100, help_text="People named; all are counted"
    )


class WorkAnswer(serializers.Serializer):
    """Home visits a month, and the hours they take."""

    visits = serializers.FloatField()
    hours = serializers.FloatField()


class TallyAnswer(serializers.Serializer):
    """Some people under both rule sets. Things owed are counted, not people."""

    people = serializers.IntegerField()
    now = WorkAnswer()
    then = WorkAnswer()
    overdue_now = serializers.IntegerField()
    overdue_then = serializers.IntegerField()
    becomes_overdue = serializers.IntegerField()
    no_longer_overdue = serializers.IntegerField()
    earlier = serializers.IntegerField()
    later = serializers.IntegerField()


class TallyOfTeam(TallyAnswer):
    """The people of one team."""

    team = TeamName()


class TallyOfOfficer(TallyAnswer):
    """The people of one officer; null for those nobody manages."""

    officer = OfficerName(allow_null=True)


class ShiftAnswer(serializers.Serializer):
    """Something with which somebody becomes overdue on day one, or is so no longer."""

    person = PersonName()
    officer = serializers.CharField(allow_null=True, help_text="Staff number")
    kind = serializers.ChoiceField(choices=Kind.choices)
    now = serializers.DateField(allow_null=True, help_text="Due as it stands; null: not owed")
    then = serializers.DateField(allow_null=True, help_text="Due under the other rules")
    becomes_overdue = serializers.BooleanField(help_text="False: it no longer would be")


class TrialAnswer(serializers.Serializer):
    """What would change on day one. Nothing is saved."""

    on = serializers.DateField()
    total = TallyAnswer()
    by_team = TallyOfTeam(many=True)
    by_officer = TallyOfOfficer(many=True)
    overdue = ShiftAnswer(many=True)
    left_out = serializers.IntegerField(help_text="Rows beyond `limit`")
    unnamed = serializers.IntegerField(help_text="Rows of people whom the caller may not see")


def trial(found: Trial, rows: Iterable[ShiftRow], left_out: int) -> dict[str, Any]:
    """`found`, read to its end, as a TrialAnswer."""

    def counted(of: Tally) -> dict[str, Any]:
        return tally(of, found.now(of), found.then(of))

    teams: list[tuple[Team, Tally]] = found.by_team()
    officers: list[tuple[User | None, Tally]] = found.by_officer()
    return {
        "on": found.on,
        "total": counted(found.total),
        "by_team": [{"team": team(of), **counted(tally)} for of, tally in teams],
        "by_officer": [{"officer": officer(of), **counted(tally)} for of, tally in officers],
        "overdue": [shift(row) for row in rows],
        "left_out": left_out,
        "unnamed": found.unnamed,
    }


def tally(of: Tally, now: Work, then: Work) -> dict[str, Any]:
    """Counts of some people as a TallyAnswer."""
    return {
        "people": of.people,
        "now": {"visits": float(now.visits), "hours": float(now.hours)},
        "then": {"visits": float(then.visits), "hours": float(then.hours)},
        "overdue_now": of.overdue_now,
        "overdue_then": of.overdue_then,
        "becomes_overdue": of.becomes_overdue,
        "no_longer_overdue": of.no_longer_overdue,
        "earlier": of.earlier,
        "later": of.later,
    }


def shift(row: ShiftRow) -> dict[str, Any]:
    """`row` as a ShiftAnswer."""
    return {
        "person": {
            "id": row.person.id,
            "reference": row.person.reference,
            "name": short_name(row.person.surname, row.person.forename),
        },
        "officer": row.person.officer,
        "kind": row.shift.kind,
        "now": row.shift.now,
        "then": row.shift.then,
        "becomes_overdue": row.shift.is_overdue,
    }
