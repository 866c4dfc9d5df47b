"""The risk management plan: what is done about the risk, under four headings.

The four pillars are those of MAPPA Guidance ch.12; that the plan sets how often a person is
visited, and not a number by level, is NPCC practice since June 2017.
"""

import uuid
from typing import TypeAlias

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.deciding import decided_for_another
from accounts.models import User
from offenders.models import ManagementLevel, Offender
from offenders.querysets import OwnedQuerySet
from risk.models.assessment import RiskAssessment
from rules.period import Period


class Pillar(models.TextChoices):
    SUPERVISION = "supervision", "Supervision"
    MONITORING_CONTROL = "monitoring_control", "Monitoring and control"
    INTERVENTIONS_TREATMENT = "interventions_treatment", "Interventions and treatment"
    VICTIM_SAFETY = "victim_safety", "Victim safety"


class PlanState(models.TextChoices):
    SUBMITTED = "submitted", "Waiting for endorsement"
    RECOMMENDED = "recommended", "Waiting for an inspector"
    ENDORSED = "endorsed", "In force"
    RETURNED = "returned", "Returned to the author"
    SUPERSEDED = "superseded", "Replaced by a later plan"


class PlanDecision(models.TextChoices):
    ENDORSED = "endorse", "Endorse"
    RETURNED = "return", "Return to the author"


class IntervalDecision(models.TextChoices):
    AGREED = "agree", "Agree to the longer interval"
    REFUSED = "refuse", "Return the plan to its author"


class FlagSystem(models.TextChoices):
    """Where a flag makes others notice the person."""

    LOCAL = "local", "Local intelligence system"
    PNC = "pnc", "Police National Computer"
    PND = "pnd", "Police National Database"
    LEDS = "leds", "Law Enforcement Data Service"
    VISOR = "visor", "ViSOR or MAPPS"


class FlagState(models.TextChoices):
    SET = "set", "Set"
    NOT_SET = "not_set", "Not set"


#: How often somebody is visited whose plan sets no interval of its own.
BY_LEVEL = "level"
#: Plans that are in force or were.
AGREED = (PlanState.ENDORSED, PlanState.SUPERSEDED)
#: Plans on which somebody must still decide.
WAITING = (PlanState.SUBMITTED, PlanState.RECOMMENDED)


class RiskManagementPlan(models.Model):
    """One version of the plan of one person. What it says is never changed once it is handed in.

    `agreed_on` is the London date from which it stands. The next review runs from `submitted_on`.
    `interval_months` or `interval_days` is how often it has the person visited; neither: as the
    level does. `assessment` is the newest endorsed one when the plan was handed in, in whose light
    it was made. `level` is the one that stood when it was endorsed.
    """

    State: TypeAlias = PlanState
    Decision: TypeAlias = PlanDecision
    IntervalDecision: TypeAlias = IntervalDecision

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="plans")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=11, choices=PlanState)
    assessment = models.ForeignKey(
        RiskAssessment, on_delete=models.PROTECT, related_name="plans", null=True
    )
    supervision = models.TextField(max_length=4000)
    monitoring_control = models.TextField(max_length=4000)
    interventions_treatment = models.TextField(max_length=4000)
    victim_safety = models.TextField(max_length=4000)
    contingency = models.TextField(max_length=4000)
    attendance = models.CharField(max_length=500)
    disclosure_considered = models.BooleanField()
    disclosure_reasoning = models.TextField(max_length=2000)
    interval_months = models.PositiveSmallIntegerField(null=True)
    interval_days = models.PositiveSmallIntegerField(null=True)
    interval_reason = models.TextField(max_length=2000, blank=True)
    #: What this version changes and why; or why nothing changes, which is a review too.
    review = models.TextField(max_length=4000)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    submitted_on = models.DateField()
    submitted_at = models.DateTimeField()
    decision = models.CharField(max_length=7, choices=PlanDecision, blank=True)
    comment = models.TextField(max_length=2000, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    #: Whom they acted for, under a delegation. To a longer interval an inspector agrees in person.
    decided_for = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    #: Whether the interval was longer than the level's when the plan was endorsed.
    is_longer = models.BooleanField(default=False)
    interval_decision = models.CharField(max_length=6, choices=IntervalDecision, blank=True)
    interval_comment = models.TextField(max_length=2000, blank=True)
    interval_decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True
    )
    interval_decided_at = models.DateTimeField(null=True)
    level = models.CharField(max_length=12, choices=ManagementLevel, blank=True)
    agreed_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = OwnedQuerySet.to("offender__").as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="plan_version", fields=["offender", "version"]),
            models.UniqueConstraint(
                name="plan_one_waiting",
                fields=["offender"],
                condition=Q(state__in=["submitted", "recommended"]),
            ),
            models.UniqueConstraint(
                name="plan_one_in_force", fields=["offender"], condition=Q(state="endorsed")
            ),
            models.CheckConstraint(
                name="plan_endorsed_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("author")),
            ),
            models.CheckConstraint(
                name="plan_endorsed_for_another",
                condition=decided_for_another("decided_by", "decided_for", "author"),
            ),
            models.CheckConstraint(
                name="plan_interval_agreed_by_another",
                condition=Q(interval_decided_by__isnull=True) | ~Q(interval_decided_by=F("author")),
            ),
            models.CheckConstraint(
                name="plan_state_known", condition=Q(state__in=PlanState.values)
            ),
            models.CheckConstraint(
                name="plan_decision_known", condition=Q(decision__in=["", *PlanDecision.values])
            ),
            models.CheckConstraint(
                name="plan_interval_decision_known",
                condition=Q(interval_decision__in=["", *IntervalDecision.values]),
            ),
            models.CheckConstraint(
                name="plan_level_known", condition=Q(level__in=["", *ManagementLevel.values])
            ),
            models.CheckConstraint(
                name="plan_decided_whole",
                condition=Q(state="submitted", decision="", decided_by__isnull=True)
                & Q(decided_at__isnull=True)
                | ~Q(state="submitted")
                & ~Q(decision="")
                & Q(decided_by__isnull=False, decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_interval_decided_whole",
                condition=Q(
                    interval_decision="",
                    interval_decided_by__isnull=True,
                    interval_decided_at__isnull=True,
                )
                | ~Q(interval_decision="")
                & Q(interval_decided_by__isnull=False, interval_decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_in_force_is_agreed",
                condition=Q(agreed_on__isnull=True, level="")
                & ~Q(state__in=["endorsed", "superseded"])
                | Q(agreed_on__isnull=False, decision="endorse")
                & Q(state__in=["endorsed", "superseded"])
                & ~Q(level=""),
            ),
            models.CheckConstraint(
                name="plan_longer_interval_has_an_inspector",
                condition=~Q(state__in=["endorsed", "superseded"])
                | Q(is_longer=False)
                | Q(interval_decision="agree"),
            ),
            models.CheckConstraint(
                name="plan_one_interval",
                condition=Q(interval_months__isnull=True) | Q(interval_days__isnull=True),
            ),
            models.CheckConstraint(
                name="plan_interval_is_some_time",
                condition=(Q(interval_months__isnull=True) | Q(interval_months__gt=0))
                & (Q(interval_days__isnull=True) | Q(interval_days__gt=0)),
            ),
            models.CheckConstraint(
                name="plan_interval_has_a_reason",
                condition=Q(interval_months__isnull=True, interval_days__isnull=True)
                | ~Q(interval_reason=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["offender", "agreed_on"],
                name="plan_agreed",
                condition=Q(state__in=["endorsed", "superseded"]),
            )
        ]

    @property
    def interval(self) -> Period | None:
        """How often the plan has the person visited; None: as the level does."""
        if self.interval_months is not None:
            return Period(self.interval_months, "m")
        return None if self.interval_days is None else Period(self.interval_days, "d")

    @property
    def visit_every(self) -> str:
        """The interval as the form says it: "14d", or BY_LEVEL."""
        return str(self.interval or BY_LEVEL)


class PlanFlag(models.Model):
    """Whether one system has the person flagged, as looked up on a day."""

    System: TypeAlias = FlagSystem
    State: TypeAlias = FlagState

    plan = models.ForeignKey(RiskManagementPlan, on_delete=models.PROTECT, related_name="flags")
    system = models.CharField(max_length=5, choices=FlagSystem)
    state = models.CharField(max_length=7, choices=FlagState)
    checked_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="plan_flag_once", fields=["plan", "system"]),
            models.CheckConstraint(
                name="plan_flag_system_known", condition=Q(system__in=FlagSystem.values)
            ),
            models.CheckConstraint(
                name="plan_flag_state_known", condition=Q(state__in=FlagState.values)
            ),
        ]
