"""The factors of one assessment, each with its evidence."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from risk.models.assessment import RiskAssessment


class Rating(models.TextChoices):
    """How a factor stands. No arithmetic is done with them: the tool's priority is a judgement."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"
    NOT_KNOWN = "not_known", "Not known"


class Trend(models.TextChoices):
    """Where a factor goes."""

    IMPROVING = "improving", "Improving"
    STEADY = "steady", "Steady"
    WORSENING = "worsening", "Worsening"
    NOT_KNOWN = "not_known", "Not known"


class FactorRating(models.Model):
    """One factor of one assessment. Inserted with it and never changed (`risk.frozen`).

    `name` is what the template called the factor then. `evidence_on`: the day that the evidence is
    of; where it comes from is `evidence_source`.
    """

    assessment = models.ForeignKey(RiskAssessment, on_delete=models.PROTECT, related_name="ratings")
    factor = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    rating = models.CharField(max_length=9, choices=Rating)
    trend = models.CharField(max_length=9, choices=Trend, default=Trend.NOT_KNOWN)
    evidence = models.TextField(max_length=4000, blank=True)
    evidence_on = models.DateField(null=True)
    evidence_source = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="factor_rated_once", fields=["assessment", "factor"]),
            models.CheckConstraint(
                name="factor_rating_known", condition=Q(rating__in=Rating.values)
            ),
            models.CheckConstraint(name="factor_trend_known", condition=Q(trend__in=Trend.values)),
            models.CheckConstraint(
                name="factor_rated_on_evidence",
                condition=Q(rating="not_known") | ~Q(evidence="") & Q(evidence_on__isnull=False),
            ),
        ]
