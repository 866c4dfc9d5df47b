"""What was decided about an indicator beside whom it is about, and by whom."""

from typing import TypeAlias

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from risk.models.indicator import Indicator


class Decided(models.TextChoices):
    """What was decided."""

    MERGE_UNDONE = "merge_undone", "The merge was undone"
    RESTRICTED = "restricted", "Restricted to named officers"
    NAMED = "named", "An officer was named"
    UNNAMED = "unnamed", "An officer is named no more"
    LIFTED = "lifted", "The restriction was lifted"
    KEPT_SECRET = "kept_secret", "Its existence is kept secret"
    ASKED_BACK = "asked_back", "Its source takes it back: an officer decides"
    RETRACTED = "retracted", "Taken back by its source"


class IndicatorDecision(models.Model):
    """One decision. Inserted and never changed (`risk.kept_decisions`).

    `user`: who was named or is named no more. By an officer, or by the system `client_label`.
    """

    Decision: TypeAlias = Decided

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="decisions")
    decision = models.CharField(max_length=12, choices=Decided)
    reason = models.TextField(max_length=2000)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    client_label = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="indicator_decision_known", condition=Q(decision__in=Decided.values)
            ),
            models.CheckConstraint(name="indicator_decision_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="indicator_decision_by_one",
                condition=Q(decided_by__isnull=False, client_label="")
                | (Q(decided_by__isnull=True) & ~Q(client_label="")),
            ),
            models.CheckConstraint(
                name="indicator_decision_about_one",
                condition=Q(decision__in=["named", "unnamed"], user__isnull=False)
                | (~Q(decision__in=["named", "unnamed"]) & Q(user__isnull=True)),
            ),
        ]
