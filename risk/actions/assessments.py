"""Risk assessments: submitted by one, endorsed or returned by another."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Max
from django.db.models.functions import Now
from django.utils import timezone

from accounts.models import User
from offenders.actions.counting import stamp
from offenders.errors import RuleBroken
from offenders.models import ManagementLevel, Offender, Sex
from risk.models import (
    FactorRating,
    LevelOverride,
    RiskAssessment,
    SignificantChange,
    ToolVersion,
)


def submit_assessment(
    *,
    offender: Offender,
    author: User,
    tool: str,
    priority: str,
    formulation: str,
    proposed_level: str,
    template: ToolVersion | None = None,
    ratings: Iterable[Mapping[str, Any]] = (),
    started_at: dt.datetime | None = None,
) -> RiskAssessment:
    """Hand in an assessment, dated today, for someone else to decide on.

    `ratings`: the columns of each FactorRating. Raises RuleBroken `assessment_waiting` where one
    already waits.
    """
    waiting = RiskAssessment.State.SUBMITTED
    if offender.assessments.filter(state=waiting).exists():
        raise RuleBroken("assessment_waiting", "An assessment of this person already waits.")
    assessment = RiskAssessment.objects.create(
        offender=offender,
        state=waiting,
        tool=tool,
        template=template,
        priority=RiskAssessment.Priority(priority),
        formulation=formulation,
        proposed_level=ManagementLevel(proposed_level),
        author=author,
        assessed_on=timezone.localdate(),
        started_at=started_at,
        submitted_at=timezone.now(),
    )
    FactorRating.objects.bulk_create(
        [FactorRating(assessment=assessment, **rating) for rating in ratings]
    )
    return assessment


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


def decide_level(
    *,
    assessment: RiskAssessment,
    decider: User,
    level: str,
    reason: str,
    expires_on: dt.date | None = None,
    acting_for: int | None = None,
) -> LevelOverride | None:
    """Decide on the level of an endorsed assessment, once. The person's own is the caller's to set.

    A level other than the tool's priority is an override, which `expires_on` then ends; one that
    stood before is over. `acting_for` is the key of whose decision it is. Raises RuleBroken:
    `level_not_open`, `own_assessment`; ValueError for an override without an end.
    """
    if assessment.state != RiskAssessment.State.ENDORSED or assessment.level:
        raise RuleBroken("level_not_open", "The level of that assessment is decided already.")
    if assessment.author_id is None or assessment.author_id in (decider.pk, acting_for):
        raise RuleBroken("own_assessment", "Someone other than the author must decide.")
    today, now = timezone.localdate(), timezone.now()
    assessment.level, assessment.level_reason = level, reason
    assessment.level_decided_by, assessment.level_decided_for_id = decider, acting_for
    assessment.level_decided_at = now
    decided = ("level_decided_by", "level_decided_for", "level_decided_at")
    assessment.save(update_fields=["level", "level_reason", *decided])
    standing = LevelOverride.objects.filter(offender=assessment.offender_id, ended_on=None)
    standing.update(ended_on=today, ended_at=Now())
    if level == assessment.priority:
        return None
    if expires_on is None:
        raise ValueError("An override needs an end.")
    return LevelOverride.objects.create(
        offender_id=assessment.offender_id,
        assessment=assessment,
        assessed_by_id=assessment.author_id,
        priority=assessment.priority,
        level=level,
        reason=reason,
        approver=decider,
        approver_for_id=acting_for,
        decided_on=today,
        expires_on=expires_on,
    )


def record_change(
    *,
    offender: Offender,
    what: SignificantChange.What,
    occurred_on: dt.date,
    known_on: dt.date,
    text: str,
    recorded_by: User,
) -> SignificantChange:
    """Keep a significant change. What follows from it is the caller's to work out."""
    return SignificantChange.objects.create(
        offender=offender,
        what=SignificantChange.What(what),
        occurred_on=occurred_on,
        known_on=known_on,
        text=text,
        recorded_by=recorded_by,
    )


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
    assessment.decision_comment, assessment.decided_on = comment, timezone.localdate()
    decided = ("state", "endorser", "endorser_for", "decided_on", "decision_comment")
    stamp(assessment, "decided_at", *decided)
    return assessment
