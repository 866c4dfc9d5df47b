"""Reactive management: the two lists, and a proposal. Its steps are tasks like any other."""

from uuid import UUID

from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from accounts import policy
from accounts.policy import Action
from api.endpoint import Answer, Endpoint
from api.shapes import reactive as shapes
from api.views.about_offender import AboutOffender
from offenders.models import Offender
from workflows.actions.reactive import propose_reactive
from workflows.queries.reactive import eligible, failing
from workflows.steps import ProposeReactive as ProposeReactiveForm


class ReactiveCandidates(Endpoint):
    """Who could be proposed for reactive management, or is managed so and fails a criterion.

    The first is for offender managers, the second for whoever reviews. A list decides nothing.
    """

    action = Action.REACTIVE_VIEW
    operation_id = "list_reactive_candidates"
    query_shape = shapes.ReactiveQuery
    answer_shape = shapes.CandidateList

    def get(self, request: Request) -> HttpResponseBase:
        today = timezone.localdate()
        if self.asked["state"] == "failing":
            policy.require(self.by, Action.REACTIVE_REVIEW)
            found = failing(actor=self.by, today=today)
        else:
            found = eligible(actor=self.by, today=today)
        self.consult(
            ids=[str(one.person.public_id) for one in found],
            row_count=len(found),
            filters=self.asked,
        )
        return self.show({"as_of": today, "results": [shapes.candidate(one) for one in found]})


class ProposeReactive(AboutOffender):
    """Propose to manage a person reactively. A sergeant recommends it, an inspector authorises."""

    action = Action.REACTIVE_PROPOSE
    has_version = True
    operation_id = "propose_reactive"
    body_shape = ProposeReactiveForm
    answer_shape = shapes.ProposalAnswer
    answer_status = 201

    def post(self, request: Request, offender: UUID) -> HttpResponseBase:
        values, version = self.sent(), self.version

        def run() -> Answer:
            made = propose_reactive(by=self.by, offender=offender, version=version, **values)
            now = Offender.objects.get(pk=made.offender_id).version
            return Answer(shapes.proposal(made), status=201, version=now)

        return self.write(run)
