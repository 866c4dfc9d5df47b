"""What an assessment starts from: the tools for the person, and each factor with its evidence."""

import datetime as dt
from typing import Any, NamedTuple

from django.utils import timezone

from accounts.models import Training
from offenders.models import Offender
from risk.models import FactorRating, Rating, RiskAssessment, ToolVersion, Trend
from risk.tools import tools_for
from workflows.models import Task
from workflows.queries.write_up import visit_evidence_of

#: Assessments that stand.
STANDING = (RiskAssessment.State.IMPORTED, RiskAssessment.State.ENDORSED)
#: Characters of one field of the form.
MOST_EVIDENCE, MOST_LAST = 4000, 5000


def last_standing(person: Offender) -> RiskAssessment | None:
    """The newest assessment that stands, whoever made it."""
    return person.assessments.filter(state__in=STANDING).order_by("-assessed_on", "-pk").first()


def last_rated(person: Offender, *, before: RiskAssessment | None = None) -> RiskAssessment | None:
    """The newest endorsed assessment with rated factors; the one `before` another where given."""
    rated = person.assessments.filter(state=RiskAssessment.State.ENDORSED, ratings__isnull=False)
    if before is not None:
        rated = rated.filter(pk__lt=before.pk)
    return rated.order_by("-pk").first()


def factors_of(person: Offender) -> dict[str, str]:
    """Names by code: of the factors last rated, and of those that the tools for the person have."""
    rated = last_rated(person)
    known = {row.factor: row.name for row in rated.ratings.all()} if rated else {}
    for tool in tools_for(person, timezone.localdate()):
        known |= {factor["code"]: factor["name"] for factor in tool.factors}
    return known


def evidence_since(person: Offender, since: dt.date | None) -> dict[str, str]:
    """What visits found since a day, by the code of a factor, each with the day of its visit.

    The newest visit first.
    """
    found: dict[str, list[str]] = {}
    for one in visit_evidence_of(person, since):
        said = f"Visit of {one.visited_on:%-d %B %Y}: {one.text}"
        found.setdefault(one.factor, []).append(said)
    return {factor: "\n".join(said) for factor, said in found.items()}


def tools_of(task: Task) -> list[ToolVersion]:
    """The tools for the person of a task, today, as they are offered."""
    return tools_for(task.offender, timezone.localdate()) if task.offender else []


def offered(task: Task) -> dict[str, list[tuple[str, str]]]:
    """The choices of the form by field, where they depend on the person."""
    return {"tool": [(tool.code, tool.name) for tool in tools_of(task)]}


def starts_with(task: Task) -> dict[str, Any]:
    """A row for each factor of the first tool that fits: last time as a hint, and fresh evidence.

    Never a rating, and never a date.
    """
    person = task.offender
    factors: list[dict[str, str]] = next(
        (tool.factors for tool in tools_of(task) if tool.factors), []
    )
    if person is None or not factors:
        return {}
    standing, rated = last_standing(person), last_rated(person)
    known = {row.factor: row for row in rated.ratings.all()} if rated else {}
    fresh = evidence_since(person, standing.assessed_on if standing else None)
    return {
        "ratings": [
            {
                "factor": factor["code"],
                "name": factor["name"],
                "last": _said(known.get(factor["code"]), rated),
                "evidence": fresh.get(factor["code"], "")[:MOST_EVIDENCE],
            }
            for factor in factors
        ]
    }


def _said(row: FactorRating | None, rated: RiskAssessment | None) -> str:
    """A factor as it was rated last, marked with that day."""
    if row is None or rated is None:
        return ""
    said = f"Last time, {rated.assessed_on:%-d %B %Y}: {Rating(row.rating).label}"
    if row.trend != Trend.NOT_KNOWN:
        said += f", {Trend(row.trend).label.lower()}"
    if not row.evidence:
        return said
    of = f" ({row.evidence_on:%-d %B %Y})" if row.evidence_on else ""
    return f"{said}. {row.evidence}{of}"[:MOST_LAST]


class Compared(NamedTuple):
    """One factor of two assessments. `was` and `now` are ratings, "" where it was not rated."""

    factor: str
    name: str
    was: str
    now: str
    trend: str
    evidence: str

    @property
    def differs(self) -> bool:
        """Whether the rating is another one."""
        return self.was != self.now


def compared(assessment: RiskAssessment) -> tuple[list[Compared], dt.date | None]:
    """An assessment against the endorsed one before it, factor by factor, and the day of that one.

    Factors that only the earlier one has come last.
    """
    before = last_rated(assessment.offender, before=assessment)
    was = {row.factor: row for row in before.ratings.all()} if before else {}
    now = {row.factor: row for row in assessment.ratings.all()}
    found = []
    for factor in {**now, **was}:
        row, old = now.get(factor), was.get(factor)
        found.append(
            Compared(
                factor,
                (row or was[factor]).name,
                old.rating if old else "",
                row.rating if row else "",
                row.trend if row else "",
                row.evidence if row else "",
            )
        )
    return found, before.assessed_on if before else None


def waiting_of(task: Task) -> RiskAssessment | None:
    """The assessment that a step decides on: the newest that was handed in for the person."""
    if task.step not in {"endorse", "decide_level"}:
        return None
    handed_in = RiskAssessment.objects.filter(offender=task.offender_id, author__isnull=False)
    return handed_in.select_related("offender", "template").order_by("-pk").first()


def untrained_for(user_id: int, tools: list[ToolVersion], on: dt.date) -> list[ToolVersion]:
    """Those of `tools` for which the officer's training is not in date on a day."""
    needed = {tool.training for tool in tools if tool.training}
    if not needed:
        return []
    in_date = Training.objects.filter(
        officer=user_id, code__in=needed, completed_on__lte=on, valid_until__gte=on
    )
    held = set(in_date.values_list("code", flat=True))
    return [tool for tool in tools if tool.training and tool.training not in held]
