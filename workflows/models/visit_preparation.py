"""What was looked at and thought of before a home visit."""

import uuid
from typing import TypeAlias

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from workflows.models.process import Process


class VisitPurpose(models.TextChoices):
    """What a visit is for (College of Policing, Home visits). One or more."""

    COMPLIANCE = "compliance", "Compliance with notification, orders, bail or licence"
    RESIDENCE = "residence", "Confirm where they live"
    DUTY_OF_CARE = "duty_of_care", "Duty of care to the public"
    RISK_FACTORS = "risk_factors", "Monitor risk factors"
    INFORMATION = "information", "Gather information on this and linked offenders"
    DETECT_OFFENCES = "detect_offences", "Detect offences"
    CARE_OF_OFFENDER = "care_of_offender", "Care of the person, referral"


class CheckedSystem(models.TextChoices):
    LOCAL = "local", "Local intelligence"
    PNC = "pnc", "Police National Computer"
    PND = "pnd", "Police National Database"
    OPEN_SOURCE = "open_source", "Open source and social media"


class SafetyLevel(models.TextChoices):
    USUAL = "usual", "No particular danger known"
    RAISED = "raised", "Raised: precautions are named"
    HIGH = "high", "High: a supervisor agreed the plan"


class VisitPreparation(models.Model):
    """System checks and staff-safety assessment before an attempt. The newest stands.

    Nothing is refused for want of one: a visit without checks is recorded, and says so.
    """

    Purpose: TypeAlias = VisitPurpose
    System: TypeAlias = CheckedSystem
    Safety: TypeAlias = SafetyLevel

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    process = models.ForeignKey(Process, on_delete=models.PROTECT, related_name="preparations")
    #: When they mean to go. A plan, never the time of the visit.
    planned_at = models.DateTimeField(null=True)
    safety_level = models.CharField(max_length=6, choices=Safety)
    safety_assessment = models.TextField(max_length=4000)
    partner = models.CharField(max_length=120, blank=True)
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="preparation_safety_known", condition=Q(safety_level__in=SafetyLevel.values)
            )
        ]
        indexes = [models.Index(fields=["process", "-prepared_at"], name="preparation_newest")]


class PreparationPurpose(models.Model):
    """One thing that a visit is planned for."""

    preparation = models.ForeignKey(
        VisitPreparation, on_delete=models.PROTECT, related_name="purposes"
    )
    purpose = models.CharField(max_length=16, choices=VisitPurpose)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="preparation_purpose_once", fields=["preparation", "purpose"]
            ),
            models.CheckConstraint(
                name="preparation_purpose_known", condition=Q(purpose__in=VisitPurpose.values)
            ),
        ]


class PreparationStaff(models.Model):
    """An officer who means to go."""

    preparation = models.ForeignKey(
        VisitPreparation, on_delete=models.PROTECT, related_name="staff"
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="preparation_staff_once", fields=["preparation", "user"])
        ]


class SystemCheck(models.Model):
    """One system that was looked at, and when; or why it was not."""

    preparation = models.ForeignKey(
        VisitPreparation, on_delete=models.PROTECT, related_name="checks"
    )
    system = models.CharField(max_length=11, choices=CheckedSystem)
    done_at = models.DateTimeField(null=True)
    not_done_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="system_check_once", fields=["preparation", "system"]),
            models.CheckConstraint(
                name="system_check_known", condition=Q(system__in=CheckedSystem.values)
            ),
            models.CheckConstraint(
                name="system_check_done_or_why_not",
                condition=Q(done_at__isnull=False, not_done_reason="")
                | Q(done_at__isnull=True) & ~Q(not_done_reason=""),
            ),
        ]
