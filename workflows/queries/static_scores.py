"""Every static score of one person, which of each tool stand, and the four axes side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from offenders.models import Offender
from risk.models import RiskAssessment, ScoreTool, StaticScore
from workflows.queries.assessing import last_standing
from workflows.queries.paging import newest_first
from workflows.queries.sql import Page


@dataclass(frozen=True, slots=True)
class ToolScores:
    """The newest score of one tool from each source; at least one of them is there."""

    tool: ScoreTool
    official: StaticScore | None
    calculated: StaticScore | None

    @property
    def preferred(self) -> StaticScore:
        """The official value, where there is one."""
        found = self.official or self.calculated
        assert found is not None  # noqa: S101 - one of them is there
        return found


@dataclass(frozen=True, slots=True)
class Axes:
    """Four answers to four questions, which nothing mixes. None or "" where nobody has said.

    `static`: bands of OSP, CSRP and RM2000/s that stand. `priority`: of the assessment that stands.
    `rosh`: risk of serious harm. `level`: the management level, an officer's decision.
    """

    static: tuple[ToolScores, ...]
    priority: str
    rosh: ToolScores | None
    level: str


def scores_page(
    person: Offender, *, after: Sequence[Any] | None = None, limit: int = 50
) -> Page[StaticScore]:
    """Every score, the void among them, newest first by its day. One statement.

    Each says as `is_superseded` whether a newer one of its tool and source stands.
    """
    return newest_first(with_people(person), "scored_on", after=after, limit=limit)


def with_people(person: Offender) -> QuerySet[StaticScore]:
    """Every score with who recorded and voided it."""
    newer = StaticScore.objects.filter(
        Q(scored_on__gt=OuterRef("scored_on"))
        | Q(scored_on=OuterRef("scored_on"), pk__gt=OuterRef("pk")),
        offender=person,
        tool=OuterRef("tool"),
        source=OuterRef("source"),
        voided_at__isnull=True,
    )
    rows = person.static_scores.annotate(is_superseded=Exists(newer))
    return rows.select_related("recorded_by", "voided_by")


def standing_scores(person: Offender) -> list[ToolScores]:
    """What stands of each tool, in the order of the tools. One statement."""
    rows = person.static_scores.filter(voided_at__isnull=True).select_related("recorded_by")
    newest: dict[tuple[str, bool], StaticScore] = {}
    for row in rows.order_by("-scored_on", "-pk"):
        newest.setdefault((row.tool, row.is_official), row)
    found = (
        ToolScores(tool, newest.get((tool, True)), newest.get((tool, False))) for tool in ScoreTool
    )
    return [one for one in found if one.official or one.calculated]


def axes(person: Offender, standing: Sequence[ToolScores]) -> Axes:
    """The four axes of a person. One statement more than `standing_scores`."""
    assessment: RiskAssessment | None = last_standing(person)
    by_tool = {one.tool: one for one in standing}
    static = (ScoreTool.OSP_DC, ScoreTool.OSP_IIC, ScoreTool.CSRP, ScoreTool.RM2000S)
    return Axes(
        static=tuple(by_tool[tool] for tool in static if tool in by_tool),
        priority=assessment.priority if assessment else "",
        rosh=by_tool.get(ScoreTool.ROSH),
        level=person.management_level,
    )
