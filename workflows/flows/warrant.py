"""A warrant to enter a home."""

from viewflow import this
from viewflow.workflow import flow

from accounts.policy import Action
from workflows.engine.nodes import Step
from workflows.flows.base import OfficerFlow
from workflows.steps import ConsiderWarrant, DecideWarrant


class EntryWarrantFlow(OfficerFlow):
    """Consider an entry warrant

    After entry failed often enough an officer recommends whether to apply for a warrant, and an
    inspector decides. Not applying is a decision too: it says why (SOA 2003 s.96B).
    """

    process_title = "Consider an entry warrant"

    start = flow.StartHandle(this.begin).Next(this.consider_warrant)
    consider_warrant = (
        Step(ConsiderWarrant, Action.WARRANT_CONSIDER)
        .Annotation(title="Consider an entry warrant")
        .Assign(this.offender_manager)
        .Next(this.decide_warrant)
    )
    decide_warrant = (
        Step(DecideWarrant, Action.WARRANT_DECIDE, due=this.endorse_by)
        .Annotation(title="Decide on an entry warrant")
        .Next(this.end)
    )
    end = flow.End()
