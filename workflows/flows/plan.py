"""The review of the risk management plan."""

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.activation import Activation

from accounts.policy import Action
from risk.models import PlanState, RiskManagementPlan
from risk.models.plan import AGREED
from workflows.engine.nodes import Step
from workflows.flows.base import OfficerFlow
from workflows.steps import ApproveInterval, DraftPlan, EndorsePlan


class PlanReviewFlow(OfficerFlow):
    """Plan review

    One officer writes the plan as it is to stand, another endorses or returns it; where it has the
    person visited less often than the level asks, an inspector must agree too. In force, it takes
    the place of the plan before. One that is returned when no review is owed any more, as in
    custody, is not asked for again.
    """

    process_title = "Plan review"

    start = flow.StartHandle(this.begin).Next(this.draft_plan)
    draft_plan = (
        Step(DraftPlan, Action.PLAN_DRAFT)
        .Annotation(title="Plan review")
        .Assign(this.offender_manager)
        .Next(this.endorse_plan)
    )
    endorse_plan = (
        Step(EndorsePlan, Action.PLAN_ENDORSE, due=this.endorse_by)
        .Annotation(title="Endorse the plan")
        .Next(this.needs_inspector)
    )
    needs_inspector = flow.If(this.recommended).Then(this.approve_interval).Else(this.was_agreed)
    approve_interval = (
        Step(ApproveInterval, Action.PLAN_APPROVE_INTERVAL, due=this.endorse_by)
        .Annotation(title="Agree to a longer visit interval")
        .Next(this.was_agreed)
    )
    was_agreed = flow.If(this.settled).Then(this.end).Else(this.draft_plan)
    end = flow.End()

    def recommended(self, activation: Activation) -> bool:
        """Whether the plan waits for an inspector now."""
        return self._newest(activation).state == PlanState.RECOMMENDED

    def settled(self, activation: Activation) -> bool:
        """Whether the newest plan is in force, or was returned when no review is owed any more."""
        return not self.is_owed(activation) or self._newest(activation).state in AGREED

    def _newest(self, activation: Activation) -> RiskManagementPlan:
        return activation.process.offender.plans.latest("pk")
