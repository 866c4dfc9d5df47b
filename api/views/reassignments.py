"""Moving many people between offender managers: look first, then move all or none, undo once."""

from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from accounts.idempotency import Reply
from accounts.policy import Action
from api import reading
from api.endpoint import Answer, Endpoint, WritingEndpoint
from api.pagination import Cursor
from api.shapes import reassignments as shapes
from offenders.models import Offender
from workflows.actions import caseload as actions
from workflows.actions.splitting import suggest_split
from workflows.actions.undoing import undo_reassignment
from workflows.errors import NotVisible
from workflows.queries import reassignment as reads
from workflows.queries.moving import Preview
from workflows.steps import reassignment as steps


class RecentReassignments(Endpoint):
    """Reassignments of people whom the caller may see, newest first, and until when each is undone.

    Of one team, or of every team in reach.
    """

    action = Action.CASELOAD_REASSIGN
    is_consultation = False  # the reason is asked for when people are moved
    operation_id = "list_reassignments"
    query_shape = shapes.RecentQuery
    answer_shape = shapes.RecentList

    def get(self, request: Request) -> HttpResponseBase:
        limit = self.asked.pop("limit")
        given = self.asked.pop("cursor", "")
        cursor = Cursor(request.path, self.asked)
        after = cursor.read(given)[0] if given else None
        page = reads.recent_page(actor=self.by, after=after, limit=limit, **self.asked)
        ids = [str(row.id) for row in page.rows]
        self.consult(ids=ids, row_count=len(ids), filters=self.asked or None)
        now = timezone.now()
        rows = [shapes.recent(row, now) for row in page.rows]
        return self.show({"results": rows} | cursor.links(page.next, limit))


class ReassignmentDetail(Endpoint):
    """A reassignment: who moved, and what an undo gave back."""

    action = Action.CASELOAD_VIEW
    noun = "reassignment"
    operation_id = "get_reassignment"
    answer_shape = shapes.ReassignmentAnswer

    def get(self, request: Request, reassignment: UUID) -> HttpResponseBase:
        found = reads.visible(self.by, reassignment)
        people = [str(move.offender.public_id) for move in found.moves.all()]
        self.consult(ids=people, row_count=len(people))
        return self.show(shapes.reassignment(found))


class PreviewReassignment(Endpoint):
    """What a reassignment would change. A POST for the sake of its body; it changes nothing."""

    action = Action.CASELOAD_REASSIGN
    is_consultation = False  # the reason is asked for when it is decided
    operation_id = "preview_reassignment"
    body_shape = steps.PreviewReassignment
    body_names_records = True
    answer_shape = shapes.PreviewAnswer

    def post(self, request: Request) -> HttpResponseBase:
        values = reading.body(request, steps.PreviewReassignment)
        found = actions.preview_reassignment(by=self.by, **values)
        people = [str(person.id) for person in found.people]
        self.consult(ids=people, row_count=len(people), filters=_receivers(found))
        return self.show(shapes.preview(found))


class SuggestSplit(Endpoint):
    """Who of a team could take people, fairly. A POST for its body; it changes nothing."""

    action = Action.CASELOAD_REASSIGN
    is_consultation = False  # the reason is asked for when it is decided
    operation_id = "suggest_split"
    body_shape = steps.SuggestSplit
    body_names_records = True
    answer_shape = shapes.SuggestionAnswer

    def post(self, request: Request) -> HttpResponseBase:
        values = reading.body(request, steps.SuggestSplit)
        found = suggest_split(by=self.by, **values)
        people = [str(person) for person in found.people]
        self.consult(ids=people, row_count=len(people), filters={"team": str(values["team"])})
        return self.show(shapes.suggestion(found))


class Reassigning(WritingEndpoint):
    """What moves people: all of them or none, due dates untouched."""

    action = Action.CASELOAD_REASSIGN
    answer_shape = shapes.ReassignmentAnswer

    def moved(self, status: int, **given: Any) -> HttpResponseBase:
        """The reassignment that `perform` makes of `given`."""

        def run() -> Answer:
            made = type(self).perform(by=self.by, **given)
            found = reads.with_moves(self.by).get(pk=made.pk)
            return Answer(
                shapes.reassignment(found),
                status=status,
                headers={"Location": shapes.path(found)} if status == 201 else {},
            )

        return self.write(run)

    def seen_again(self, reply: Reply) -> None:
        """Everyone whom the kept answer names. Raises NotVisible."""
        named = {move["offender"] for move in orjson.loads(reply.body)["moves"]}
        seen = Offender.objects.permitted(self.by, Action.CASELOAD_VIEW)
        if seen.filter(public_id__in=named).count() < len(named):
            raise NotVisible

    perform: Any


class Reassign(Reassigning):
    """Move people to an offender manager."""

    operation_id = "reassign_caseload"
    body_shape = steps.Reassign
    body_names_records = True
    answer_status = 201
    perform = staticmethod(actions.reassign_caseload)

    def post(self, request: Request) -> HttpResponseBase:
        return self.moved(201, **self.sent())


class UndoReassignment(Reassigning):
    """Take a reassignment back, within a day: only ownership that has not changed since."""

    noun = "reassignment"
    operation_id = "undo_reassignment"
    perform = staticmethod(undo_reassignment)

    def post(self, request: Request, reassignment: UUID) -> HttpResponseBase:
        reading.body(request, self.body_shape)
        return self.moved(200, reassignment=reassignment)


def _receivers(found: Preview) -> dict[str, list[str]]:
    """To whom people would go, for the record."""
    return {"to": sorted({str(officer) for officer in found.to.values()})}
