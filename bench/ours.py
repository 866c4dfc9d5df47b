"""The project's own lists behind the thinnest DRF view: without sign-in and record."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import orjson
from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.actor import Actor
from workflows.queries import due, inbox


class Inbox(APIView):
    """One page of fifty. `actor`, `today` and `order` are given to `as_view`."""

    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []
    actor: Actor | None = None
    today = dt.date.min
    order = "priority"

    def get(self, request: Request) -> HttpResponse:
        page = inbox.tasks_page(
            actor=self.actor, scope="mine", today=self.today, order=self.order, limit=50
        )
        shown = {"as_of": page.as_of, "results": [inbox.shape(row) for row in page.rows]}
        return HttpResponse(orjson.dumps(shown), content_type="application/json")


def due_pages(actor: Actor, today: dt.date, to_on: dt.date) -> Iterator[bytes]:
    """The whole due list, as the bodies of its pages of a thousand."""
    after = None
    while True:
        page = due.due_rows(
            actor=actor,
            from_on=today,
            to_on=to_on,
            as_of=today,
            today=today,
            after=after,
            limit=1000,
        )
        yield orjson.dumps([due.shape(row) for row in page.rows])
        if page.next is None:
            return
        after = page.next
