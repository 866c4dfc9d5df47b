"""The report on consistency."""

from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from accounts.policy import Action
from api.endpoint import Endpoint
from api.shapes import consistency as shapes
from workflows.queries.consistency import report


class ConsistencyReport(Endpoint):
    """Whether people of different teams and characteristics are managed alike, in numbers."""

    action = Action.CONSISTENCY_VIEW
    operation_id = "get_consistency"
    answer_shape = shapes.ConsistencyAnswer

    def get(self, request: Request) -> HttpResponseBase:
        found = report(actor=self.by, today=timezone.localdate())
        self.consult(row_count=len(found))
        return self.show({"results": [shapes.group(one) for one in found]})
