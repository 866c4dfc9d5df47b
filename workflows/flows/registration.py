"""The end of registration."""

import datetime as dt

from django.utils import timezone
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.activation import Activation

from accounts.policy import Action
from workflows.engine.nodes import Step
from workflows.facts import registration_of
from workflows.flows.base import OfficerFlow
from workflows.models import EndProposal
from workflows.steps import EndorseEnd, ProposeEnd


class FinalReviewFlow(OfficerFlow):
    """Final review

    A period that runs out never closes a person silently: one officer proposes the end, another
    endorses it (PRACTICE 1). A proposal that is returned when the register holds the person anew is
    not asked for again.
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
        Step(EndorseEnd, Action.REGISTRATION_END_ENDORSE, due=this.end_by)
        .Annotation(title="Endorse the end of registration")
        .Next(this.was_ended)
    )
    was_ended = flow.If(this.settled).Then(this.end).Else(this.propose_end)
    end = flow.End()

    def end_by(self, activation: Activation) -> dt.date:
        """When the decision is due: never before the first day on which it can be made."""
        decide_by = self.endorse_by(activation)
        person = activation.process.offender
        over_on = registration_of(person, today=timezone.localdate()).over_on
        return decide_by if over_on is None else max(decide_by, over_on + dt.timedelta(days=1))

    def settled(self, activation: Activation) -> bool:
        """Whether the newest proposal was endorsed, or returned when no review is owed any more."""
        newest = activation.process.end_proposals.latest("pk")
        return newest.decision == EndProposal.Decision.ENDORSED or not self.is_owed(activation)
