"""The end of registration."""

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.activation import Activation

from accounts.policy import Action
from workflows.engine.nodes import Step
from workflows.flows.base import OfficerFlow
from workflows.steps import EndorseEnd, ProposeEnd


class FinalReviewFlow(OfficerFlow):
    """Final review

    A period that runs out never closes a person silently: one officer proposes the end, another
    endorses it (PRACTICE 1).
    """

    process_title = "Final review"

    start = flow.StartHandle(this.begin).Next(this.propose_end)
    propose_end = (
        Step(ProposeEnd, Action.REGISTRATION_END)
        .Annotation(title="Final review")
        .Assign(this.offender_manager)
        .Next(this.endorse_end)
    )
    endorse_end = (
        Step(EndorseEnd, Action.REGISTRATION_END_ENDORSE, due=this.endorse_by)
        .Annotation(title="Endorse the end of registration")
        .Next(this.was_ended)
    )
    was_ended = flow.If(this.ended).Then(this.end).Else(this.propose_end)
    end = flow.End()

    def ended(self, activation: Activation) -> bool:
        """Whether two people have ended it."""
        return activation.process.offender.registration_ended_on is not None
