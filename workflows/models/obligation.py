"""What is owed to one person: derived from facts and dated rules, never counted."""

import uuid
from typing import TypeAlias

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from accounts.models import Force, User
from offenders.models import Offender
from offenders.querysets import OwnedQuerySet


class Kind(models.TextChoices):
    """Everything that can be owed."""

    HOME_VISIT = "home_visit", "Home visit"
    RISK_REASSESSMENT = "risk_reassessment", "Risk reassessment"
    INITIAL_NOTIFICATION = "initial_notification", "Initial notification"
    CHANGE_NOTIFICATION = "change_notification", "Change notification"
    PERIODIC_NOTIFICATION = "periodic_notification", "Annual notification"
    FINAL_REVIEW = "final_review", "Final review before registration ends"
    RELEASE_PLANNING = "release_planning", "Release planning"
    CASE_ACTION = "case_action", "Action"
    REACTIVE_PROPOSAL = "reactive_proposal", "Reactive management proposed"
    REACTIVE_REVIEW = "reactive_review", "Review of reactive management"
    MISSING_DECISION = "missing_decision", "Decide whether missing"
    MISSING_CONFIRMATION = "missing_confirmation", "Confirm that missing"
    MISSING_ENQUIRY = "missing_enquiry", "Missing person enquiry"
    DEATH_VERIFICATION = "death_verification", "Verify a reported death"
    ENTRY_WARRANT = "entry_warrant", "Consider an entry warrant"
    PLAN_REVIEW = "plan_review", "Plan review"
    SUPERVISOR_REVIEW = "supervisor_review", "Supervisor review"
    DIP_SAMPLE = "dip_sample", "Dip sample check"
    INDICATOR_TRIAGE = "indicator_triage", "Indicator to triage"


#: Owed by those who supervise, not by whoever manages the person: no part of a caseload's load.
SUPERVISED = (Kind.SUPERVISOR_REVIEW, Kind.DIP_SAMPLE)


class WhyClosed(models.TextChoices):
    DONE = "done", "Done"
    NOT_OWED = "not_owed", "No longer owed"


class Obligation(models.Model):
    """One thing owed. Exactly one is open for each (offender, kind, about): a partial unique index.

    `about` names what it is about where a kind can be owed more than once (a release); never null.
    `due_on` follows the facts; `original_due_on` never moves. Overdue means today > `due_on`.
    """

    ClosedBecause: TypeAlias = WhyClosed

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="obligations")
    #: Copied so that a force's due list is one index range.
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, choices=Kind)
    about = models.CharField(max_length=40, default="", blank=True)
    due_on = models.DateField()
    original_due_on = models.DateField()
    #: Id of the rule that gave `due_on`, in the rule set in force that day.
    rule = models.CharField(max_length=60)
    opened_at = models.DateTimeField(db_default=Now(), editable=False)
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=8, choices=ClosedBecause, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OwnedQuerySet.to("offender__").as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="obligation_one_open",
                fields=["offender", "kind", "about"],
                condition=Q(closed_at__isnull=True),
            ),
            models.CheckConstraint(name="obligation_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="obligation_closed_because_known",
                condition=Q(closed_because__in=["", *WhyClosed.values]),
            ),
            models.CheckConstraint(
                name="obligation_closed_has_a_reason",
                condition=Q(closed_at__isnull=True, closed_because="")
                | (Q(closed_at__isnull=False) & ~Q(closed_because="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["force", "kind", "due_on", "id"],
                name="obligation_due_list",
                condition=Q(closed_at__isnull=True),
            )
        ]


class ObligationMove(models.Model):
    """One move of a due date, with why. Inserted, never changed."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="moves")
    from_on = models.DateField()
    to_on = models.DateField()
    rule = models.CharField(max_length=60)
    #: The act that moved it, such as "level.change" or "sweep".
    because = models.CharField(max_length=60)
    moved_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="obligation_move_moves", condition=~Q(from_on=F("to_on")))
        ]
        #: What one version of the rules moved, in order.
        indexes = [models.Index(fields=["because", "id"], name="obligation_move_because")]


class Deferral(models.Model):
    """A wish to do something later, with why. Changes no due date, order or count (PRACTICE 8)."""

    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="deferrals")
    until = models.DateField()
    reason = models.TextField(max_length=2000)
    #: Whether it goes past the due date: only so many of these, and not by everyone.
    when_overdue = models.BooleanField()
    deferred_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    deferred_at = models.DateTimeField(db_default=Now(), editable=False)
