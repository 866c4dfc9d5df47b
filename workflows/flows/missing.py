"""People who cannot be found."""

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.activation import Activation

from accounts.policy import Action
from workflows.engine.nodes import Step
from workflows.flows.base import OfficerFlow
from workflows.steps import ConfirmMissing, DecideMissing, RecordEnquiry, ReviewEnquiry


class MissingDecisionFlow(OfficerFlow):
    """Decide whether missing

    After a visit at which the person was not resident the offender manager says whether they are
    missing, or where they are (PRACTICE 13).
    """

    process_title = "Decide whether missing"

    start = flow.StartHandle(this.begin).Next(this.decide_missing)
    decide_missing = (
        Step(DecideMissing, Action.MISSING_DECIDE)
        .Annotation(title="Decide whether missing")
        .Assign(this.offender_manager)
        .Next(this.end)
    )
    end = flow.End()


class MissingConfirmationFlow(OfficerFlow):
    """Confirm that missing

    A supervisor other than the reporter confirms the report or closes it. The home visit stays owed
    until then (PRACTICE 13).
    """

    process_title = "Confirm that missing"

    start = flow.StartHandle(this.begin).Next(this.confirm_missing)
    confirm_missing = (
        Step(ConfirmMissing, Action.MISSING_CONFIRM)
        .Annotation(title="Confirm that missing")
        .Next(this.end)
    )
    end = flow.End()


class MissingEnquiryFlow(OfficerFlow):
    """Missing person enquiry

    The offender manager owns the enquiries: 24 hours after the report, then every 28 days. From the
    second round on an inspector looks at each (PRACTICE 13).
    """

    process_title = "Missing person enquiry"

    start = flow.StartHandle(this.begin).Next(this.record_enquiry)
    record_enquiry = (
        Step(RecordEnquiry, Action.MISSING_ENQUIRE)
        .Annotation(title="Missing person enquiry")
        .Assign(this.offender_manager)
        .Next(this.is_periodic)
    )
    is_periodic = flow.If(this.periodic).Then(this.review_enquiry).Else(this.end)
    review_enquiry = (
        Step(ReviewEnquiry, Action.MISSING_REVIEW, due=this.endorse_by)
        .Annotation(title="Review the enquiries")
        .Next(this.end)
    )
    end = flow.End()

    def periodic(self, activation: Activation) -> bool:
        """Whether there was a round of enquiries before."""
        return activation.process.missing_enquiries.latest("pk").is_periodic
