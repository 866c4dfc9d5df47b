"""The end of registration, which takes two people (PRACTICE 1)."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.deciding import decided_for_another
from accounts.models import User
from workflows.models.process import Process


class EndProposal(models.Model):
    """One officer's proposal to end a registration, and another's decision on it."""

    class Decision(models.TextChoices):
        ENDORSED = "endorse", "End registration"
        RETURNED = "return", "Return to the officer"

    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="end_proposals")
    reason = models.TextField(max_length=2000)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(db_default=Now(), editable=False)
    decision = models.CharField(max_length=7, choices=Decision, blank=True)
    comment = models.TextField(max_length=2000, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    #: Whom the decider acted for, under a delegation.
    decided_for = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="end_proposal_decided_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="end_proposal_decided_for_another",
                condition=decided_for_another("decided_by", "decided_for", "proposed_by"),
            ),
            models.CheckConstraint(
                name="end_proposal_decided_whole",
                condition=Q(decision="", decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decision=""),
            ),
            models.UniqueConstraint(
                name="end_proposal_one_waiting", fields=["process"], condition=Q(decision="")
            ),
        ]
