"""What registers a person, and each time they notified the police (SOA 2003 ss.80-85)."""

import uuid
from typing import TypeAlias

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.deciding import decided_for_another
from accounts.models import User
from offenders.models.offender import Offender
from offenders.querysets import OwnedQuerySet


class Disposal(models.TextChoices):
    """What the court or the police did, as s.82(1) tells them apart.

    Statute, unlike the number of months each leads to, which the rule set holds: another word would
    be a person whose registration nobody can work out.
    """

    LIFE_OR_IPP_OR_30M_PLUS = "life_or_ipp_or_30m_plus", "Life, IPP, or 30 months and more"
    ORDER_FOR_LIFELONG_RESTRICTION = (
        "order_for_lifelong_restriction",
        "Order for lifelong restriction",
    )
    HOSPITAL_WITH_RESTRICTION_ORDER = (
        "hospital_with_restriction_order",
        "Hospital with a restriction order",
    )
    IMPRISONMENT_OVER_6M_UNDER_30M = (
        "imprisonment_over_6m_under_30m",
        "More than 6 and less than 30 months",
    )
    IMPRISONMENT_6M_OR_LESS = "imprisonment_6m_or_less", "6 months or less"
    HOSPITAL_WITHOUT_RESTRICTION_ORDER = (
        "hospital_without_restriction_order",
        "Hospital without a restriction order",
    )
    CAUTION = "caution", "Caution"
    CONDITIONAL_DISCHARGE = "conditional_discharge", "Conditional discharge"
    ANY_OTHER = "any_other", "Any other"


class NotificationBasis(models.Model):
    """One conviction, caution, finding, notice or order that registers a person.

    The last day of its period is derived (`offenders.registration`), never stored.
    """

    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="bases")
    disposal = models.CharField(max_length=40, choices=Disposal)
    relevant_date = models.DateField()
    #: Length of a conditional discharge, months; it is its own period (s.82).
    discharge_months = models.PositiveSmallIntegerField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="basis_disposal_known", condition=Q(disposal__in=Disposal.values)
            ),
            models.CheckConstraint(
                name="basis_discharge_has_some_length",
                condition=Q(discharge_months__isnull=True) | Q(discharge_months__gt=0),
            ),
            models.UniqueConstraint(
                name="basis_once", fields=["offender", "disposal", "relevant_date"]
            ),
            models.CheckConstraint(
                name="basis_discharge_has_its_length",
                condition=Q(disposal="conditional_discharge", discharge_months__isnull=False)
                | (~Q(disposal="conditional_discharge") & Q(discharge_months__isnull=True)),
            ),
        ]


class NotificationKind(models.TextChoices):
    INITIAL = "initial", "Initial (s.83)"
    CHANGE = "change", "Change (s.84)"
    PERIODIC = "periodic", "Periodic (s.85)"


class Notification(models.Model):
    """One occasion on which the offender notified. `notified_on` is a London date.

    An entry found wrong is voided with a reason; nothing is overwritten.
    """

    Kind: TypeAlias = NotificationKind

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
    #: Whom the checker acted for, under a delegation.
    checked_for = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    checked_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=500, blank=True)

    objects = OwnedQuerySet.to("offender__").as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notification_kind_known", condition=Q(kind__in=NotificationKind.values)
            ),
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
                name="notification_checked_for_another",
                condition=decided_for_another("checked_by", "checked_for", "recorded_by"),
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
