"""How much an officer can carry."""

from functools import partial
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from accounts.idempotency import Reply
from accounts.policy import Action
from api.endpoint import Answer, Endpoint, WritingEndpoint
from api.shapes import capacity as shapes
from api.shapes.as_known import AsKnownQuery
from api.views.dated import DatedList
from workflows.actions.capacity import set_capacity
from workflows.queries.capacity import set_page, visible_officer
from workflows.queries.caseload import team_caseload
from workflows.queries.caseload_then import team_then
from workflows.queries.standing import as_known
from workflows.steps.capacity import SetCapacity


class TeamCaseloadDetail(Endpoint):
    """The workload of each officer of a team against what they can carry today.

    With `as_of` or `known_at` who had how many people then, and how much was late. Points are not
    told of another day, since MAPPA levels keep no history; nor whether officers could take people
    on.
    """

    action = Action.CASELOAD_REASSIGN
    is_consultation = False  # the reason is asked for when people are moved
    noun = "team"
    operation_id = "get_team_caseload"
    query_shape = AsKnownQuery
    answer_shape = shapes.TeamCaseloadAnswer

    def get(self, request: Request, team: UUID) -> HttpResponseBase:
        asked = as_known(**self.asked)
        if asked.is_now:
            shown = shapes.caseload(team_caseload(actor=self.by, team=team, today=asked.today))
        else:
            shown = shapes.caseload_then(team_then(actor=self.by, team=team, asked=asked))
        self.consult(filters=self.asked or None)
        return self.show({"as_of": asked.as_of, "known_at": asked.known_at} | shown)


class CapacitiesOf(DatedList):
    """What was set of an officer's capacity, and why something was taken off it."""

    action = Action.CAPACITY_SET
    is_consultation = False  # the reason is asked for when one is set
    noun = "officer"
    operation_id = "list_capacities"
    answer_shape = shapes.CapacityList

    def get(self, request: Request, officer: UUID) -> HttpResponseBase:
        found = visible_officer(self.by, officer)
        return self.dated_page(request, partial(set_page, found), shapes.capacity_row)


class SetCapacityOf(WritingEndpoint):
    """Set an officer's share of full time from a day on; workloads are measured against it."""

    action = Action.CAPACITY_SET
    noun = "officer"
    operation_id = "set_capacity"
    body_shape = SetCapacity
    answer_shape = shapes.CapacityAnswer
    answer_status = 201

    def post(self, request: Request, officer: UUID) -> HttpResponseBase:
        values = self.sent()

        def run() -> Answer:
            made = set_capacity(by=self.by, officer=officer, **values)
            return Answer(shapes.capacity(made), status=201)

        return self.write(run)

    def seen_again(self, reply: Reply) -> None:
        """Raises NotVisible where the officer has left the caller's reach since."""
        visible_officer(self.by, self.kwargs["officer"])
