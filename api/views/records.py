"""One person's record: what happened with them, kind by kind, newest first."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model
from django.http import HttpResponseBase
from rest_framework.request import Request

from accounts.policy import Action, Redaction
from api import reading
from api.endpoint import Endpoint
from api.pagination import Cursor
from api.shapes import timeline as timeline_shapes
from api.shapes import visits as visit_shapes
from api.shapes.common import PagedQuery
from offenders.models import Offender
from workflows.queries import person as people
from workflows.queries import visits
from workflows.queries.sql import Page
from workflows.queries.timeline import timeline_page

Row = TypeVar("Row", bound=Model)


class WholeRecord(Endpoint):
    """A look at what somebody's record holds beside the short card."""

    action = Action.OFFENDER_VIEW
    is_beyond_card = True

    @property
    def shows_text(self) -> bool:
        """Whether the caller reads what somebody typed, which may hold an address."""
        return self.grant.redaction is Redaction.NONE


class OfPerson(WholeRecord):
    """Rows about one person, page by page."""

    noun = "offender"
    query_shape = PagedQuery

    def person(self, offender: UUID) -> Offender:
        """The person, whom the caller sees, with a reason where one is needed."""
        found = people.visible(self.by, offender)
        self.need_reason(team_id=found.team_id)
        return found

    def dated_page(
        self,
        request: Request,
        found: Offender,
        read: Callable[..., Page[Row]],
        shape: Callable[[Row], dict[str, Any]],
    ) -> HttpResponseBase:
        """What `read` finds of a list by day and key, each row as `shape` has it."""
        limit = self.asked.pop("limit")
        given = self.asked.pop("cursor", "")
        cursor = Cursor(request.path, self.asked)
        keys = cursor.read(given) if given else None
        after = keys and (reading.day(keys[0]), keys[1])
        page = read(found, after=after, limit=limit)
        ids = [str(row.public_id) for row in page.rows]  # type: ignore[attr-defined]
        self.consult(offender_id=found.pk, ids=ids, row_count=len(ids))
        rows = [shape(row) for row in page.rows]
        return self.show({"results": rows} | cursor.links(page.next, limit))


class VisitsOfPerson(OfPerson):
    """Every visit to one person and every attempt, the void ones among them, newest first."""

    operation_id = "list_visits"
    answer_shape = visit_shapes.VisitList

    def get(self, request: Request, offender: UUID) -> HttpResponseBase:
        found = self.person(offender)
        shows_text = self.shows_text

        def shape(row: Any) -> dict[str, Any]:
            return visit_shapes.visit_row(row, shows_text=shows_text)

        return self.dated_page(request, found, visits.visits_page, shape)


class TimelineOfPerson(OfPerson):
    """What happened with one person, newest first: the timeline of the person's page."""

    operation_id = "get_timeline"
    answer_shape = timeline_shapes.Timeline

    def get(self, request: Request, offender: UUID) -> HttpResponseBase:
        found = self.person(offender)
        limit = self.asked.pop("limit")
        given = self.asked.pop("cursor", "")
        cursor = Cursor(request.path, self.asked)
        page = timeline_page(found, after=cursor.read(given) if given else None, limit=limit)
        self.consult(offender_id=found.pk, row_count=len(page.rows))
        rows = [timeline_shapes.entry(one, shows_text=self.shows_text) for one in page.rows]
        return self.show({"results": rows} | cursor.links(page.next, limit))


class VisitDetail(WholeRecord):
    """One visit whole: who was there, its preparation, its write-ups and its reviews."""

    noun = "visit"
    operation_id = "get_visit"
    answer_shape = visit_shapes.VisitWhole

    def get(self, request: Request, visit: UUID) -> HttpResponseBase:
        found = visits.visible(self.by, visit)
        self.need_reason(team_id=found.offender.team_id)
        self.consult(offender_id=found.offender_id)
        is_whole = self.shows_text and visits.shows_work(self.by, found.offender)
        work = visits.with_work(found) if is_whole else None
        return self.show(visit_shapes.visit_whole(found, work, shows_text=self.shows_text))
