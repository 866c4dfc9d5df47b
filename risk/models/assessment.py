"""Risk assessments: structured professional judgement, submitted by one, endorsed by another."""

import uuid
from typing import TypeAlias

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.deciding import decided_for_another
from accounts.models import User
from offenders.models import ManagementLevel, Offender
from offenders.querysets import OwnedQuerySet


class AssessmentTool(models.TextChoices):
    ARMS = "arms", "Active Risk Management System"
    JUDGEMENT = "structured_judgement", "Structured professional judgement"


class AssessmentPriority(models.TextChoices):
    VERY_HIGH = "very_high", "Very high"
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class RiskAssessment(models.Model):
    """One assessment. `assessed_on` is the London date of its submission.

    The next twelve months run from the submission of the endorsed version (PRACTICE 7).
    """

    Tool: TypeAlias = AssessmentTool

    Priority: TypeAlias = AssessmentPriority

    class State(models.TextChoices):
        IMPORTED = "imported", "Taken over from another record"
        SUBMITTED = "submitted", "Waiting for endorsement"
        ENDORSED = "endorsed", "Endorsed"
        RETURNED = "returned", "Returned to the author"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="assessments")
    tool = models.CharField(max_length=20, choices=Tool)
    state = models.CharField(max_length=9, choices=State)
    assessed_on = models.DateField()
    #: The priority that the tool gives the work. Blank only where taken over without it.
    priority = models.CharField(max_length=9, choices=Priority, blank=True)
    formulation = models.TextField(max_length=8000, blank=True)
    proposed_level = models.CharField(max_length=12, choices=ManagementLevel, blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    submitted_at = models.DateTimeField(null=True)
    endorser = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    #: Whom the endorser acted for, under a delegation.
    endorser_for = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    decision_comment = models.TextField(max_length=2000, blank=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = OwnedQuerySet.to("offender__").as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assessment_endorsed_by_another",
                condition=Q(endorser__isnull=True) | ~Q(endorser=F("author")),
            ),
            models.CheckConstraint(
                name="assessment_endorsed_for_another",
                condition=decided_for_another("endorser", "endorser_for", "author"),
            ),
            models.CheckConstraint(
                name="assessment_state_has_its_people",
                condition=Q(state="imported", author__isnull=True, endorser__isnull=True)
                | Q(state="submitted", author__isnull=False, endorser__isnull=True)
                | Q(
                    state__in=["endorsed", "returned"],
                    author__isnull=False,
                    endorser__isnull=False,
                    decided_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="assessment_submitted_whole",
                condition=Q(state="imported")
                | Q(submitted_at__isnull=False) & ~Q(priority="") & ~Q(proposed_level=""),
            ),
            models.CheckConstraint(
                name="assessment_waiting_is_undecided",
                condition=~Q(state="submitted") | Q(decided_at__isnull=True),
            ),
            models.CheckConstraint(
                name="assessment_tool_known", condition=Q(tool__in=AssessmentTool.values)
            ),
            models.CheckConstraint(
                name="assessment_priority_known",
                condition=Q(priority__in=["", *AssessmentPriority.values]),
            ),
            models.CheckConstraint(
                name="assessment_level_known",
                condition=Q(proposed_level__in=["", *ManagementLevel.values]),
            ),
            models.UniqueConstraint(
                name="assessment_one_waiting",
                fields=["offender"],
                condition=Q(state="submitted"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["offender", "assessed_on"],
                name="assessment_standing",
                condition=Q(state__in=["imported", "endorsed"]),
            )
        ]
