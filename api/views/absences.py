"""Absences: who is away and who covers, recording one and calling it off."""

from uuid import UUID

from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from accounts.policy import Action
from api import reading
from api.endpoint import Answer, Endpoint, WritingEndpoint
from api.pagination import Cursor
from api.shapes import absences as shapes
from workflows.actions import absences as actions
from workflows.queries import absences as reads
from workflows.steps.absences import RecordAbsence


class AbsenceList(Endpoint):
    """Who is away today or later, who covers, and what of their work is due.

    The work itself: `GET /tasks` with `scope=absent`, or `scope=covering` for what one covers.
    """

    action = Action.ABSENCE_VIEW
    operation_id = "list_absences"
    query_shape = shapes.AbsenceQuery
    answer_shape = shapes.AwayList

    def get(self, request: Request) -> HttpResponseBase:
        limit = self.asked.pop("limit")
        given = self.asked.pop("cursor", "")
        cursor = Cursor(request.path, self.asked)
        page = reads.away_page(
            actor=self.by,
            today=timezone.localdate(),
            team=self.asked.get("team"),
            after=cursor.read(given)[0] if given else None,
            limit=limit,
        )
        ids = [str(row.absence.public_id) for row in page.rows]
        self.consult(ids=ids, row_count=len(page.rows), filters=self.asked)
        shown = {"as_of": page.as_of, "results": [shapes.away(row) for row in page.rows]}
        return self.show(shown | cursor.links(page.next, limit))


class RecordAbsenceOf(WritingEndpoint):
    """Record that an officer is away, and who covers."""

    action = Action.ABSENCE_RECORD
    operation_id = "record_absence"
    body_shape = RecordAbsence
    answer_shape = shapes.AbsenceAnswer
    answer_status = 201

    def post(self, request: Request) -> HttpResponseBase:
        values = self.sent()

        def run() -> Answer:
            made = actions.record_absence(by=self.by, **values)
            return Answer(shapes.absence(made), status=201)

        return self.write(run)


class CancelAbsence(WritingEndpoint):
    """Call an absence off, or end it early. Its cover loses the work at once."""

    action = Action.ABSENCE_CANCEL
    noun = "absence"
    operation_id = "cancel_absence"
    answer_shape = shapes.AbsenceAnswer

    def post(self, request: Request, absence: UUID) -> HttpResponseBase:
        reading.body(request, self.body_shape)

        def run() -> Answer:
            return Answer(shapes.absence(actions.cancel_absence(by=self.by, absence=absence)))

        return self.write(run)
