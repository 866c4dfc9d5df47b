"""What the triage of an indicator started, so that it is known when all of it is closed."""

from typing import TypeAlias

from django.db import models
from django.db.models import Q

from risk.models import IndicatorTriage
from workflows.models.case_action import CaseAction
from workflows.models.obligation import Obligation
from workflows.models.visit import VisitDirection


class Started(models.TextChoices):
    VISIT = "visit", "A visit brought forward"
    REASSESSMENT = "reassessment", "A risk reassessment"
    CASE_ACTION = "case_action", "An action"
    TASK = "task", "A task that was open"


class TriageStart(models.Model):
    """The one thing that a triage started or was linked to. Inserted and never changed
    (`workflows.kept_starts`).

    A reassessment has no row of its own: the triage itself asks for it, from its day.
    """

    What: TypeAlias = Started

    triage = models.OneToOneField(IndicatorTriage, on_delete=models.PROTECT, related_name="start")
    what = models.CharField(max_length=12, choices=Started)
    direction = models.OneToOneField(
        VisitDirection, on_delete=models.PROTECT, related_name="triage_start", null=True
    )
    case_action = models.OneToOneField(
        CaseAction, on_delete=models.PROTECT, related_name="triage_start", null=True
    )
    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, related_name="triage_starts", null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="triage_start_is_one_thing",
                condition=Q(
                    what="visit",
                    direction__isnull=False,
                    case_action__isnull=True,
                    obligation__isnull=True,
                )
                | Q(
                    what="reassessment",
                    direction__isnull=True,
                    case_action__isnull=True,
                    obligation__isnull=True,
                )
                | Q(
                    what="case_action",
                    direction__isnull=True,
                    case_action__isnull=False,
                    obligation__isnull=True,
                )
                | Q(
                    what="task",
                    direction__isnull=True,
                    case_action__isnull=True,
                    obligation__isnull=False,
                ),
            )
        ]
