"""What an order forbids or asks for, item by item."""

import uuid
from typing import TypeAlias

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import User
from offenders.models.order import Order


class ConditionCategory(models.TextChoices):
    """What a condition is about, so that a sign of a breach finds the condition it breaks."""

    DEVICE = "device", "Devices"
    INTERNET = "internet", "Internet use"
    CONTACT_WITH_CHILDREN = "contact_with_children", "Contact with children"
    LOCATION = "location", "Places"
    EMPLOYMENT = "employment", "Work"
    TRAVEL = "travel", "Travel"
    POSITIVE_REQUIREMENT = "positive_requirement", "Positive requirement"
    OTHER = "other", "Other"


class Polarity(models.TextChoices):
    """Positive requirements came with the Police, Crime, Sentencing and Courts Act 2022, s.175."""

    PROHIBITION = "prohibition", "Must not"
    REQUIREMENT = "requirement", "Must"


class OrderCondition(models.Model):
    """One prohibition or requirement, with dates of its own (SOA 2003 s.103C, s.103D).

    Periods of one order may differ by item. Without `ends_on` it lasts as long as the order.
    """

    Category: TypeAlias = ConditionCategory
    Polarity: TypeAlias = Polarity

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="conditions")
    text = models.CharField(max_length=1000)
    category = models.CharField(max_length=21, choices=Category)
    polarity = models.CharField(max_length=11, choices=Polarity)
    starts_on = models.DateField()
    #: Its last day.
    ends_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    #: Where it was written down wrongly: kept, and it binds on no day.
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    #: The default of the database serves the release before, which does not know the column.
    void_reason = models.CharField(max_length=500, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="condition_category_known", condition=Q(category__in=ConditionCategory.values)
            ),
            models.CheckConstraint(
                name="condition_polarity_known", condition=Q(polarity__in=Polarity.values)
            ),
            models.CheckConstraint(
                name="condition_in_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="condition_void_has_a_reason",
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason=""),
            ),
        ]
