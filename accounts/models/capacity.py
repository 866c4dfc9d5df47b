"""How much of a full-time caseload an officer can carry, from a day on."""

import uuid
from typing import TypeAlias

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models.user import User

#: What is taken off a share, in percent, at most: all of it.
WHOLE = 100


class ReductionReason(models.TextChoices):
    NEW_IN_POST = "new_in_post", "New in post"
    OTHER_DUTIES = "other_duties", "Other duties"
    WELFARE = "welfare", "Welfare"


class Capacity(models.Model):
    """An officer's share of full time from `from_on`, less `reduction` percent of it.

    Rows are inserted, never edited: of those dated on or before a day the newest stands, and of
    two of one date the later recorded (`accounts.capacity`). Without any, an officer is full-time.
    Nobody sets their own.
    """

    Because: TypeAlias = ReductionReason

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="capacities")
    from_on = models.DateField()
    #: 1 is full time.
    fte = models.DecimalField(max_digits=3, decimal_places=2)
    reduction = models.PositiveSmallIntegerField(default=0)
    because = models.CharField(max_length=12, choices=Because, blank=True)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="capacity_fte_is_a_share", condition=Q(fte__gte=0, fte__lte=1)
            ),
            models.CheckConstraint(
                name="capacity_reduction_is_a_percent", condition=Q(reduction__lte=WHOLE)
            ),
            models.CheckConstraint(
                name="capacity_because_known", condition=Q(because__in=["", *ReductionReason])
            ),
            models.CheckConstraint(
                name="capacity_reduction_has_its_reason",
                condition=Q(reduction=0, because="") | (Q(reduction__gt=0) & ~Q(because="")),
            ),
            models.CheckConstraint(
                name="capacity_set_by_another", condition=~Q(set_by=F("officer"))
            ),
        ]
        indexes = [models.Index(fields=["officer", "-from_on", "-id"], name="capacity_newest")]
