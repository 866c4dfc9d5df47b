"""Release planning."""

from viewflow import this
from viewflow.workflow import flow

from accounts.policy import Action
from workflows.engine.nodes import Step
from workflows.flows.base import OfficerFlow
from workflows.steps import PlanRelease


class ReleasePlanningFlow(OfficerFlow):
    """Release planning

    While a person is detained, the officer looks at when they will be released and what must be
    ready, 28 days before, or every month where no date is known (PRACTICE 5).
    """

    process_title = "Release planning"

    start = flow.StartHandle(this.begin).Next(this.plan_release)
    plan_release = (
        Step(PlanRelease, Action.RELEASE_PLAN)
        .Annotation(title="Release planning")
        .Assign(this.offender_manager)
        .Next(this.end)
    )
    end = flow.End()
