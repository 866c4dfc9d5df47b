"""Risk and the plan for it: endorsed assessments, plans, changes, overrides."""

import datetime as dt
from collections.abc import Callable

from django.db.models import QuerySet

from risk.models import LevelOverride, RiskAssessment, RiskManagementPlan, SignificantChange
from risk.models.plan import AGREED
from workflows.facts.chunk import Chunk, Subject, ending
from workflows.knowing import Record, Row
from workflows.obligations import AssessmentEndorsed, Changed, Overridden, PlanAgreed

#: Of a plan, after the day from which it stands.
PLAN = ("id", "submitted_on", "level", "assessment_id", "interval_months", "interval_days")


def assessed(chunk: Chunk) -> Subject:
    """Everything on a person's risk that is not the level itself."""
    record = chunk.record
    overrides = record.when(LevelOverride.objects.all(), ended_on="ended_at")
    changes = SignificantChange.objects.all()
    return {
        "assessments": chunk.all_of(_endorsed(chunk), AssessmentEndorsed._make, "decided_on", "id"),
        "plans": chunk.dated(_plans(record), "agreed_on", _plan_agreed, *PLAN),
        "changes": chunk.dated(changes, "known_on", Changed._make, "what"),
        "overrides": chunk.dated(
            overrides, "decided_on", _overridden(chunk.day), "expires_on", "then_ended_on"
        ),
    }


def _endorsed(chunk: Chunk) -> QuerySet[RiskAssessment]:
    """Assessments that were made here and endorsed by the end of the day."""
    made_here = RiskAssessment.objects.filter(state=RiskAssessment.State.ENDORSED)
    return chunk.record.since(made_here.filter(decided_on__lte=chunk.day), "decided_at")


def _plans(record: Record) -> QuerySet[RiskManagementPlan]:
    """Plans that are in force or were: endorsed, and where an inspector decides by that one too."""
    agreed = RiskManagementPlan.objects.filter(state__in=AGREED)
    return record.since(record.since(agreed, "decided_at"), "interval_decided_at")


def _plan_agreed(row: Row) -> PlanAgreed:
    on, key, submitted_on, level, assessment, months, days = row
    return PlanAgreed(on, key, submitted_on, level, assessment or 0, months, days)


def _overridden(day: dt.date) -> Callable[[Row], Overridden]:
    """An override as known on `day`: one that ended later had not ended yet."""
    read = ending(Overridden._make)

    def made(row: Row) -> Overridden:
        found = read(row)
        later = found.ended_on is not None and found.ended_on > day
        return found._replace(ended_on=None) if later else found

    return made
