"""A management level other than the priority that the tool gave, and until when that may be."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.deciding import decided_for_another
from accounts.models import User
from offenders.models import ManagementLevel, Offender
from risk.models.assessment import AssessmentPriority, RiskAssessment


class LevelOverride(models.Model):
    """One professional override: who approved it, why, and the last day before it is looked at.

    When it expires nothing is lowered or raised by itself: a reassessment is due by then. It ends
    when a level is decided anew. `assessed_by` is the author of the assessment, so that the
    database can refuse that one person proposed and approved.
    """

    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="overrides")
    assessment = models.OneToOneField(
        RiskAssessment, on_delete=models.PROTECT, related_name="override"
    )
    assessed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    priority = models.CharField(max_length=9, choices=AssessmentPriority)
    level = models.CharField(max_length=12, choices=ManagementLevel)
    reason = models.TextField(max_length=2000)
    approver = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    #: Whom the approver acted for, under a delegation.
    approver_for = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_on = models.DateField()
    expires_on = models.DateField()
    ended_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="override_approved_by_another", condition=~Q(approver=F("assessed_by"))
            ),
            models.CheckConstraint(
                name="override_approved_for_another",
                condition=decided_for_another("approver", "approver_for", "assessed_by"),
            ),
            models.CheckConstraint(
                name="override_of_another_level", condition=~Q(level=F("priority"))
            ),
            models.CheckConstraint(
                name="override_expires", condition=Q(expires_on__gt=F("decided_on"))
            ),
            models.CheckConstraint(name="override_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="override_ended_whole",
                condition=Q(ended_on__isnull=True, ended_at__isnull=True)
                | Q(ended_on__isnull=False, ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="override_levels_known",
                condition=Q(
                    priority__in=AssessmentPriority.values,
                    level__in=AssessmentPriority.values,
                ),
            ),
        ]
        indexes = [models.Index(fields=["offender", "decided_on"], name="override_in_order")]
