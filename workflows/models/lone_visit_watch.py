"""The timer of an officer who is out alone."""

import uuid
from typing import TypeAlias

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import User
from workflows.models.process import Process


class WatchEnd(models.TextChoices):
    SAFE = "safe", "Said to be safe"
    OUTCOME = "outcome", "Recorded the outcome of the visit"


class LoneVisitWatch(models.Model):
    """One officer alone at one visit, until they are known to be safe.

    `alarm_raised_at` and `alarm_repeated_at` stay: that it rang is never taken back.
    """

    End: TypeAlias = WatchEnd

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="watches")
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    expected_end_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    alarm_raised_at = models.DateTimeField(null=True)
    alarm_repeated_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    ended_because = models.CharField(max_length=7, choices=End, blank=True)
    end_note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="watch_one_running", fields=["process"], condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="watch_ends_after_it_starts", condition=Q(expected_end_at__gt=F("started_at"))
            ),
            models.CheckConstraint(
                name="watch_ended_whole",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_because="")
                | Q(
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                    ended_because__in=WatchEnd.values,
                ),
            ),
            models.CheckConstraint(
                name="watch_alarm_before_its_repetition",
                condition=Q(alarm_repeated_at__isnull=True) | Q(alarm_raised_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["expected_end_at"],
                name="watch_running",
                condition=Q(ended_at__isnull=True),
            )
        ]
