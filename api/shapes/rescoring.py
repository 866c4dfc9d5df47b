"""Trying other tables of the static scores, over the wire."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from api.shapes.common import TeamName, team
from risk.models import CALCULATED, ScoreBand
from workflows.rescoring import MOST_NAMED, NOT_APPLICABLE, Change, Moves, Rescoring
from workflows.steps.fields import LineField, StrictSerializer, WholeNumberField

TOOLS = [(one.value, one.label) for one in CALCULATED]
BANDS = [*ScoreBand.choices, (NOT_APPLICABLE, "Not applicable")]


class TryTables(StrictSerializer):
    """Which tables. Without a tool, every tool that has both versions."""

    model = LineField(max_length=20, help_text='Version of the model, such as "1.0"')
    thresholds = LineField(max_length=20, help_text="Version of where the bands begin")
    tool = serializers.ChoiceField(choices=TOOLS, required=False)
    limit = WholeNumberField(
        min_value=0, max_value=MOST_NAMED, default=100, help_text="Rows named; all are counted"
    )


class BandMove(serializers.Serializer):
    """How many scores are in one band and would be in another, or in the same."""

    tool = serializers.ChoiceField(choices=TOOLS)
    was = serializers.ChoiceField(choices=ScoreBand.choices)
    would = serializers.ChoiceField(choices=BANDS)
    people = serializers.IntegerField()


class BandMovesOfTeam(serializers.Serializer):
    """The scores of one team's people."""

    team = TeamName()
    bands = BandMove(many=True)


class BandChange(serializers.Serializer):
    """A score that would be in another band."""

    person = serializers.UUIDField()
    reference = serializers.CharField()
    tool = serializers.ChoiceField(choices=TOOLS)
    was = serializers.ChoiceField(choices=ScoreBand.choices)
    would = serializers.ChoiceField(choices=BANDS)


class RescoringAnswer(serializers.Serializer):
    """What would change, of people who are registered. Nothing is saved."""

    bands = BandMove(many=True, help_text="Everyone, also whom the caller may not see")
    by_team = BandMovesOfTeam(many=True, help_text="Those whom the caller may see")
    changes = BandChange(many=True)
    left_out = serializers.IntegerField(help_text="Changes beyond `limit`")
    unnamed = serializers.IntegerField(help_text="Changes of people whom the caller may not see")


def trial(found: Rescoring, changes: Iterable[Change], left_out: int) -> dict[str, Any]:
    """`found`, read to its end, as a RescoringAnswer."""
    return {
        "bands": _moves(found.total),
        "by_team": [{"team": team(of), "bands": _moves(moves)} for of, moves in found.by_team()],
        "changes": [change._asdict() for change in changes],
        "left_out": left_out,
        "unnamed": found.unnamed,
    }


def _moves(moves: Moves) -> list[dict[str, Any]]:
    return [
        {"tool": tool, "was": was, "would": would, "people": people}
        for (tool, was, would), people in sorted(moves.items())
    ]
