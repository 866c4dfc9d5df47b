"""What waits for a second person."""

from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from accounts.policy import Action
from api.endpoint import Endpoint
from api.pagination import Cursor
from api.shapes import endorsements as shapes
from workflows.queries.endorsing import endorsements_page


class EndorsementList(Endpoint):
    """Everything in the caller's teams that waits for somebody else than its author."""

    action = Action.ENDORSEMENT_VIEW
    operation_id = "list_endorsements"
    query_shape = shapes.EndorsementQuery
    answer_shape = shapes.EndorsementList

    def get(self, request: Request) -> HttpResponseBase:
        limit = self.asked.pop("limit")
        given = self.asked.pop("cursor", "")
        cursor = Cursor(request.path, self.asked)
        keys = cursor.read(given) if given else None
        with cursor.refusing():
            page = endorsements_page(
                actor=self.by,
                today=timezone.localdate(),
                kind=self.asked.get("kind"),
                step=self.asked.get("step"),
                has_nobody=self.asked.get("nobody_eligible") == "true",
                after=keys,
                limit=limit,
            )
        ids = [one.task.id for one in page.rows]
        self.consult(ids=ids, row_count=len(ids), filters=self.asked)
        shown = {"as_of": page.as_of, "results": [shapes.row(one) for one in page.rows]}
        return self.show(shown | cursor.links(page.next, limit))
