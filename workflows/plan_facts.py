"""The plans and the endorsed assessments among the facts: which rows, and what is read of each."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from risk.models import RiskAssessment, RiskManagementPlan
from risk.models.plan import AGREED
from workflows.knowing import Record
from workflows.obligations import AssessmentEndorsed, PlanAgreed

#: Of a plan, after the day from which it stands.
PLAN = ("id", "submitted_on", "level", "assessment_id", "interval_months", "interval_days")
#: Of an endorsed assessment.
ENDORSED = ("decided_on", "id")


def plans(record: Record) -> QuerySet[RiskManagementPlan]:
    """Plans that are in force or were: endorsed, and where an inspector decides by that one too."""
    agreed = RiskManagementPlan.objects.filter(state__in=AGREED)
    return record.since(record.since(agreed, "decided_at"), "interval_decided_at")


def endorsed(day: dt.date, record: Record) -> QuerySet[RiskAssessment]:
    """Assessments that were made here and endorsed by the end of a London date."""
    made_here = RiskAssessment.objects.filter(state=RiskAssessment.State.ENDORSED)
    return record.since(made_here.filter(decided_on__lte=day), "decided_at")


def plan_agreed(row: tuple[Any, ...]) -> PlanAgreed:
    """A row of `plans`: the day, then PLAN."""
    on, key, submitted_on, level, assessment, months, days = row
    return PlanAgreed(on, key, submitted_on, level, assessment or 0, months, days)


def assessment_endorsed(row: tuple[Any, ...]) -> AssessmentEndorsed:
    """A row of `endorsed`."""
    return AssessmentEndorsed(*row)
