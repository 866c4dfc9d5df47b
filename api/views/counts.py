"""How much there is to do: people, due and overdue, by officer and level."""

from django.http import HttpResponseBase
from rest_framework.request import Request

from accounts.policy import Action
from api.endpoint import Endpoint
from api.shapes import counts as shapes
from workflows.queries.counts import counts
from workflows.queries.standing import as_known


class CaseloadCounts(Endpoint):
    """People, what is due and what is overdue, by officer and level.

    As of any day, and as it was known at any instant: what was counted then never changes.
    """

    action = Action.CASELOAD_VIEW
    operation_id = "count_caseload"
    query_shape = shapes.CountQuery
    answer_shape = shapes.CountsAnswer

    def get(self, request: Request) -> HttpResponseBase:
        team = self.asked.get("team")
        asked = as_known(self.asked.get("as_of"), self.asked.get("known_at"))
        found = counts(actor=self.by, asked=asked, team=team)
        self.consult(row_count=len(found.rows), filters=asked._asdict() | {"team": team})
        return self.show(shapes.answer(found))
