"""Static scores of a person: calculated here, or official values written down."""

import uuid
from typing import TypeAlias

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from offenders.models import Offender
from offenders.querysets import OwnedQuerySet
from risk.static_scores.bands import Band
from risk.static_scores.score import Reduction


class ScoreTool(models.TextChoices):
    """What is kept here. None is the management level, nor the priority of an assessment.

    KIRAT and the risk of serious harm are recorded beside the static scores: each is of an axis of
    its own, and neither is a static score.
    """

    OSP_DC = "osp_dc", "OSP/DC, direct contact"
    OSP_IIC = "osp_iic", "OSP/IIC, images and indirect contact"
    CSRP = "csrp", "CSRP, any serious reoffending"
    RM2000S = "rm2000s", "RM2000/s"
    KIRAT = "kirat", "KIRAT"
    ROSH = "rosh", "Risk of serious harm"


#: What can be calculated; the others are only written down.
CALCULATED = (ScoreTool.OSP_DC, ScoreTool.OSP_IIC)


class ScoreSource(models.TextChoices):
    CALCULATED_HERE = "calculated_here", "Calculated here, not the official value"
    IMPORTED_OFFICIAL = "imported_official", "Official value"


class ScoreBand(models.TextChoices):
    """As `risk.static_scores.bands`; RM2000/s calls them I to IV."""

    LOW = Band.LOW.value, "Low"
    MEDIUM = Band.MEDIUM.value, "Medium"
    HIGH = Band.HIGH.value, "High"
    VERY_HIGH = Band.VERY_HIGH.value, "Very high"


class BandReduction(models.TextChoices):
    """Whether five years without an offence lowered the band, and why not."""

    APPLIED = Reduction.APPLIED.value, "One band lower: five years without an offence"
    NOT_OF_THIS_TOOL = Reduction.NOT_OF_THIS_TOOL.value, "This tool has no reduction"
    LOW_ALREADY = Reduction.LOW_ALREADY.value, "Not lowered: the band is the lowest"
    DETAINED = Reduction.DETAINED.value, "Not lowered: in custody or detained"
    PROVISIONAL = Reduction.PROVISIONAL.value, "Not lowered: something is not known yet"
    NOT_KNOWN = Reduction.NOT_KNOWN.value, "Not lowered: a day is not known"
    TOO_SOON = Reduction.TOO_SOON.value, "Not lowered: less than five years"


def _is_lower(band: str) -> Q:
    """The adjusted band is the band, or the next one down."""
    one = Band(band)
    return Q(band=one.value, adjusted_band__in=[one.value, one.next_lower.value])


class StaticScore(models.Model):
    """One score. It never changes (`risk.frozen_scores`): a later one stands in its place.

    Of one tool and source the newest by `scored_on` stands, and an official value is preferred.
    `inputs` and `working` are those of a calculation (`risk.static_scores`). `percent`: the
    published likelihood. `reference` and `scored_on` of an official value are its own; KIRAT has no
    more than a band, a version and a day.
    """

    Tool: TypeAlias = ScoreTool
    Source: TypeAlias = ScoreSource
    Band: TypeAlias = ScoreBand
    Reduction: TypeAlias = BandReduction

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="static_scores")
    tool = models.CharField(max_length=8, choices=ScoreTool)
    source = models.CharField(max_length=17, choices=ScoreSource)
    scored_on = models.DateField()
    band = models.CharField(max_length=9, choices=ScoreBand)
    #: After the five-year reduction; the same as `band` without one.
    adjusted_band = models.CharField(max_length=9, choices=ScoreBand)
    #: Blank of an official value: it is not ours to say.
    reduction = models.CharField(max_length=16, choices=BandReduction, blank=True)
    points = models.PositiveSmallIntegerField(null=True)
    percent = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    model_version = models.CharField(max_length=20, blank=True)
    thresholds_version = models.CharField(max_length=20, blank=True)
    is_provisional = models.BooleanField(default=False)
    inputs = models.JSONField(null=True)
    working = models.JSONField(null=True)
    reference = models.CharField(max_length=60, blank=True)
    #: Nobody where another system sent it; `recorded_by_label` names either.
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    recorded_by_label = models.CharField(max_length=100)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    void_reason = models.TextField(max_length=2000, blank=True)

    objects = OwnedQuerySet.to("offender__").as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="static_score_tool_known", condition=Q(tool__in=ScoreTool.values)
            ),
            models.CheckConstraint(
                name="static_score_reduction_known",
                condition=Q(reduction__in=["", *BandReduction.values]),
            ),
            models.CheckConstraint(
                name="static_score_band_one_lower_at_most",
                condition=_is_lower("low")
                | _is_lower("medium")
                | _is_lower("high")
                | _is_lower("very_high"),
            ),
            models.CheckConstraint(
                name="static_score_figures_in_range",
                condition=(Q(points__isnull=True) | Q(points__range=(0, 64)))
                & (Q(percent__isnull=True) | Q(percent__range=(0, 100))),
            ),
            models.CheckConstraint(
                name="static_score_has_what_its_source_has",
                condition=Q(
                    source=ScoreSource.CALCULATED_HERE,
                    tool__in=CALCULATED,
                    inputs__isnull=False,
                    working__isnull=False,
                    percent__isnull=False,
                    recorded_by__isnull=False,
                )
                & ~Q(model_version="")
                & ~Q(thresholds_version="")
                & ~Q(reduction="")
                | Q(
                    source=ScoreSource.IMPORTED_OFFICIAL,
                    inputs__isnull=True,
                    working__isnull=True,
                    reduction="",
                    is_provisional=False,
                ),
            ),
            models.CheckConstraint(
                name="static_score_voided_by_somebody_with_a_reason",
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["offender", "-scored_on", "-id"], name="static_score_of_person"),
        ]

    @property
    def is_void(self) -> bool:
        """Whether it was written down wrongly, and counts no more."""
        return self.voided_at is not None

    @property
    def is_official(self) -> bool:
        """Whether it is an official value."""
        return self.source == ScoreSource.IMPORTED_OFFICIAL
