"""What came with an indicator: whom it names, by which numbers, and where its evidence lies.

References only. Nothing here holds or points into a picture, a film or any other content.
"""

from typing import TypeAlias

from django.db import models
from django.db.models import Q

from risk.models.indicator import Indicator


class ReferenceKind(models.TextChoices):
    """What a reference is the number of."""

    EXHIBIT = "exhibit", "Exhibit number"
    HASH = "hash", "Hash of a file"
    CASE = "case", "Case or log number"
    CATEGORY_COUNT = "category_count", "Number of items of a category"
    LINK_REFERENCE = "link_reference", "Reference of a link that is kept elsewhere"


class IndicatorReference(models.Model):
    """Where the evidence is, by number. Never the evidence itself."""

    Kind: TypeAlias = ReferenceKind

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="references")
    kind = models.CharField(max_length=14, choices=Kind)
    value = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="indicator_reference_known",
                condition=Q(kind__in=ReferenceKind.values) & ~Q(value=""),
            )
        ]


class IndicatorSubject(models.Model):
    """Somebody whom an indicator names, as received. `search_key`: folded, as people's is."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="subjects")
    surname = models.CharField(max_length=100, blank=True)
    forename = models.CharField(max_length=100, blank=True)
    search_key = models.CharField(max_length=210, blank=True)
    born_on = models.DateField(null=True)
    postcode = models.CharField(max_length=8, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="indicator_subject_says_something",
                condition=~Q(surname="") | Q(born_on__isnull=False) | ~Q(postcode=""),
            )
        ]


class IndicatorIdentifierKind(models.TextChoices):
    """What a number or a name is of. `reference`: a number of a person in some record."""

    DEVICE = "device", "Device"
    ACCOUNT = "account", "Online account"
    PHONE = "phone", "Telephone"
    EMAIL = "email", "E-mail address"
    IP = "ip", "IP address"
    REFERENCE = "reference", "Reference of a person"


class IndicatorIdentifier(models.Model):
    """Something by which a person may be found. `key`: folded, for looking it up."""

    Kind: TypeAlias = IndicatorIdentifierKind

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=9, choices=Kind)
    #: Of an account, the service; else empty.
    service = models.CharField(max_length=100, blank=True)
    value = models.CharField(max_length=200)
    key = models.CharField(max_length=320)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="indicator_identifier_known",
                condition=Q(kind__in=IndicatorIdentifierKind.values) & ~Q(value=""),
            )
        ]
        indexes = [models.Index(fields=["kind", "key"], name="indicator_identifier_key")]
