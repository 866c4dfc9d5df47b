"""Teams and their officers: to whom people and work can be given."""

from uuid import UUID

from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from accounts.policy import Action
from api.endpoint import Endpoint
from api.shapes import common
from api.shapes import directory as shapes
from workflows.queries.caseload import teams_of
from workflows.queries.directory import officers_of


class TeamList(Endpoint):
    """The teams whose people the caller may move, by name."""

    action = Action.CASELOAD_REASSIGN
    is_consultation = False  # the reason is asked for when people are moved
    operation_id = "list_teams"
    answer_shape = shapes.TeamsAnswer

    def get(self, request: Request) -> HttpResponseBase:
        found = teams_of(self.by)
        self.consult(row_count=len(found))
        return self.show({"results": [common.team(one) for one in found]})


class OfficersOfTeam(Endpoint):
    """The officers of a team: whether people can be given to them, and what they can carry."""

    action = Action.CASELOAD_REASSIGN
    is_consultation = False  # the reason is asked for when people are moved
    noun = "team"
    operation_id = "list_officers"
    answer_shape = shapes.OfficersAnswer

    def get(self, request: Request, team: UUID) -> HttpResponseBase:
        found, officers = officers_of(actor=self.by, team=team, today=timezone.localdate())
        self.consult(row_count=len(officers))
        return self.show(common.team(found) | {"officers": shapes.officers(officers)})
