"""The full record of a home visit: one row each time it is written, and rows for what was found."""

from typing import TypeAlias

from django.db import models
from django.db.models import Q

from accounts.models import User
from workflows.models.visit import Visit


class ComplianceWithOrders(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_CHECKED = "not_checked", "Not all were checked"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


class Search(models.TextChoices):
    NOT_ASKED = "not_asked", "Not asked"
    CONSENTED = "consented", "Consented"
    REFUSED = "refused", "Refused"


class Monitoring(models.TextChoices):
    NOT_ORDERED = "not_ordered", "Not ordered"
    WORKING = "working", "Installed and working"
    NOT_WORKING = "not_working", "Installed, not working"
    REMOVED = "removed", "Removed or interfered with"
    NOT_CHECKED = "not_checked", "Not checked"


class VisitWriteUp(models.Model):
    """The full record of an effective visit, one row each time it is written. The last stands.

    Late is marked for ever.
    """

    OrdersKept: TypeAlias = ComplianceWithOrders
    Search: TypeAlias = Search
    Monitoring: TypeAlias = Monitoring

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="write_ups")
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    #: Where it was, and how that was made sure of.
    location = models.CharField(max_length=300, blank=True)
    #: Who of those present saw the person.
    seen_by = models.CharField(max_length=200, blank=True)
    summary = models.TextField(max_length=8000)
    attitude = models.TextField(max_length=4000, blank=True)
    living_situation = models.TextField(max_length=4000, blank=True)
    children_present = models.BooleanField()
    safeguarding_referral = models.CharField(max_length=200, blank=True)
    search = models.CharField(max_length=9, choices=Search, blank=True)
    rooms_seen = models.CharField(max_length=500, blank=True)
    #: Photographs of living conditions, by reference: no image is kept here.
    photo_reference = models.CharField(max_length=200, blank=True)
    devices_seen = models.TextField(max_length=4000, blank=True)
    monitoring = models.CharField(max_length=11, choices=Monitoring, blank=True)
    vehicles = models.CharField(max_length=500, blank=True)
    employment = models.TextField(max_length=4000, blank=True)
    relationships = models.TextField(max_length=4000, blank=True)
    #: How they live. Never an account or a card: it is not copied (College of Policing).
    finances = models.TextField(max_length=4000, blank=True)
    mental_health = models.TextField(max_length=4000, blank=True)
    substance_use = models.TextField(max_length=4000, blank=True)
    orders_complied_with = models.CharField(max_length=14, choices=OrdersKept)
    changes_since = models.TextField(max_length=4000, blank=True)
    intelligence_reference = models.CharField(max_length=200, blank=True)
    next_visit_by = models.DateField(null=True)
    next_visit_reason = models.CharField(max_length=500, blank=True)
    concern = models.BooleanField()
    is_late = models.BooleanField()
    #: What it says should be looked into, each kept as an indicator.
    new_household_with_child = models.BooleanField(default=False, db_default=False)
    concern_for_welfare = models.BooleanField(default=False, db_default=False)
    #: Why someone who was not there wrote it (PRACTICE 10).
    entry_reason = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="write_up_orders_known",
                condition=Q(orders_complied_with__in=ComplianceWithOrders.values),
            ),
            models.CheckConstraint(
                name="write_up_search_known", condition=Q(search__in=["", *Search.values])
            ),
            models.CheckConstraint(
                name="write_up_monitoring_known",
                condition=Q(monitoring__in=["", *Monitoring.values]),
            ),
        ]

    @property
    def purposes(self) -> list[str]:
        """What the visit was for, as its form says it."""
        return [row.purpose for row in self.purpose_rows.all()]

    @property
    def raises(self) -> list[str]:
        """What the visit is said to raise, as its form says it."""
        said = (("NEWREL", self.new_household_with_child), ("WELF", self.concern_for_welfare))
        return [code for code, is_said in said if is_said]
