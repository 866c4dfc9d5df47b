"""Delegations: who makes whose decisions, granting one and revoking it."""

from uuid import UUID

from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from accounts.policy import Action
from api import reading
from api.endpoint import Answer, Endpoint, WritingEndpoint
from api.pagination import Cursor
from api.shapes import delegations as shapes
from workflows.actions import delegations as actions
from workflows.queries import delegations as reads
from workflows.steps.delegations import GrantDelegation


class DelegationList(Endpoint):
    """Delegations from or to the caller, and those of their teams.

    To act under one, send its id in the header Acting-For.
    """

    action = Action.DELEGATION_VIEW
    operation_id = "list_delegations"
    query_shape = shapes.DelegationQuery
    answer_shape = shapes.DelegationList

    def get(self, request: Request) -> HttpResponseBase:
        limit = self.asked.pop("limit")
        given = self.asked.pop("cursor", "")
        cursor, now = Cursor(request.path, self.asked), timezone.now()
        after = cursor.read(given)[0] if given else None
        page = reads.delegations_page(actor=self.by, now=now, after=after, limit=limit)
        self.consult(ids=[str(row.public_id) for row in page.rows], row_count=len(page.rows))
        shown = {"results": [shapes.delegation(row, now) for row in page.rows]}
        return self.show(shown | cursor.links(page.next, limit))


class DelegateDecisions(WritingEndpoint):
    """Give one's decisions, or as an inspector an officer's, to somebody else for a while."""

    action = Action.DELEGATION_GRANT
    operation_id = "grant_delegation"
    body_shape = GrantDelegation
    answer_shape = shapes.DelegationAnswer
    answer_status = 201

    def post(self, request: Request) -> HttpResponseBase:
        values = self.sent()

        def run() -> Answer:
            made = actions.grant_delegation(by=self.by, **values)
            return Answer(shapes.delegation(made, timezone.now()), status=201)

        return self.write(run)


class RevokeDelegation(WritingEndpoint):
    """End a delegation at once."""

    action = Action.DELEGATION_REVOKE
    noun = "delegation"
    operation_id = "revoke_delegation"
    answer_shape = shapes.DelegationAnswer

    def post(self, request: Request, delegation: UUID) -> HttpResponseBase:
        reading.body(request, self.body_shape)

        def run() -> Answer:
            ended = actions.revoke_delegation(by=self.by, delegation=delegation)
            return Answer(shapes.delegation(ended, timezone.now()))

        return self.write(run)
