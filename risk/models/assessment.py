"""Risk assessments: structured professional judgement, submitted by one, endorsed by another."""

import datetime as dt
import uuid
from typing import TypeAlias

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.deciding import decided_for_another
from accounts.models import User
from offenders.models import ManagementLevel, Offender
from offenders.querysets import OwnedQuerySet
from risk.models.tool import ToolVersion


class AssessmentTool(models.TextChoices):
    """The tools that the code itself names. Which there are is data (`ToolVersion`)."""

    ARMS = "arms", "Active Risk Management System"
    JUDGEMENT = "structured_judgement", "Structured professional judgement"


class AssessmentPriority(models.TextChoices):
    VERY_HIGH = "very_high", "Very high"
    HIGH = "high", "High"
    MEDIUM = "medium", "Medium"
    LOW = "low", "Low"


class RiskAssessment(models.Model):
    """One assessment. `assessed_on` is the London date of its submission.

    The next twelve months run from the submission of the endorsed version (PRACTICE 7). What was
    handed in never changes (`risk.frozen`). `template` is the version of the tool by which it was
    made: none where taken over, or handed in before versions were kept.
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
    #: Code of a tool that there is: a trigger refuses any other (`risk.frozen`).
    tool = models.CharField(max_length=20)
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
    #: The London date of the decision.
    decided_on = models.DateField(null=True)
    decision_comment = models.TextField(max_length=2000, blank=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    template = models.ForeignKey(ToolVersion, on_delete=models.PROTECT, related_name="+", null=True)
    #: When its first draft was kept, where one was: how long it took ends with `submitted_at`.
    started_at = models.DateTimeField(null=True)
    #: The level that was decided on it: at the endorsement, or as a step of its own.
    level = models.CharField(max_length=12, choices=ManagementLevel, blank=True)
    level_decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True
    )
    #: Whom the decider acted for, under a delegation.
    level_decided_for = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True
    )
    level_decided_at = models.DateTimeField(null=True)
    level_reason = models.TextField(max_length=2000, blank=True)

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
                name="assessment_priority_known",
                condition=Q(priority__in=["", *AssessmentPriority.values]),
            ),
            models.CheckConstraint(
                name="assessment_level_known",
                condition=Q(proposed_level__in=["", *ManagementLevel.values]),
            ),
            models.CheckConstraint(
                name="assessment_level_by_another",
                condition=Q(level_decided_by__isnull=True) | ~Q(level_decided_by=F("author")),
            ),
            models.CheckConstraint(
                name="assessment_level_for_another",
                condition=decided_for_another("level_decided_by", "level_decided_for", "author"),
            ),
            models.CheckConstraint(
                name="assessment_level_decided_whole",
                condition=Q(level="", level_decided_by__isnull=True, level_decided_at__isnull=True)
                | Q(
                    state="endorsed",
                    level__in=AssessmentPriority.values,
                    level_decided_by__isnull=False,
                    level_decided_at__isnull=False,
                ),
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

    @property
    def decision(self) -> str:
        """What was decided, by the words of the form; "" while it waits."""
        return {"endorsed": "endorse", "returned": "return"}.get(self.state, "")

    @property
    def comment(self) -> str:
        """What was said with the decision."""
        return self.decision_comment

    @property
    def reason(self) -> str:
        """Why the level is what was decided."""
        return self.level_reason

    @property
    def override_expires_on(self) -> dt.date | None:
        """Until when the level may differ from the tool's priority, where it does."""
        override = getattr(self, "override", None)
        return override and override.expires_on

    @property
    def tool_name(self) -> str:
        """What the tool was called in the version by which it was made."""
        if self.template is not None:
            return self.template.name
        known = dict(AssessmentTool.choices)
        return str(known.get(self.tool, self.tool))
