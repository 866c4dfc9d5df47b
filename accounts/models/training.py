"""What an officer was trained in, and until when that holds."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models.user import User


class TrainingCode(models.TextChoices):
    """Courses on which something here depends. The values are stored and never renamed."""

    ARMS = "arms", "ARMS"
    MOSOVO = "mosovo", "MOSOVO"
    YOUTH_TOOL = "youth_tool", "Tool for young people"
    STATIC_TOOLS = "static_tools", "Static tools"


class Training(models.Model):
    """One course that an officer completed. Inserted and never changed: a refresher is a new row.

    `valid_until` is the last London day on which it holds. `recorded_by` is empty where a command
    of the force's own administrator recorded it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="trainings")
    code = models.CharField(max_length=20, choices=TrainingCode)
    completed_on = models.DateField()
    valid_until = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="training_known", condition=Q(code__in=TrainingCode.values)
            ),
            models.CheckConstraint(
                name="training_in_order", condition=Q(valid_until__gte=F("completed_on"))
            ),
            models.CheckConstraint(
                name="training_recorded_by_another",
                condition=Q(recorded_by__isnull=True) | ~Q(recorded_by=F("officer")),
            ),
        ]
        indexes = [models.Index(fields=["officer", "code", "valid_until"], name="training_held")]
