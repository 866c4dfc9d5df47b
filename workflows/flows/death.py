"""A reported death."""

from viewflow import this
from viewflow.workflow import flow

from accounts.policy import Action
from workflows.engine.nodes import Step
from workflows.flows.base import OfficerFlow
from workflows.steps import VerifyDeath


class DeathVerificationFlow(OfficerFlow):
    """Verify a reported death

    A supervisor other than the reporter verifies it, which ends registration, or refutes it, and
    everything is owed again (PRACTICE 13).
    """

    process_title = "Verify a reported death"

    start = flow.StartHandle(this.begin).Next(this.verify_death)
    verify_death = (
        Step(VerifyDeath, Action.DEATH_VERIFY)
        .Annotation(title="Verify a reported death")
        .Next(this.end)
    )
    end = flow.End()
