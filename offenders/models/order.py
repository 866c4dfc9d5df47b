"""Court orders a person is subject to."""

import uuid
from typing import TypeAlias

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from offenders.models.offender import Offender

#: From which the public id of an order is worked out.
_ORDERS = uuid.UUID("6f0e2a4e-6c0b-5d3d-9a53-0b1f6f5f2c9d")


class OrderKind(models.TextChoices):
    SHPO = "shpo", "Sexual harm prevention order"
    INTERIM_SHPO = "interim_shpo", "Interim sexual harm prevention order"
    SRO = "sro", "Sexual risk order"
    INTERIM_SRO = "interim_sro", "Interim sexual risk order"
    NOTIFICATION_ORDER = "notification_order", "Notification order"
    SOPO = "sopo", "Sexual offences prevention order (before March 2015)"
    RSHO = "rsho", "Risk of sexual harm order (before March 2015)"
    FTO = "fto", "Foreign travel order (before March 2015)"


class Order(models.Model):
    """One order. `ends_on` is its last day; null means until further order."""

    Kind: TypeAlias = OrderKind

    #: Orders that hold a person on the register until they end (s.103G; our reading for SOPO).
    HOLDS = (Kind.SHPO, Kind.INTERIM_SHPO, Kind.SOPO)

    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="orders")
    kind = models.CharField(max_length=20, choices=Kind)
    made_on = models.DateField()
    ends_on = models.DateField(null=True)
    #: The day on which a court discharged it, before `ends_on`.
    discharged_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="order_kind_known", condition=Q(kind__in=OrderKind.values)),
            models.UniqueConstraint(name="order_once", fields=["offender", "kind", "made_on"]),
            models.CheckConstraint(
                name="order_in_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("made_on")),
            ),
            models.CheckConstraint(
                name="order_discharged_after_made",
                condition=Q(discharged_on__isnull=True) | Q(discharged_on__gte=F("made_on")),
            ),
        ]

    @property
    def public_id(self) -> uuid.UUID:
        """Names it outside. Worked out, so that every order has one, whoever wrote it down."""
        return uuid.uuid5(_ORDERS, str(self.pk))
