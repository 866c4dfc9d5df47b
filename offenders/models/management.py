"""Decisions on the management level and mode, each kept for ever."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from offenders.models.offender import ManagementLevel, ManagementMode, Offender


class DecisionOrigin(models.TextChoices):
    """Who decided: an earlier record we took over, or someone here."""

    IMPORTED = "imported", "Taken over from another record"
    DECIDED = "decided", "Decided here"


class LevelDecision(models.Model):
    """One decision on a person's management level. The newest stands."""

    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="levels")
    level = models.CharField(max_length=12, choices=ManagementLevel)
    decided_on = models.DateField()
    origin = models.CharField(max_length=8, choices=DecisionOrigin, default=DecisionOrigin.DECIDED)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.TextField(max_length=2000, blank=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="level_known", condition=Q(level__in=ManagementLevel.values)
            ),
            models.CheckConstraint(
                name="level_decided_by_someone",
                condition=Q(origin="imported", decided_by__isnull=True)
                | Q(origin="decided", decided_by__isnull=False) & ~Q(reason=""),
            ),
        ]
        indexes = [models.Index(fields=["offender", "decided_on", "id"], name="level_in_order")]


class ModeDecision(models.Model):
    """One decision to manage a person actively or reactively. The newest stands."""

    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="modes")
    mode = models.CharField(max_length=8, choices=ManagementMode)
    decided_on = models.DateField()
    origin = models.CharField(max_length=8, choices=DecisionOrigin, default=DecisionOrigin.DECIDED)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    reason = models.TextField(max_length=2000, blank=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="mode_known", condition=Q(mode__in=ManagementMode.values)),
            models.CheckConstraint(
                name="mode_decided_by_someone",
                condition=Q(origin="imported", decided_by__isnull=True)
                | Q(origin="decided", decided_by__isnull=False) & ~Q(reason=""),
            ),
        ]
        indexes = [models.Index(fields=["offender", "decided_on", "id"], name="mode_in_order")]
