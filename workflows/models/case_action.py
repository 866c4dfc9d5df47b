"""Something particular that somebody must do about a person by a day."""

import uuid
from typing import TypeAlias

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from offenders.models import Offender
from offenders.querysets import OwnedQuerySet
from risk.models import Pillar
from workflows.models.process import Process


class ActionOutcome(models.TextChoices):
    DONE = "done", "Done"
    NOT_DONE = "not_done", "Not done, and no longer wanted"


class CaseAction(models.Model):
    """One action: raised by a visit, a plan, a supervisor's review, or by itself.

    `process` is the work in which it was raised, where there was one. It is owed from `raised_on`
    until somebody says what came of it, wherever the person is meanwhile: it is the police's to do.
    """

    Outcome: TypeAlias = ActionOutcome

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    offender = models.ForeignKey(Offender, on_delete=models.PROTECT, related_name="case_actions")
    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, related_name="case_actions", null=True
    )
    text = models.CharField(max_length=500)
    due_on = models.DateField()
    #: Who is to do it, where that is not the offender manager.
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    raised_on = models.DateField()
    raised_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    evidence = models.TextField(max_length=4000, blank=True)
    finished_on = models.DateField(null=True)
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    #: Of an action of a risk management plan: its pillar, and the code of the factor it is about.
    pillar = models.CharField(max_length=23, choices=Pillar, blank=True)
    factor = models.CharField(max_length=40, blank=True)

    objects = OwnedQuerySet.to("offender__").as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="case_action_outcome_known",
                condition=Q(outcome__in=["", *ActionOutcome.values]),
            ),
            models.CheckConstraint(
                name="case_action_finished_whole",
                condition=Q(
                    outcome="",
                    finished_on__isnull=True,
                    finished_at__isnull=True,
                    finished_by__isnull=True,
                )
                | Q(
                    finished_on__isnull=False,
                    finished_at__isnull=False,
                    finished_by__isnull=False,
                )
                & ~Q(outcome="")
                & ~Q(evidence=""),
            ),
            models.CheckConstraint(
                name="case_action_pillar_known", condition=Q(pillar__in=["", *Pillar.values])
            ),
        ]
        indexes = [
            models.Index(
                fields=["offender", "raised_on"],
                name="case_action_open",
                condition=Q(finished_on__isnull=True),
            )
        ]

    @property
    def about(self) -> str:
        """What its obligation is about."""
        return f"action:{self.pk}"
