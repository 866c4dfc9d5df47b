"""Lists by a day, newest first: the page, its record, and where it goes on."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model
from django.http import HttpResponseBase
from rest_framework.request import Request

from api import reading
from api.endpoint import Endpoint
from api.pagination import Cursor
from api.shapes.common import PagedQuery
from workflows.queries.sql import Page

Row = TypeVar("Row", bound=Model)


class DatedList(Endpoint):
    """Rows with a day, page by page."""

    query_shape = PagedQuery

    def dated_page(
        self,
        request: Request,
        read: Callable[..., Page[Row]],
        shape: Callable[[Row], dict[str, Any]],
        *,
        offender_id: int | None = None,
    ) -> HttpResponseBase:
        """What `read` finds of a list by day and key, each row as `shape` has it."""
        limit = self.asked.pop("limit")
        given = self.asked.pop("cursor", "")
        cursor = Cursor(request.path, self.asked)
        keys = cursor.read(given) if given else None
        page = read(after=keys and (reading.day(keys[0]), keys[1]), limit=limit)
        ids = [str(row.public_id) for row in page.rows]  # type: ignore[attr-defined]
        self.consult(offender_id=offender_id, ids=ids, row_count=len(ids))
        rows = [shape(row) for row in page.rows]
        return self.show({"results": rows} | cursor.links(page.next, limit))
