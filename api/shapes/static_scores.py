"""Static scores over the wire."""

from typing import Any

from rest_framework import serializers

from api.shapes.common import OfficerName, officer
from offenders.models import ManagementLevel
from risk.models import (
    CALCULATED,
    AssessmentPriority,
    BandReduction,
    ScoreBand,
    ScoreSource,
    ScoreTool,
    StaticScore,
)
from risk.static_scores.score import Score
from workflows.queries.static_scores import Axes, ToolScores
from workflows.steps import static_scores as forms
from workflows.steps.fields import PublicIdField

#: Said of every score that was calculated here.
MARK = str(ScoreSource.CALCULATED_HERE.label)


class VoidScore(forms.VoidScore):
    """Which score was entered wrongly, and why it is void."""

    score = PublicIdField(help_text="Id of the score")


class ContributionAnswer(serializers.Serializer):
    """One item of a score."""

    code = serializers.CharField()
    value = serializers.IntegerField(
        allow_null=True, help_text="The figure that counted; null: not known, the fewest points"
    )
    points = serializers.IntegerField(
        allow_null=True, help_text="Null for OSP/IIC, where the first row that fits decides"
    )


class CalculationAnswer(serializers.Serializer):
    """A score with its working. Calculated here, not the official value."""

    tool = serializers.ChoiceField(choices=[(one.value, one.label) for one in CALCULATED])
    scored_by = serializers.CharField(help_text="Says that it is not the official value")
    points = serializers.IntegerField(allow_null=True, help_text="OSP/DC: 0 to 64")
    percent = serializers.CharField(help_text='Four decimals, such as "1.5389"')
    band = serializers.ChoiceField(choices=ScoreBand.choices)
    adjusted_band = serializers.ChoiceField(
        choices=ScoreBand.choices, help_text="After the five-year reduction"
    )
    reduction = serializers.ChoiceField(choices=BandReduction.choices)
    contributions = ContributionAnswer(many=True)
    provisional = serializers.BooleanField(
        help_text="Points, per cent and `band` are the least they can be. No reduction is applied "
        "yet: `adjusted_band` may be one lower once all is known"
    )
    missing = serializers.ListField(child=serializers.CharField())
    model_version = serializers.CharField()
    thresholds_version = serializers.CharField()


class CalculationsAnswer(serializers.Serializer):
    """What would be calculated. Nothing is kept."""

    results = CalculationAnswer(many=True)


class StaticScoreAnswer(serializers.Serializer):
    """One score as it was calculated here or given."""

    id = serializers.UUIDField()
    tool = serializers.ChoiceField(choices=ScoreTool.choices)
    source = serializers.ChoiceField(  # type: ignore[assignment]
        choices=ScoreSource.choices
    )
    scored_by = serializers.CharField(help_text="Says whether it is the official value")
    scored_on = serializers.DateField()
    band = serializers.ChoiceField(choices=ScoreBand.choices)
    adjusted_band = serializers.ChoiceField(choices=ScoreBand.choices)
    reduction = serializers.ChoiceField(choices=BandReduction.choices, allow_blank=True)
    points = serializers.IntegerField(allow_null=True)
    percent = serializers.CharField(allow_null=True)
    contributions = ContributionAnswer(many=True)
    provisional = serializers.BooleanField()
    missing = serializers.ListField(child=serializers.CharField())
    model_version = serializers.CharField(allow_blank=True)
    thresholds_version = serializers.CharField(allow_blank=True)
    inputs = serializers.DictField(allow_null=True, help_text="What was put in, as it was")
    reference = serializers.CharField(allow_blank=True)
    recorded_by = OfficerName(allow_null=True, help_text="Null where another system sent it")
    recorded_by_label = serializers.CharField()
    recorded_at = serializers.DateTimeField()
    voided_at = serializers.DateTimeField(allow_null=True)
    voided_by = OfficerName(allow_null=True)
    void_reason = serializers.CharField(required=False)


class StaticScoreListed(StaticScoreAnswer):
    """The same in a list."""

    superseded = serializers.BooleanField(help_text="A newer one of its tool and source stands")


class StaticScoresKept(serializers.Serializer):
    """What was calculated and kept, by tool."""

    results = StaticScoreAnswer(many=True)


class BandAnswer(serializers.Serializer):
    """The score that stands of one tool: the official value where there is one."""

    tool = serializers.ChoiceField(choices=ScoreTool.choices)
    score = serializers.UUIDField()
    source = serializers.ChoiceField(  # type: ignore[assignment]
        choices=ScoreSource.choices
    )
    scored_on = serializers.DateField()
    band = serializers.ChoiceField(choices=ScoreBand.choices)
    adjusted_band = serializers.ChoiceField(choices=ScoreBand.choices)
    official = serializers.UUIDField(allow_null=True)
    calculated_here = serializers.UUIDField(allow_null=True)


class AxesAnswer(serializers.Serializer):
    """Four answers to four questions, which nothing mixes."""

    static = BandAnswer(many=True)
    assessment_priority = serializers.ChoiceField(
        choices=AssessmentPriority.choices, allow_blank=True
    )
    rosh = BandAnswer(allow_null=True)
    management_level = serializers.ChoiceField(choices=ManagementLevel.choices)


class StaticScoreList(serializers.Serializer):
    """A page of scores, newest first, and the four axes as they stand."""

    axes = AxesAnswer()
    results = StaticScoreListed(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


def calculation(found: Score) -> dict[str, Any]:
    """`found` as a CalculationAnswer."""
    return {
        "tool": found.tool,
        "scored_by": MARK,
        "points": found.points,
        "percent": str(found.percent),
        "band": found.band.value,
        "adjusted_band": found.adjusted_band.value,
        "reduction": found.reduction.value,
        "provisional": found.is_provisional,
        "model_version": found.model_version,
        "thresholds_version": found.thresholds_version,
    } | found.working()


def score(found: StaticScore, *, shows_text: bool = True) -> dict[str, Any]:
    """`found` as a StaticScoreAnswer. Without `shows_text` not why it is void."""
    working = found.working or {"contributions": [], "missing": []}
    shown = {
        "id": found.public_id,
        "tool": found.tool,
        "source": found.source,
        "scored_by": str(ScoreSource(found.source).label),
        "scored_on": found.scored_on,
        "band": found.band,
        "adjusted_band": found.adjusted_band,
        "reduction": found.reduction,
        "points": found.points,
        "percent": None if found.percent is None else f"{found.percent:.4f}",
        "contributions": working["contributions"],
        "provisional": found.is_provisional,
        "missing": working["missing"],
        "model_version": found.model_version,
        "thresholds_version": found.thresholds_version,
        "inputs": found.inputs,
        "reference": found.reference,
        "recorded_by": officer(found.recorded_by),
        "recorded_by_label": found.recorded_by_label,
        "recorded_at": found.recorded_at,
        "voided_at": found.voided_at,
        "voided_by": officer(found.voided_by),
    }
    return shown | ({"void_reason": found.void_reason} if shows_text else {})


def listed(found: StaticScore, *, shows_text: bool) -> dict[str, Any]:
    """`found`, read by `scores_page`, as a StaticScoreListed."""
    superseded = found.is_superseded  # type: ignore[attr-defined]
    return score(found, shows_text=shows_text) | {"superseded": superseded}


def axes(found: Axes) -> dict[str, Any]:
    """`found` as an AxesAnswer."""
    return {
        "static": [_band(one) for one in found.static],
        "assessment_priority": found.priority,
        "rosh": _band(found.rosh) if found.rosh else None,
        "management_level": found.level,
    }


def _band(found: ToolScores) -> dict[str, Any]:
    shown = found.preferred
    return {
        "tool": shown.tool,
        "score": shown.public_id,
        "source": shown.source,
        "scored_on": shown.scored_on,
        "band": shown.band,
        "adjusted_band": shown.adjusted_band,
        "official": found.official and found.official.public_id,
        "calculated_here": found.calculated and found.calculated.public_id,
    }
