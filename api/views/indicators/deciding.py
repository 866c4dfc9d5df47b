"""What every decision about an indicator does the same way."""

from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponseBase
from rest_framework.request import Request

from accounts.idempotency import Reply
from api.endpoint import Answer, WritingEndpoint
from risk.models import Indicator
from workflows.queries import indicators as reads


class Deciding(WritingEndpoint):
    """A decision about one indicator, by `perform`."""

    noun = "indicator"
    perform: Any

    def post(self, request: Request, indicator: UUID) -> HttpResponseBase:
        given = self.sent()

        def run() -> Answer:
            found = type(self).perform(by=self.by, indicator=indicator, **given)
            return Answer(self.told(found))

        return self.write(run)

    def told(self, found: Indicator) -> dict[str, Any]:
        """What the caller is answered of the indicator that `perform` leaves."""
        raise NotImplementedError

    def seen_again(self, reply: Reply) -> int | None:
        """Whom it is about now. Raises NotVisible where the caller sees it no more."""
        return reads.visible(self.by, UUID(orjson.loads(reply.body)["id"])).offender_id
