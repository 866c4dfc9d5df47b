"""The precision ledger of indicators."""

from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from accounts.policy import Action
from api.endpoint import Endpoint
from api.shapes import precision as shapes
from workflows.queries.precision import precision, proposed


class IndicatorPrecision(Endpoint):
    """How often indicators of each source and type led to something, with 95 % intervals."""

    action = Action.INDICATOR_LEDGER_VIEW
    operation_id = "list_indicator_precision"
    query_shape = shapes.PrecisionQuery
    answer_shape = shapes.PrecisionLedger

    def get(self, request: Request) -> HttpResponseBase:
        today = timezone.localdate()
        found = precision(actor=self.by, today=today, **self.asked)
        self.consult(row_count=len(found), filters={k: str(v) for k, v in self.asked.items()})
        proposals = [shapes.proposal(one) for one in proposed(found, today)]
        return self.show({"results": [shapes.line(one) for one in found], "proposals": proposals})
