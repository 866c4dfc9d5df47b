"""Rows of a write-up: who was there, what was checked one by one, what was found and raised.

Each row reads by the names of the fields of its form, so that a page says it back as it was typed.
"""

import datetime as dt
from typing import TypeAlias
from uuid import UUID

from django.db import models
from django.db.models import Q

from offenders.models import OrderCondition
from offenders.models.offender import EthnicitySelfDefined
from risk.factors import FACTORS
from workflows.models.case_action import CaseAction
from workflows.models.visit_preparation import VisitPurpose
from workflows.models.write_up import VisitWriteUp

FACTOR_CODES = tuple(factor.code for factor in FACTORS)


class WriteUpPurpose(models.Model):
    """One thing that the visit was for."""

    write_up = models.ForeignKey(
        VisitWriteUp, on_delete=models.PROTECT, related_name="purpose_rows"
    )
    purpose = models.CharField(max_length=16, choices=VisitPurpose)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(name="write_up_purpose_once", fields=["write_up", "purpose"]),
            models.CheckConstraint(
                name="write_up_purpose_known", condition=Q(purpose__in=VisitPurpose.values)
            ),
        ]


class PersonPresent(models.Model):
    """Somebody else who was there. For a child: whether a referral was made (HMICFRS)."""

    write_up = models.ForeignKey(VisitWriteUp, on_delete=models.PROTECT, related_name="persons")
    name = models.CharField(max_length=200)
    is_child = models.BooleanField()
    born_on = models.DateField(null=True)
    ethnicity = models.CharField(max_length=2, choices=EthnicitySelfDefined, blank=True)
    relationship = models.CharField(max_length=200, blank=True)
    referral_reference = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                name="person_present_ethnicity_known",
                condition=Q(ethnicity__in=["", *EthnicitySelfDefined.values]),
            ),
            models.CheckConstraint(
                name="person_present_child_is_referred",
                condition=Q(is_child=False) | ~Q(referral_reference=""),
            ),
        ]


class NotifiedItem(models.TextChoices):
    """What the person has notified (SOA 2003 s.83(5); SI 2012/1876)."""

    NAMES = "names", "Names used"
    DATE_OF_BIRTH = "date_of_birth", "Date of birth"
    NATIONAL_INSURANCE = "national_insurance", "National Insurance number"
    HOME = "home", "Home address"
    OTHER_PREMISES = "other_premises", "Other premises stayed at"
    PASSPORTS = "passports", "Passports and identity documents"
    BANK = "bank", "Bank accounts and cards, as notified"
    CHILD_HOUSEHOLD = "child_household", "Households with a child"
    TRAVEL = "travel", "Travel abroad"


class ItemFinding(models.TextChoices):
    NOT_CHECKED = "not_checked", "Not checked"
    CONFIRMED = "confirmed", "Confirmed"
    CHANGED = "changed", "Changed: a notification is owed"


class DetailCheck(models.Model):
    """One notified detail, gone through again."""

    write_up = models.ForeignKey(VisitWriteUp, on_delete=models.PROTECT, related_name="details")
    item = models.CharField(max_length=18, choices=NotifiedItem)
    finding = models.CharField(max_length=11, choices=ItemFinding)
    #: Since when it is another, where it is and somebody knows.
    changed_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(name="detail_check_once", fields=["write_up", "item"]),
            models.CheckConstraint(
                name="detail_check_known",
                condition=Q(item__in=NotifiedItem.values, finding__in=ItemFinding.values),
            ),
        ]


class ConditionFinding(models.TextChoices):
    NOT_CHECKED = "not_checked", "Not checked"
    KEPT = "kept", "Kept"
    NOT_KEPT = "not_kept", "Not kept"


class ConditionCheck(models.Model):
    """One condition of an order, gone through by itself."""

    Finding: TypeAlias = ConditionFinding

    write_up = models.ForeignKey(
        VisitWriteUp, on_delete=models.PROTECT, related_name="condition_checks"
    )
    checked = models.ForeignKey(OrderCondition, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=11, choices=ConditionFinding)
    seen = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(name="condition_check_once", fields=["write_up", "checked"]),
            models.CheckConstraint(
                name="condition_check_known", condition=Q(finding__in=ConditionFinding.values)
            ),
            models.CheckConstraint(
                name="condition_not_kept_says_what_was_seen",
                condition=~Q(finding="not_kept") | ~Q(seen=""),
            ),
        ]

    @property
    def condition(self) -> UUID:
        """Its public id."""
        return self.checked.public_id

    @property
    def label(self) -> str:
        """The condition in words."""
        return f"{self.checked.get_polarity_display()}: {self.checked.text}"


class FactorEvidence(models.Model):
    """What was seen or said that bears on one factor of risk, for the next assessment."""

    write_up = models.ForeignKey(VisitWriteUp, on_delete=models.PROTECT, related_name="evidence")
    factor = models.CharField(
        max_length=30, choices=[(factor.code, factor.name) for factor in FACTORS]
    )
    text = models.TextField(max_length=2000)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(name="factor_evidence_once", fields=["write_up", "factor"]),
            models.CheckConstraint(
                name="factor_evidence_known", condition=Q(factor__in=FACTOR_CODES)
            ),
        ]


class WriteUpAction(models.Model):
    """An action that the visit raised."""

    write_up = models.ForeignKey(VisitWriteUp, on_delete=models.PROTECT, related_name="actions")
    raised = models.ForeignKey(CaseAction, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(name="write_up_action_once", fields=["write_up", "raised"])
        ]

    @property
    def text(self) -> str:
        """What must be done."""
        return self.raised.text

    @property
    def due_on(self) -> dt.date:
        """By when."""
        return self.raised.due_on

    @property
    def owner(self) -> str:
        """Staff number of who does it; empty for the offender manager."""
        return self.raised.owner.staff_number if self.raised.owner else ""
