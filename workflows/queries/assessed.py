"""Every assessment of one person with what was decided on it, and what asked for one."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from offenders.models import Offender
from risk.models import RiskAssessment, SignificantChange
from workflows.queries.paging import newest_first
from workflows.queries.sql import Page

#: Shown of one person, newest first; the timeline has them all.
MOST_SHOWN = 30


def history(person: Offender) -> list[RiskAssessment]:
    """Assessments, newest first, with their people and their override. One statement."""
    return list(_with_people(person).order_by("-assessed_on", "-pk")[:MOST_SHOWN])


def assessments_page(
    person: Offender, *, after: Sequence[Any] | None = None, limit: int = 50
) -> Page[RiskAssessment]:
    """The same with every rated factor, page by page. Two statements."""
    rows = _with_people(person).select_related("endorser_for").prefetch_related("ratings")
    return newest_first(rows, "assessed_on", after=after, limit=limit)


def changes(person: Offender) -> list[SignificantChange]:
    """Significant changes, newest first. One statement."""
    rows = person.significant_changes.select_related("recorded_by")
    return list(rows.order_by("-known_on", "-pk")[:MOST_SHOWN])


def _with_people(person: Offender) -> QuerySet[RiskAssessment]:
    return person.assessments.select_related(
        "author", "endorser", "level_decided_by", "template", "override__approver"
    )
