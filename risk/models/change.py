"""What happened in a person's life that asks for a reassessment before its time."""

import uuid
from typing import TypeAlias

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import User
from offenders.models import Offender


class ChangeKind(models.TextChoices):
    """What kind of change it is."""

    NEW_RELATIONSHIP = "new_relationship", "A new relationship"
    CHILD_IN_HOUSEHOLD = "child_in_household", "A child in the household"
    LOSS_OF_HOME = "loss_of_home", "Loss of the home"
    LOSS_OF_WORK = "loss_of_work", "Loss of work"
    ARREST = "arrest", "An arrest"
    HEALTH_CRISIS = "health_crisis", "A crisis of health"
    DISCLOSURE = "disclosure", "Something disclosed"
    OTHER = "other", "Something else"


class SignificantChange(models.Model):
    """One change, with the day on which it happened and the day on which the police knew of it.

    The clock runs from `known_on` (decision 0018): an officer cannot act on what nobody knows.
    Inserted and kept: one that was entered wrongly is answered by the assessment it asks for.
    """

    What: TypeAlias = ChangeKind

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offender = models.ForeignKey(
        Offender, on_delete=models.PROTECT, related_name="significant_changes"
    )
    what = models.CharField(max_length=20, choices=What)
    occurred_on = models.DateField()
    known_on = models.DateField()
    text = models.TextField(max_length=4000)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="change_known",
                condition=Q(what__in=ChangeKind.values),
            ),
            models.CheckConstraint(
                name="change_known_after_it_happened",
                condition=Q(known_on__gte=F("occurred_on")),
            ),
        ]
        indexes = [models.Index(fields=["offender", "known_on"], name="change_in_order")]
