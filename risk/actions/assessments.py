"""Risk assessments: submitted by one, endorsed or returned by another."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from offenders.actions.counting import stamp
from offenders.errors import RuleBroken
from offenders.models import ManagementLevel, Offender, Sex
from risk.models import RiskAssessment


def submit_assessment(
    *,
    offender: Offender,
    author: User,
    tool: str,
    priority: str,
    formulation: str,
    proposed_level: str,
) -> RiskAssessment:
    """Hand in an assessment, dated today, for someone else to decide on.

    Raises RuleBroken `assessment_waiting` where one already waits.
    """
    waiting = RiskAssessment.State.SUBMITTED
    if offender.assessments.filter(state=waiting).exists():
        raise RuleBroken("assessment_waiting", "An assessment of this person already waits.")
    return RiskAssessment.objects.create(
        offender=offender,
        state=waiting,
        tool=RiskAssessment.Tool(tool),
        priority=RiskAssessment.Priority(priority),
        formulation=formulation,
        proposed_level=ManagementLevel(proposed_level),
        author=author,
        assessed_on=timezone.localdate(),
        submitted_at=timezone.now(),
    )


def endorse_assessment(
    *, assessment: RiskAssessment, endorser: User, comment: str, acting_for: int | None = None
) -> RiskAssessment:
    """Let an assessment stand; `acting_for` is the key of whose decision the endorser makes.

    Raises RuleBroken: `own_assessment`, `assessment_not_waiting`.
    """
    return _decide(assessment, RiskAssessment.State.ENDORSED, endorser, comment, acting_for)


def return_assessment(
    *, assessment: RiskAssessment, endorser: User, comment: str, acting_for: int | None = None
) -> RiskAssessment:
    """Give an assessment back to its author, who hands in a new one. It is kept, and resets no
    clock. Raises RuleBroken: `own_assessment`, `assessment_not_waiting`."""
    return _decide(assessment, RiskAssessment.State.RETURNED, endorser, comment, acting_for)


def take_over_assessments(assessed: Iterable[tuple[Offender, dt.date]]) -> set[int]:
    """Take over from another record each assessment later than the last one that stands.

    Two statements whatever the number. Returns the ids of the people who got one.
    """
    days = dict(assessed)
    standing = RiskAssessment.objects.filter(
        offender__in=days,
        state__in=[RiskAssessment.State.IMPORTED, RiskAssessment.State.ENDORSED],
    )
    latest = standing.values("offender_id").annotate(latest=Max("assessed_on"))
    known = dict(latest.values_list("offender_id", "latest"))
    later = [
        RiskAssessment(
            offender=offender,
            state=RiskAssessment.State.IMPORTED,
            # ARMS is for men (PRACTICE 17); the record does not say which tool it was.
            tool=RiskAssessment.Tool.ARMS
            if offender.sex == Sex.MALE
            else RiskAssessment.Tool.JUDGEMENT,
            assessed_on=day,
        )
        for offender, day in days.items()
        if offender.pk not in known or day > known[offender.pk]
    ]
    RiskAssessment.objects.bulk_create(later)
    return {row.offender_id for row in later}


def _decide(
    assessment: RiskAssessment,
    state: RiskAssessment.State,
    endorser: User,
    comment: str,
    acting_for: int | None,
) -> RiskAssessment:
    if assessment.state != RiskAssessment.State.SUBMITTED:
        raise RuleBroken("assessment_not_waiting", "That assessment is decided already.")
    if assessment.author_id in (endorser.pk, acting_for):
        raise RuleBroken("own_assessment", "Someone other than the author must decide.")
    assessment.state = state
    assessment.endorser, assessment.endorser_for_id = endorser, acting_for
    assessment.decision_comment = comment
    stamp(assessment, "decided_at", "state", "endorser", "endorser_for", "decision_comment")
    return assessment
