"""What everything written about one person has in common."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from accounts.idempotency import Reply
from api.endpoint import Answer, WritingEndpoint
from api.shapes import people
from offenders.models import Offender
from workflows.queries import person as reads


class AboutOffender(WritingEndpoint):
    """Anything written about one person."""

    noun = "offender"

    def seen_again(self, reply: Reply) -> int | None:
        return reads.visible(self.by, self.kwargs["offender"]).pk


class OffenderWriting(AboutOffender):
    """A change to one person: `perform` is the action, the body is what it takes."""

    has_version = True
    answer_shape = people.OffenderChanged
    perform: Callable[..., Any]

    def post(self, request: Request, offender: UUID) -> HttpResponseBase:
        given = self.sent() | {"by": self.by, "offender": offender, "version": self.version}

        def run() -> Answer:
            type(self).perform(**given)
            found = Offender.objects.get(public_id=offender)
            return Answer(people.changed(found), version=found.version)

        return self.write(run)
