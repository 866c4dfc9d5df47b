"""The due list for other systems: home visits that are due, always with everything overdue."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse
from rest_framework.request import Request

from accounts.policy import Action
from api import reading
from api.endpoint import Endpoint
from api.pagination import Cursor
from api.renderers import CSVRenderer, JSONRenderer, NDJSONRenderer, dumps
from api.shapes import due_visits as shapes
from api.spreadsheet import lines
from audit import record as audit
from audit.models import Event
from offenders.errors import Invalid
from workflows.queries import due


class DueVisits(Endpoint):
    """Home visits due from a day to a day, with everything overdue, first due first.

    JSON comes in pages; CSV and NDJSON come whole, as a stream. Deferral changes no date and no
    row. As of any day, and as it was known at any instant: what was overdue then never changes.
    """

    action = Action.DUE_VISITS_READ
    operation_id = "list_due_visits"
    query_shape = shapes.DueQuery
    answer_shape = shapes.DueList
    answer_media = ("text/csv", "application/x-ndjson")
    renderer_classes = [JSONRenderer, CSVRenderer, NDJSONRenderer]

    def get(self, request: Request) -> HttpResponseBase:
        window = shapes.window(self.asked)
        wanted = request.accepted_renderer.format
        if wanted == "json":
            return self._page(window)
        for name in {"limit", "cursor"} & self.asked.keys():
            raise Invalid(f"not_in_{wanted}", f"{wanted.upper()} comes whole.", field=name)
        return self._csv(window) if wanted == "csv" else self._ndjson(window)

    def _page(self, window: dict[str, Any]) -> HttpResponseBase:
        limit = self.asked.pop("limit", shapes.PAGE)
        given = self.asked.pop("cursor", "")
        # The day is part of the list: later pages count overdue from the same one.
        self.asked["as_of"] = window["as_of"]
        cursor = Cursor(self.request.path, self.asked)
        keys = cursor.read(given) if given else None
        after = (reading.day(keys[0]), keys[1]) if keys else None
        page = due.due_rows(actor=self.by, after=after, limit=limit, **window)
        people = [str(row.person_id) for row in page.rows]
        self.consult(ids=people, row_count=len(people), filters=window)
        shown = {
            "as_of": page.as_of,
            "known_at": window["known_at"],
            "results": [due.shape(row) for row in page.rows],
        }
        return self.show(shown | cursor.links(page.next, limit))

    def _csv(self, window: dict[str, Any]) -> HttpResponseBase:
        event = self.consult(filters=window)
        rows = due.stream_due_rows(actor=self.by, **window)
        name = f"due-visits-{window['as_of'].isoformat()}.csv"
        return StreamingHttpResponse(
            lines(shapes.COLUMNS, map(shapes.cells, self._counted(event, rows))),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def _ndjson(self, window: dict[str, Any]) -> HttpResponseBase:
        event = self.consult(filters=window)
        rows = self._counted(event, due.stream_due_rows(actor=self.by, **window))
        return StreamingHttpResponse(
            (dumps(due.shape(row)) + b"\n" for row in rows),
            content_type="application/x-ndjson",
        )

    def _counted(self, event: Event, rows: Iterator[due.DueRow]) -> Iterator[due.DueRow]:
        """Each row; after the last, the record says that the stream was whole."""
        sent = 0
        for row in rows:
            yield row
            sent += 1
        audit.complete_stream(event, by=self.by, row_count=sent)
