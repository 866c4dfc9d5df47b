"""The risk reassessment."""

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.activation import Activation

from accounts.policy import Action
from risk.models import RiskAssessment
from workflows.engine.nodes import Step
from workflows.flows.base import OfficerFlow
from workflows.steps import AssessRisk, DecideLevel, EndorseAssessment


class ReassessmentFlow(OfficerFlow):
    """Risk reassessment

    One officer assesses, another endorses or returns it. The task closes on endorsement; the next
    twelve months run from the submission of the endorsed version (PRACTICE 7). One that is returned
    when no reassessment is owed any more, as in custody, is not asked for again. The endorser
    decides the level in the same act; where that is left open, it is a step of its own.
    """

    process_title = "Risk reassessment"

    start = flow.StartHandle(this.begin).Next(this.assess)
    assess = (
        Step(AssessRisk, Action.ASSESSMENT_PROPOSE)
        .Annotation(title="Risk reassessment")
        .Assign(this.offender_manager)
        .Next(this.endorse)
    )
    endorse = (
        Step(EndorseAssessment, Action.ASSESSMENT_ENDORSE, due=this.endorse_by)
        .Annotation(title="Endorse the assessment")
        .Next(this.was_endorsed)
    )
    was_endorsed = flow.If(this.settled).Then(this.is_level_open).Else(this.assess)
    is_level_open = flow.If(this.level_open).Then(this.decide_level).Else(this.end)
    decide_level = (
        Step(DecideLevel, Action.LEVEL_DECIDE, due=this.endorse_by)
        .Annotation(title="Decide the management level")
        .Next(this.end)
    )
    end = flow.End()

    def settled(self, activation: Activation) -> bool:
        """Whether the newest assessment was endorsed, or returned when it is owed no more."""
        if not self.is_owed(activation):
            return True
        return self._newest(activation).state == RiskAssessment.State.ENDORSED

    def level_open(self, activation: Activation) -> bool:
        """Whether the endorsement left the level to somebody who decides it by itself."""
        newest = self._newest(activation)
        return newest.state == RiskAssessment.State.ENDORSED and not newest.level

    def _newest(self, activation: Activation) -> RiskAssessment:
        return activation.process.offender.assessments.filter(author__isnull=False).latest("pk")
