"""The home visit."""

import datetime as dt

from django.utils import timezone
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.activation import Activation

from accounts.actor import Actor
from accounts.models import User
from accounts.policy import Action
from workflows.engine.nodes import Beside, Step
from workflows.flows.base import OfficerFlow, from_today
from workflows.models import Visit, VisitReview
from workflows.reviews import gives_cause, is_endorsed
from workflows.steps import RecordOutcome, ReviewVisit, WriteUpVisit


class VisitFlow(OfficerFlow):
    """Home visit

    Planned, recorded at the door, written up, and endorsed by a supervisor who took no part. A
    failed attempt leaves the same visit to be made; one that gives cause is reviewed meanwhile.
    """

    process_title = "Home visit"

    start = flow.StartHandle(this.begin).Next(this.record_outcome)
    record_outcome = (
        Step(RecordOutcome, Action.VISIT_RECORD)
        .Annotation(title="Home visit")
        .Assign(this.offender_manager)
        .Next(this.was_effective)
    )
    was_effective = flow.If(this.effective).Then(this.write_up).Else(this.go_again)
    go_again = Beside().Always(this.record_outcome).Next(this.review, case=this.attempt_gives_cause)
    write_up = (
        Step(WriteUpVisit, Action.VISIT_WRITE_UP, due=this.write_up_by, visit=this.visit_before)
        .Annotation(title="Write up the visit")
        .Assign(this.recorder)
        .OnTimeout(this.write_up_runs_out, this.escalate, interrupting=False)
        .Next(this.needs_review)
    )
    needs_review = flow.If(this.review_wanted).Then(this.review).Else(this.end)
    review = (
        Step(ReviewVisit, Action.VISIT_REVIEW, due=this.endorse_by, visit=this.visit_before)
        .Annotation(title="Review the visit")
        .Next(this.was_returned)
    )
    was_returned = flow.If(this.returned).Then(this.write_up).Else(this.end)
    escalate = flow.Function(this.leave_to_the_job).Next(this.escalated)
    escalated = flow.End()
    end = flow.End()

    def effective(self, activation: Activation) -> bool:
        """Only an effective visit goes on to be written up (PRACTICE 9)."""
        return self.visit_before(activation).outcome == Visit.Outcome.EFFECTIVE

    def attempt_gives_cause(self, activation: Activation) -> bool:
        """A failed attempt is looked at for the same causes as any visit (PRACTICE 11)."""
        return gives_cause(self.visit_before(activation))

    def recorder(self, activation: Activation) -> User | None:
        """Who recorded the outcome writes it up, whoever manages the person by then.

        Nobody who may not any more, by a conflict, closed account or lapsed vetting: what a review
        returns then waits in the team's queue (PRACTICE 15).
        """
        visit = self.visit_before(activation)
        if visit.recorded_by is None:
            return None
        writer = Actor.of_user(visit.recorded_by)
        may = Visit.objects.still_for(writer, Action.VISIT_WRITE_UP).filter(pk=visit.pk)
        return visit.recorded_by if may.exists() else None

    def write_up_by(self, activation: Activation) -> dt.date:
        """The limit worked out when the outcome was recorded (rule `visit.write_up`).

        What a review returned is written again as soon, counted from the review.
        """
        visit = self.visit_before(activation)
        if visit.reviews.exists():
            return from_today("visit.write_up")
        return visit.write_up_due_on or visit.occurred_on

    def write_up_runs_out(self, activation: Activation) -> dt.datetime:
        """Midnight, London time, at the end of the last day. `activation` is the timer's (T15)."""
        host = activation.task.previous.first()
        after = host.due_on + dt.timedelta(days=1)
        return timezone.make_aware(dt.datetime.combine(after, dt.time()))

    def review_wanted(self, activation: Activation) -> bool:
        """Written up, then endorsed: all that give cause, of the rest a share (decision 0017)."""
        return is_endorsed(self.visit_before(activation))

    def returned(self, activation: Activation) -> bool:
        """Whether the supervisor wants more from the writer."""
        review = self.visit_before(activation).reviews.order_by("-pk").first()
        return review is not None and review.decision == VisitReview.Decision.RETURNED

    def leave_to_the_job(self, activation: Activation) -> None:
        """Mark nothing: `escalate_overdue` alone marks and tells of late work (decision 0022).

        The timer and what follows it stay, because every running write-up has one armed under
        their names, which are database keys (decision 0003): without the nodes it would neither
        fire nor end with its step, and its process would never finish.
        """

    def visit_before(self, activation: Activation) -> Visit:
        """The visit of the last human step, from which gates alone lead here.

        Several can be under way in one process: attempts that are reviewed, and the next one.
        """
        task = activation.task
        while task.visit is None:
            earlier = task.previous.select_related("visit__recorded_by").order_by("pk")
            task = earlier[:1].get()
        return task.visit
