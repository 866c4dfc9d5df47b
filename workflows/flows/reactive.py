"""Reactive management: the proposal, and the yearly review."""

from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.activation import Activation

from accounts.policy import Action
from workflows.engine.nodes import Step
from workflows.flows.base import OfficerFlow
from workflows.models import ReactiveProposal
from workflows.steps import AuthoriseReactive, RecommendReactive, ReviewReactive


class ReactiveProposalFlow(OfficerFlow):
    """Reactive management proposed

    A sergeant recommends it or not; what is recommended an inspector authorises or refuses
    (PRACTICE 16). Three people: who proposed takes no part in either.
    """

    process_title = "Reactive management proposed"

    start = flow.StartHandle(this.begin).Next(this.recommend_reactive)
    recommend_reactive = (
        Step(RecommendReactive, Action.REACTIVE_RECOMMEND)
        .Annotation(title="Recommend reactive management")
        .Next(this.was_recommended)
    )
    was_recommended = flow.If(this.recommended).Then(this.authorise_reactive).Else(this.end)
    authorise_reactive = (
        Step(AuthoriseReactive, Action.REACTIVE_AUTHORISE, due=this.endorse_by)
        .Annotation(title="Authorise reactive management")
        .Next(this.end)
    )
    end = flow.End()

    def recommended(self, activation: Activation) -> bool:
        """Whether the sergeant recommended it."""
        about = activation.process.obligation.about
        proposal = ReactiveProposal.objects.get(pk=about.removeprefix("proposal:"))
        return proposal.recommendation == ReactiveProposal.Recommendation.RECOMMENDED


class ReactiveReviewFlow(OfficerFlow):
    """Review of reactive management

    Once a year, on paper: it continues, or the person goes back to active management.
    """

    process_title = "Review of reactive management"

    start = flow.StartHandle(this.begin).Next(this.review_reactive)
    review_reactive = (
        Step(ReviewReactive, Action.REACTIVE_REVIEW)
        .Annotation(title="Review of reactive management")
        .Next(this.end)
    )
    end = flow.End()
