"""Static scores in words: what stands of each tool, the four axes, and every score's working."""

from collections.abc import Collection, Iterable
from typing import Any

from django.urls import reverse

from accounts.actor import Actor
from accounts.policy import Action
from offenders.models import Offender
from risk.models import BandReduction, ScoreSource, ScoreTool, StaticScore
from risk.models.assessment import AssessmentPriority
from ui import words
from workflows.queries.static_scores import Axes, ToolScores
from workflows.queries.voidable_scores import refusal_of

#: What the pages offer, where the viewer may do it.
OFFERED = (Action.STATIC_SCORE_CALCULATE, Action.STATIC_SCORE_RECORD_OFFICIAL)

#: Recorded beside the static scores, and of none of their axis.
APART = (ScoreTool.ROSH, ScoreTool.KIRAT)


def section(found: Offender, standing: Iterable[ToolScores]) -> dict[str, Any]:
    """What the person's page shows: a line for each static tool, and where the rest is.

    The risk of serious harm and the urgency of KIRAT answer other questions: each stands apart.
    """
    scores = list(standing)
    apart = {one.tool: one for one in scores if one.tool in APART}
    return {
        "lines": [_summary(one) for one in scores if one.tool not in APART],
        "rosh": _summary(apart[ScoreTool.ROSH]) if ScoreTool.ROSH in apart else None,
        "kirat": _summary(apart[ScoreTool.KIRAT]) if ScoreTool.KIRAT in apart else None,
        "url": reverse("ui:scores", args=[found.public_id]),
    }


def links(found: Offender, may: Collection[Action]) -> list[dict[str, str]]:
    """What can be done, to whom the policy permits it."""
    offered = (
        (Action.STATIC_SCORE_CALCULATE, "ui:calculate-scores", "Calculate scores"),
        (Action.STATIC_SCORE_RECORD_OFFICIAL, "ui:official-score", "Record an official value"),
    )
    return [
        {"label": label, "url": reverse(name, args=[found.public_id])}
        for action, name, label in offered
        if action in may
    ]


def axes_lines(found: Axes) -> list[dict[str, str]]:
    """The four axes, each with what it says now."""
    static = "; ".join(f"{_tool(one.tool)}: {_band(one.preferred)}" for one in found.static)
    priority = str(AssessmentPriority(found.priority).label) if found.priority else ""
    return [
        {"label": "Static band", "words": static or "No score"},
        {"label": "Priority of the assessment", "words": priority or "None recorded"},
        {
            "label": "Risk of serious harm",
            "words": _band(found.rosh.preferred) if found.rosh else "None recorded",
        },
        {"label": "Management level", "words": words.risk_words(found.level)},
    ]


def standing_lines(standing: Iterable[ToolScores]) -> list[dict[str, str]]:
    """Both values of each tool beside each other; the official one is preferred."""
    return [
        {
            "tool": _tool(one.tool),
            "official": _value(one.official),
            "calculated": _value(one.calculated),
            "preferred": str(ScoreSource(one.preferred.source).label),
        }
        for one in standing
    ]


def score_line(
    by: Actor, found: Offender, score: StaticScore, *, may_void: bool, shows_text: bool
) -> dict[str, Any]:
    """One score with its working and who recorded it. `may_void`: scores of this person at all."""
    working = score.working or {"contributions": [], "missing": []}
    void = f"Void: {score.void_reason}" if shows_text else "Void"
    args = [found.public_id, score.public_id]
    return {
        "on": score.scored_on,
        "tool": _tool(score.tool),
        "source": str(ScoreSource(score.source).label),
        "band": _band(score),
        "figures": _figures(score),
        "reduction": str(BandReduction(score.reduction).label) if score.reduction else "",
        "items": [_item(score, one) for one in working["contributions"]],
        "missing": [words.SCORE_INPUTS.get(name, name) for name in working["missing"]],
        "versions": _versions(score),
        "reference": score.reference,
        "by": score.recorded_by.display_name if score.recorded_by else score.recorded_by_label,
        "at": score.recorded_at,
        "void": score.is_void,
        "void_words": void if score.is_void else "",
        "superseded": score.is_superseded,  # type: ignore[attr-defined]
        "void_url": reverse("ui:void-score", args=args)
        if may_void and refusal_of(by, score) is None
        else "",
    }


def subject(score: StaticScore) -> str:
    """Which score it is, on the form that voids it."""
    source = str(ScoreSource(score.source).label)
    return f"{_tool(score.tool)}: {_band(score)}, {words.long_day(score.scored_on)}. {source}"


def _summary(one: ToolScores) -> dict[str, str]:
    shown = one.preferred
    return {
        "label": _tool(one.tool),
        "band": _band(shown),
        "words": f"{ScoreSource(shown.source).label}, {words.long_day(shown.scored_on)}",
    }


def _tool(tool: str) -> str:
    return str(ScoreTool(tool).label)


def _band(score: StaticScore) -> str:
    """The adjusted band, and what it was before; that it may still rise."""
    said = words.score_band(score.tool, score.adjusted_band)
    if score.adjusted_band != score.band:
        said += f" (before the reduction {words.risk_words(score.band).lower()})"
    return f"{said}, provisional" if score.is_provisional else said


def _figures(score: StaticScore) -> str:
    points = "" if score.points is None else words.count_words(score.points, "point", "points")
    percent = "" if score.percent is None else words.percent_words(score.percent)
    return ", ".join(filter(None, (points, percent)))


def _value(score: StaticScore | None) -> str:
    if score is None:
        return "None"
    parts = (_band(score), _figures(score), words.long_day(score.scored_on))
    return ", ".join(filter(None, parts))


def _item(score: StaticScore, one: dict[str, Any]) -> dict[str, Any]:
    return {
        "label": words.SCORE_ITEMS.get(one["code"], one["code"]),
        "value": words.score_value(one["code"], one["value"]),
        "points": "decides" if one["points"] is None else one["points"],
    }


def _versions(score: StaticScore) -> str:
    if score.thresholds_version:
        return f"Model {score.model_version}, thresholds {score.thresholds_version}"
    return f"Version {score.model_version}" if score.model_version else ""
