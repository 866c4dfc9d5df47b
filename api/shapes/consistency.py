"""The report on consistency over the wire."""

from typing import Any

from rest_framework import serializers

from workflows.consistency import Group, Measure


class PartAnswer(serializers.Serializer):
    """How many of a group."""

    number = serializers.IntegerField(allow_null=True, help_text="Null: too few, or all but a few")
    stands_apart = serializers.BooleanField(
        help_text="The 95 per cent interval of the share does not hold that of everyone"
    )


class PartsAnswer(serializers.Serializer):
    """Each number beside the people of its group."""

    first_tenth = PartAnswer(help_text="Among the first tenth by priority")
    visit_overdue = PartAnswer(help_text="Their home visit is past its day")
    override = PartAnswer(help_text="A level stands that is not the priority of the tool")
    disagreement = PartAnswer(help_text="An officer disagreed with a priority, in a year")


class GroupAnswer(serializers.Serializer):
    """One group of a breakdown: by team, sex, age or ethnicity."""

    breakdown = serializers.CharField()
    group = serializers.CharField()
    people = serializers.IntegerField(allow_null=True, help_text="Null: too few to be told")
    parts = PartsAnswer(allow_null=True)


class ConsistencyAnswer(serializers.Serializer):
    """Every group of the people in the caller's reach. It says where groups differ, never why."""

    results = GroupAnswer(many=True)


def group(found: Group) -> dict[str, Any]:
    """`found` as a GroupAnswer."""
    parts = {
        measure.value: {"number": part.number, "stands_apart": part.is_apart}
        for measure, part in found.parts.items()
    }
    return {
        "breakdown": found.breakdown,
        "group": found.name,
        "people": found.people,
        "parts": {measure.value: parts[measure.value] for measure in Measure} if parts else None,
    }
