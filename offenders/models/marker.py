"""PNC warning signals: danger to staff first."""

from typing import TypeAlias

from django.db import models
from django.db.models import Q

from offenders.models.offender import Offender


class MarkerCode(models.TextChoices):
    FI = "FI", "Firearms"
    WE = "WE", "Weapons"
    XP = "XP", "Explosives"
    VI = "VI", "Violent"
    CO = "CO", "Contagious"
    ES = "ES", "Escaper"
    AG = "AG", "Makes allegations"
    AT = "AT", "Ailment"
    SU = "SU", "Suicidal"
    MN = "MN", "Mental disorder"
    DR = "DR", "Drugs"
    IM = "IM", "Male impersonator"
    IF = "IF", "Female impersonator"
    SH = "SH", "Self-harm"
    OW = "OW", "Offends against vulnerable people"
    SX = "SX", "Sex offender"
    CN = "CN", "Conceals"


class WarningMarker(models.Model):
    """A warning signal on a person, until withdrawn."""

    Code: TypeAlias = MarkerCode

    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="markers")
    code = models.CharField(max_length=2, choices=Code)
    withdrawn_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="marker_code_known", condition=Q(code__in=MarkerCode.values)
            ),
            models.UniqueConstraint(
                name="marker_one_live",
                fields=["offender", "code"],
                condition=Q(withdrawn_on__isnull=True),
            ),
        ]
