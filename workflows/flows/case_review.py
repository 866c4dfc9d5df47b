"""The supervisor's review of a case, and the check of one person of a dip sample."""

from viewflow import this
from viewflow.workflow import flow

from accounts.policy import Action
from workflows.engine.nodes import Step
from workflows.flows.base import OfficerFlow
from workflows.steps import ReviewCase


class SupervisorReviewFlow(OfficerFlow):
    """Supervisor review

    A supervisor of the team, or an inspector, goes through how a person is managed, grades it and
    gives directions. It waits in the team's queue: whoever manages the person cannot do it.
    """

    process_title = "Supervisor review"

    start = flow.StartHandle(this.begin).Next(this.review_case)
    review_case = (
        Step(ReviewCase, Action.CASE_REVIEW).Annotation(title="Supervisor review").Next(this.end)
    )
    end = flow.End()


class DipSampleFlow(OfficerFlow):
    """Dip sample check

    One person of a sample, gone through by the checker whom the sample names.
    """

    process_title = "Dip sample check"

    start = flow.StartHandle(this.begin).Next(this.check_case)
    check_case = (
        Step(ReviewCase, Action.DIP_SAMPLE_CHECK)
        .Annotation(title="Dip sample check")
        .Next(this.end)
    )
    end = flow.End()
