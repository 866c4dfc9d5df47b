"""Where officers would order the work otherwise."""

from django.http import HttpResponseBase
from rest_framework.request import Request

from accounts.policy import Action
from api.endpoint import Endpoint
from api.pagination import Cursor
from api.shapes import disagreements as shapes
from api.views.tasks import TaskWriting
from workflows.actions.disagreeing import disagree
from workflows.queries.disagreements import disagreements_page
from workflows.steps.tasks import DisagreeWithPriority


class Disagree(TaskWriting):
    """Say that a task stands in the wrong place. It is kept for a supervisor and moves nothing."""

    action = Action.PRIORITY_DISAGREE
    operation_id = "disagree_with_priority"
    body_shape = DisagreeWithPriority
    perform = staticmethod(disagree)


class DisagreementList(Endpoint):
    """What officers said against the order of work, the newest first."""

    action = Action.DISAGREEMENT_VIEW
    operation_id = "list_disagreements"
    query_shape = shapes.DisagreementQuery
    answer_shape = shapes.DisagreementList

    def get(self, request: Request) -> HttpResponseBase:
        limit = self.asked.pop("limit")
        given = self.asked.pop("cursor", "")
        cursor = Cursor(request.path, self.asked)
        after = cursor.read(given)[0] if given else None
        page = disagreements_page(actor=self.by, after=after, limit=limit)
        ids = [str(found.public_id) for found in page.rows]
        self.consult(ids=ids, row_count=len(ids))
        shown = {"results": [shapes.row(found) for found in page.rows]}
        return self.show(shown | cursor.links(page.next, limit))
