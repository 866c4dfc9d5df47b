"""What registers a person, and each time they notified the police (SOA 2003 ss.80-85)."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import User
from offenders.models.offender import Offender
from offenders.querysets import OwnedQuerySet


class NotificationBasis(models.Model):
    """One conviction, caution, finding, notice or order that registers a person.

    The last day of its period is derived (`offenders.registration`), never stored.
    """

    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="bases")
    #: A disposal of the rule set's `notification_periods` (s.82(1)).
    disposal = models.CharField(max_length=40)
    relevant_date = models.DateField()
    #: Length of a conditional discharge, months; it is its own period (s.82).
    discharge_months = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="basis_once", fields=["offender", "disposal", "relevant_date"]
            ),
            models.CheckConstraint(
                name="basis_discharge_has_its_length",
                condition=Q(disposal="conditional_discharge", discharge_months__isnull=False)
                | (~Q(disposal="conditional_discharge") & Q(discharge_months__isnull=True)),
            ),
        ]


class Notification(models.Model):
    """One occasion on which the offender notified. `notified_on` is a London date.

    An entry found wrong is voided with a reason; nothing is overwritten.
    """

    class Kind(models.TextChoices):
        INITIAL = "initial", "Initial (s.83)"
        CHANGE = "change", "Change (s.84)"
        PERIODIC = "periodic", "Periodic (s.85)"

    class Origin(models.TextChoices):
        IMPORTED = "imported", "Taken over from another record"
        RECORDED = "recorded", "Recorded here"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="notifications")
    kind = models.CharField(max_length=8, choices=Kind)
    notified_on = models.DateField()
    station = models.CharField(max_length=100, blank=True)
    details_changed = models.TextField(max_length=4000, blank=True)
    acknowledged = models.BooleanField(default=False)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.RECORDED)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    checked_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)

    objects = OwnedQuerySet.to("offender__").as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notification_recorded_by_someone",
                condition=Q(origin="imported", recorded_by__isnull=True)
                | Q(origin="recorded", recorded_by__isnull=False),
            ),
            models.CheckConstraint(
                name="notification_checked_by_another",
                condition=Q(checked_by__isnull=True, checked_at__isnull=True)
                | Q(checked_by__isnull=False, checked_at__isnull=False)
                & ~Q(checked_by=F("recorded_by")),
            ),
            models.CheckConstraint(
                name="notification_void_has_a_reason",
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["offender", "notified_on"],
                name="notification_live",
                condition=Q(voided_at__isnull=True),
            )
        ]
