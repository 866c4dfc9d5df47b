"""Other names, and the numbers other systems know a person by."""

from typing import TypeAlias

from django.db import models
from django.db.models import Q

from offenders.models.offender import Offender


class Alias(models.Model):
    """Another name a person uses or used."""

    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="aliases")
    name = models.CharField(max_length=200)
    search_key = models.CharField(max_length=210, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="alias_once_per_offender", fields=["offender", "name"])
        ]


class IdentifierKind(models.TextChoices):
    VISOR = "visor", "ViSOR reference"
    PNC = "pnc", "PNC ID"
    CRO = "cro", "CRO number"
    CUSTODY = "custody", "Custody number"
    PRISON = "prison", "Prison number"
    CRN = "crn", "nDelius CRN"
    URN = "urn", "URN"
    NATIONAL_INSURANCE = "national_insurance", "National Insurance number"
    PASSPORT = "passport", "Passport number"


class Identifier(models.Model):
    """A reference in another system. Optional; unique by kind.

    `value` is in capitals (`offenders.names.fold_number`), so that it is found however it is typed.
    """

    Kind: TypeAlias = IdentifierKind

    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=20, choices=Kind)
    value = models.CharField(max_length=40)

    class Meta:
        constraints = [
            # The value first: a search has no kind.
            models.UniqueConstraint(name="identifier_unique_by_kind", fields=["value", "kind"]),
            models.CheckConstraint(
                name="identifier_kind_known", condition=Q(kind__in=IdentifierKind.values)
            ),
            models.CheckConstraint(name="identifier_has_a_value", condition=~Q(value="")),
            models.UniqueConstraint(name="identifier_one_of_a_kind", fields=["offender", "kind"]),
        ]
