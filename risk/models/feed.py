"""Signed feeds of indicators, and their deliveries that somebody must look at first."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import Force, User


class IndicatorFeed(models.Model):
    """Another system that signs what it sends. Its secret is found by name, never kept here.

    `schema_version`: what its deliveries are written in. `daily_limit`: the most indicators that
    one day brings; more are held.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="indicator_feeds")
    name = models.CharField(max_length=40, validators=[RegexValidator(r"^[a-z0-9-]+\Z")])
    #: What its indicators are said to come from.
    source = models.CharField(max_length=40)
    schema_version = models.CharField(max_length=20)
    daily_limit = models.PositiveIntegerField()
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="feed_name_once_per_force", fields=["force", "name"]),
            models.CheckConstraint(name="feed_has_a_name", condition=~Q(name="") & ~Q(source="")),
            models.CheckConstraint(name="feed_limit_is_one", condition=Q(daily_limit__gt=0)),
        ]


class Settlement(models.TextChoices):
    """What became of a delivery that was held."""

    RELEASED = "released", "Received after all"
    DISCARDED = "discarded", "Thrown away"


class QuarantinedDelivery(models.Model):
    """A delivery that was held: nothing of it was received until somebody settles it.

    `reasons`: stable codes. `body`: as it came, in UTF-8 and bounded; null where it cannot be kept
    (pictures, too long, no text), and then it cannot be released. `digest`: SHA-256 hex of it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    feed = models.ForeignKey(IndicatorFeed, on_delete=models.PROTECT, related_name="held")
    reasons = models.JSONField()
    digest = models.CharField(max_length=64)
    body = models.TextField(null=True)  # noqa: DJ001 - empty is a body, none is not
    #: How many indicators it has, where that can be told.
    items = models.PositiveIntegerField(null=True)
    client_label = models.CharField(max_length=100)
    received_at = models.DateTimeField(db_default=Now(), editable=False)
    settlement = models.CharField(max_length=9, choices=Settlement, blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    settled_at = models.DateTimeField(null=True)
    settlement_reason = models.TextField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="held_settlement_known", condition=Q(settlement__in=["", *Settlement.values])
            ),
            models.CheckConstraint(
                name="held_settled_whole",
                condition=Q(
                    settlement="",
                    settlement_reason="",
                    settled_by__isnull=True,
                    settled_at__isnull=True,
                )
                | (
                    ~Q(settlement="")
                    & ~Q(settlement_reason="")
                    & Q(settled_by__isnull=False, settled_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="held_released_with_its_body",
                condition=~Q(settlement="released") | Q(body__isnull=False),
            ),
            models.UniqueConstraint(
                name="held_once_while_it_waits",
                fields=["feed", "digest"],
                condition=Q(settlement=""),
            ),
        ]
        indexes = [
            models.Index(fields=["-id"], name="held_waiting", condition=Q(settlement="")),
        ]
