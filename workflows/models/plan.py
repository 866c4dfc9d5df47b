"""What a risk management plan does with actions, from when it is handed in until it is in force."""

from typing import TypeAlias

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from accounts.models import User
from risk.models import Pillar, RiskManagementPlan
from workflows.models.case_action import CaseAction


class ActionChoice(models.TextChoices):
    KEEP = "keep", "Carry on"
    DONE = "done", "Done"
    NOT_WANTED = "not_wanted", "No longer wanted"


class PlanAction(models.Model):
    """An action that a plan asks for. It becomes a CaseAction when the plan comes into force."""

    plan = models.ForeignKey(
        RiskManagementPlan, on_delete=models.PROTECT, related_name="new_actions"
    )
    pillar = models.CharField(max_length=23, choices=Pillar)
    factor = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=500)
    due_on = models.DateField()
    #: Who is to do it, where that is not the offender manager.
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="plan_action_pillar_known", condition=Q(pillar__in=Pillar.values)
            )
        ]

    @property
    def owner(self) -> str:
        """The officer as the form names them."""
        return self.officer.staff_number if self.officer else ""


class PlanActionChoice(models.Model):
    """What a plan does with an action of the plan before it that is still open."""

    Choice: TypeAlias = ActionChoice

    plan = models.ForeignKey(
        RiskManagementPlan, on_delete=models.PROTECT, related_name="open_actions"
    )
    case_action = models.ForeignKey(CaseAction, on_delete=models.PROTECT, related_name="choices")
    choice = models.CharField(max_length=10, choices=ActionChoice)
    reason = models.TextField(max_length=2000, blank=True)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="plan_action_choice_once", fields=["plan", "case_action"]),
            models.CheckConstraint(
                name="plan_action_choice_known", condition=Q(choice__in=ActionChoice.values)
            ),
            models.CheckConstraint(
                name="plan_action_choice_has_a_reason",
                condition=Q(choice="keep") | ~Q(reason=""),
            ),
        ]

    @property
    def text(self) -> str:
        """The words of the action."""
        return self.case_action.text
