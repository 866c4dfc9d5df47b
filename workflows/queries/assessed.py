"""Every assessment of one person with what was decided on it, and what asked for one."""

from offenders.models import Offender
from risk.models import RiskAssessment, SignificantChange

#: Shown of one person, newest first; the timeline has them all.
MOST_SHOWN = 30


def history(person: Offender) -> list[RiskAssessment]:
    """Assessments, newest first, with their people and their override. One statement."""
    assessed = person.assessments.select_related(
        "author", "endorser", "level_decided_by", "template", "override__approver"
    )
    return list(assessed.order_by("-assessed_on", "-pk")[:MOST_SHOWN])


def changes(person: Offender) -> list[SignificantChange]:
    """Significant changes, newest first. One statement."""
    rows = person.significant_changes.select_related("recorded_by")
    return list(rows.order_by("-known_on", "-pk")[:MOST_SHOWN])
