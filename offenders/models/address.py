"""Where a person lives, or is regularly found (SOA 2003 s.83(7))."""

from typing import TypeAlias

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from offenders.models.notification import Notification
from offenders.models.offender import Offender
from offenders.querysets import OwnedQuerySet


class AddressKind(models.TextChoices):
    MAIN_RESIDENCE = "main_residence", "Sole or main residence"
    #: The home address of someone with no residence; notifies weekly (2012 Regulations).
    REGULARLY_FOUND = "regularly_found", "Place regularly found"
    OTHER = "other", "Other qualifying premises"


class Address(models.Model):
    """One address over a half-open interval of London dates `[from_on, until_on)`."""

    Kind: TypeAlias = AddressKind

    HOME = (Kind.MAIN_RESIDENCE, Kind.REGULARLY_FOUND)

    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="addresses")
    kind = models.CharField(max_length=16, choices=Kind)
    line_1 = models.CharField(max_length=200)
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    #: Folded, for looking it up; null where a release before this one wrote it.
    postcode_key = models.CharField(max_length=8, null=True)  # noqa: DJ001 - as said
    #: OS National Grid, metres.
    easting = models.PositiveIntegerField(null=True)
    northing = models.PositiveIntegerField(null=True)
    #: Null where the record we took over does not say.
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    #: By which the offender said it; null where a record stated it, before or since.
    notification = models.ForeignKey(
        Notification, on_delete=models.PROTECT, related_name="addresses", null=True
    )
    #: The home in whose place it came with that.
    followed = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    #: Where that notification was void: kept, and an address on no day. It is closed as well, so
    #: that no list of present addresses has it.
    voided_at = models.DateTimeField(null=True)

    objects = OwnedQuerySet.to("offender__").as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="address_kind_known", condition=Q(kind__in=AddressKind.values)
            ),
            models.UniqueConstraint(
                name="address_one_open_home",
                fields=["offender"],
                condition=Q(until_on__isnull=True, kind__in=["main_residence", "regularly_found"]),
            ),
            models.CheckConstraint(
                name="address_grid_is_a_pair",
                condition=Q(easting__isnull=True, northing__isnull=True)
                | Q(easting__isnull=False, northing__isnull=False),
            ),
            models.CheckConstraint(
                name="address_in_order",
                condition=Q(until_on__isnull=True)
                | Q(from_on__isnull=True)
                | Q(until_on__gt=F("from_on")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["postcode_key"],
                name="address_by_postcode",
                condition=Q(until_on__isnull=True),
            ),
        ]
