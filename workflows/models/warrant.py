"""Warrants to enter and search a home to assess risk (SOA 2003 s.96B)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.deciding import decided_for_another
from accounts.models import User
from offenders.models import Offender
from offenders.querysets import OwnedQuerySet
from workflows.models.process import Process


class EntryWarrant(models.Model):
    """One look at whether to apply for a warrant, the decision on it, and what became of it.

    An officer recommends, an inspector decides; the court's answer and the execution are added
    later. Each stage is written once.
    """

    class Recommendation(models.TextChoices):
        APPLY = "apply", "Apply for a warrant"
        DO_NOT = "do_not_apply", "Do not apply"

    class Decision(models.TextChoices):
        APPLIED = "applied", "Applied for"
        NOT_APPLIED = "not_applied", "Not applied for"

    class Court(models.TextChoices):
        GRANTED = "granted", "Granted"
        REFUSED = "refused", "Refused by the court"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="entry_warrants")
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="entry_warrants")
    recommendation = models.CharField(max_length=12, choices=Recommendation)
    necessity = models.TextField(max_length=2000)
    reason = models.TextField(max_length=2000)
    considered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    considered_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    decision = models.CharField(max_length=11, choices=Decision, blank=True)
    decision_reason = models.TextField(max_length=2000, blank=True)
    reference = models.CharField(max_length=100, blank=True)
    applied_on = models.DateField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    #: Whom the inspector acted for, under a delegation.
    decided_for = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    #: The same by the database's clock: by it what was known is read.
    decision_recorded_at = models.DateTimeField(null=True, editable=False)
    court = models.CharField(max_length=7, choices=Court, blank=True)
    court_on = models.DateField(null=True)
    court_recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True
    )
    court_recorded_at = models.DateTimeField(null=True)
    executed_on = models.DateField(null=True)
    executed_recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True
    )
    executed_recorded_at = models.DateTimeField(null=True)

    objects = OwnedQuerySet.to("offender__").as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="entry_warrant_one_waiting", fields=["offender"], condition=Q(decision="")
            ),
            models.CheckConstraint(
                name="entry_warrant_recommendation_known",
                condition=Q(recommendation__in=["apply", "do_not_apply"]),
            ),
            models.CheckConstraint(
                name="entry_warrant_decided_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("considered_by")),
            ),
            models.CheckConstraint(
                name="entry_warrant_decided_for_another",
                condition=decided_for_another("decided_by", "decided_for", "considered_by"),
            ),
            models.CheckConstraint(
                name="entry_warrant_decided_whole",
                condition=Q(
                    decision="",
                    decided_by__isnull=True,
                    decided_on__isnull=True,
                    decided_at__isnull=True,
                )
                | Q(
                    decision__in=["applied", "not_applied"],
                    decided_by__isnull=False,
                    decided_on__isnull=False,
                    decided_at__isnull=False,
                )
                & ~Q(decision_reason=""),
            ),
            models.CheckConstraint(
                name="entry_warrant_applied_with_its_reference",
                condition=Q(decision="applied", applied_on__isnull=False) & ~Q(reference="")
                | ~Q(decision="applied") & Q(applied_on__isnull=True, reference=""),
            ),
            models.CheckConstraint(
                name="entry_warrant_court_whole",
                condition=Q(
                    court="",
                    court_on__isnull=True,
                    court_recorded_by__isnull=True,
                    court_recorded_at__isnull=True,
                )
                | Q(
                    court__in=["granted", "refused"],
                    decision="applied",
                    court_on__gte=F("applied_on"),
                    court_recorded_by__isnull=False,
                    court_recorded_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="entry_warrant_executed_whole",
                condition=Q(
                    executed_on__isnull=True,
                    executed_recorded_by__isnull=True,
                    executed_recorded_at__isnull=True,
                )
                | Q(
                    court="granted",
                    executed_on__gte=F("court_on"),
                    executed_recorded_by__isnull=False,
                    executed_recorded_at__isnull=False,
                ),
            ),
        ]
        indexes = [models.Index(fields=["offender", "decided_at"], name="entry_warrant_decided")]
