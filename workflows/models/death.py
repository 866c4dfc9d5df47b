"""A reported death, and a supervisor's finding on it (PRACTICE 13)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.deciding import decided_for_another
from accounts.models import User
from offenders.models import Offender
from offenders.querysets import OwnedQuerySet
from workflows.models.process import Process


class DeathReport(models.Model):
    """That somebody is said to be dead, and what another officer found out about it.

    A fact beside the status and no status of its own: while it waits nothing that needs the person
    is owed, and where it proves wrong every clock is as if it had never been made.
    """

    class Decision(models.TextChoices):
        VERIFIED = "verified", "Verified: end registration"
        REFUTED = "refuted", "Wrong: the person is alive, or nothing bears it out"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="death_reports")
    #: What is said of the day; null where nobody says.
    died_on = models.DateField(null=True)
    source = models.TextField(max_length=2000)
    reported_on = models.DateField()
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    decision = models.CharField(max_length=8, choices=Decision, blank=True)
    #: Of the certificate, or of whoever verified it.
    reference = models.CharField(max_length=200, blank=True)
    comment = models.TextField(max_length=2000, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    #: Whom they acted for, under a delegation.
    decided_for = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    #: The same by the database's clock: by it what was known is read.
    decision_recorded_at = models.DateTimeField(null=True, editable=False)
    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, related_name="death_reports", null=True
    )

    objects = OwnedQuerySet.to("offender__").as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="death_report_one_waiting", fields=["offender"], condition=Q(decision="")
            ),
            models.CheckConstraint(
                name="death_report_decided_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("reported_by")),
            ),
            models.CheckConstraint(
                name="death_report_decided_for_another",
                condition=decided_for_another("decided_by", "decided_for", "reported_by"),
            ),
            models.CheckConstraint(
                name="death_report_decided_whole",
                condition=Q(
                    decision="",
                    decided_by__isnull=True,
                    decided_on__isnull=True,
                    decided_at__isnull=True,
                )
                | Q(
                    decision__in=["verified", "refuted"],
                    decided_by__isnull=False,
                    decided_on__isnull=False,
                    decided_at__isnull=False,
                )
                & ~Q(comment=""),
            ),
            models.CheckConstraint(
                name="death_report_verified_by_reference",
                condition=~Q(decision="verified") | ~Q(reference=""),
            ),
        ]
        indexes = [models.Index(fields=["offender", "reported_on"], name="death_reported")]
