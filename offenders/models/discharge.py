"""That a court ended an order before its last day."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from offenders.models.order import Order


class OrderDischarge(models.Model):
    """A court's discharge of an order (SOA 2003 s.103E). An entry found wrong is voided and kept.

    `Order.discharged_on` is the copy of the one that stands, by which what is owed is worked out.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="discharges")
    #: The first day on which the order binds no more.
    discharged_on = models.DateField()
    court = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="discharge_one_stands",
                fields=["order"],
                condition=Q(voided_at__isnull=True),
            ),
            models.CheckConstraint(
                name="discharge_says_where_and_why", condition=~Q(court="") & ~Q(reason="")
            ),
            models.CheckConstraint(
                name="discharge_void_has_a_reason",
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason=""),
            ),
        ]
