"""A particular action."""

from viewflow import this
from viewflow.workflow import flow

from accounts.policy import Action
from workflows.engine.nodes import Step
from workflows.flows.base import OfficerFlow
from workflows.steps import FinishAction


class CaseActionFlow(OfficerFlow):
    """Action

    Somebody raised it, with a day; whoever does it says what came of it.
    """

    process_title = "Action"

    start = flow.StartHandle(this.begin).Next(this.finish_action)
    finish_action = (
        Step(FinishAction, Action.CASE_ACTION_FINISH)
        .Annotation(title="Action")
        .Assign(this.offender_manager)
        .Next(this.end)
    )
    end = flow.End()
