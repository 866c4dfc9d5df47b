"""What a person's live indicators amount to, kept for lists. Worked out, never the truth."""

from django.db import models

from offenders.models import Offender


class IndicatorStanding(models.Model):
    """The sums of one person's indicators (`risk.standing`), rebuilt from the rows at any time.

    `terms`: by code, of all but the secret ones, which count for their named users alone.
    `open_terms`: of those that are not restricted; null where that is all of them. `ceiling`: no
    score from a day before `worked_out_at` on is higher. `figures`: by which they were weighed
    (`IndicatorScale.digest`). A row is there while something is live, and is written when it
    differs (`workflows.standings`).
    """

    offender = models.OneToOneField(
        Offender, on_delete=models.PROTECT, related_name="indicator_standing"
    )
    terms = models.JSONField(default=list)
    open_terms = models.JSONField(null=True)
    has_unactioned_critical = models.BooleanField(default=False)
    ceiling = models.PositiveIntegerField(default=0)
    worked_out_at = models.DateTimeField()
    #: The default of the database serves the release before, which does not know the column.
    figures = models.CharField(max_length=64, default="", db_default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["-has_unactioned_critical", "-ceiling"], name="standing_by_ceiling"
            ),
        ]
