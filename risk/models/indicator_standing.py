"""What a person's live indicators amount to, kept for lists. Worked out, never the truth."""

from django.db import models

from offenders.models import Offender


class IndicatorStanding(models.Model):
    """The sums of one person's indicators (`risk.standing`), rebuilt from the rows at any time.

    `terms`: by code and half-life. `ceiling`: no score from `worked_out_at` on is higher.
    """

    offender = models.OneToOneField(
        Offender, on_delete=models.PROTECT, related_name="indicator_standing"
    )
    terms = models.JSONField(default=list)
    has_unactioned_critical = models.BooleanField(default=False)
    ceiling = models.PositiveIntegerField(default=0)
    worked_out_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["-ceiling"], name="standing_by_ceiling"),
        ]
