"""Dip samples: drawing them, what was found, and the quality of each team's work."""

from uuid import UUID

from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from accounts.policy import Action
from api.endpoint import Answer, Endpoint, WritingEndpoint
from api.pagination import Cursor
from api.shapes import dip_samples as shapes
from api.shapes.common import PagedQuery
from workflows.actions.dip_samples import draw_sample
from workflows.queries import quality as reads
from workflows.steps import DrawSample as Draw


class DipSampleList(Endpoint):
    """Samples of the teams the caller supervises, newest first."""

    action = Action.DIP_SAMPLE_VIEW
    operation_id = "list_dip_samples"
    query_shape = PagedQuery
    answer_shape = shapes.SampleList

    def get(self, request: Request) -> HttpResponseBase:
        limit = self.asked.pop("limit")
        given = self.asked.pop("cursor", "")
        cursor = Cursor(request.path, self.asked)
        after = cursor.read(given)[0] if given else None
        today = timezone.localdate()
        page = reads.samples_page(actor=self.by, today=today, after=after, limit=limit)
        self.consult(row_count=len(page.rows))
        shown = {"results": [shapes.sample(row) for row in page.rows]}
        return self.show(shown | cursor.links(page.next, limit))


class DrawSample(WritingEndpoint):
    """Draw a sample of a team or of one officer's people; each becomes a task of the checker."""

    action = Action.DIP_SAMPLE_DRAW
    operation_id = "draw_dip_sample"
    body_shape = Draw
    body_names_records = True
    answer_shape = shapes.SampleAnswer
    answer_status = 201

    def post(self, request: Request) -> HttpResponseBase:
        values = self.sent()

        def run() -> Answer:
            made = draw_sample(by=self.by, **values)
            found = reads.sample(self.by, made.public_id)
            return Answer(shapes.sample(found), status=201)

        return self.write(run)


class DipSampleDetail(Endpoint):
    """One sample with the people of it whom the caller may see, and what was found."""

    action = Action.DIP_SAMPLE_VIEW
    noun = "dip_sample"
    operation_id = "get_dip_sample"
    answer_shape = shapes.SampleDetailAnswer

    def get(self, request: Request, dip_sample: UUID) -> HttpResponseBase:
        found = reads.sample(self.by, dip_sample)
        items = reads.items_of(self.by, found)
        tasks = reads.tasks_of(items)
        ids = [str(item.offender.public_id) for item in items]
        self.consult(ids=ids, row_count=len(items))
        shown = [shapes.item(item, tasks.get(item.pk)) for item in items]
        return self.show(shapes.sample(found) | {"items": shown})


class QualityByTeam(Endpoint):
    """How well cases are managed, by team: reviews, samples and work that came back."""

    action = Action.DIP_SAMPLE_VIEW
    operation_id = "list_quality"
    query_shape = shapes.QualityQuery
    answer_shape = shapes.QualityAnswer

    def get(self, request: Request) -> HttpResponseBase:
        found = reads.quality(actor=self.by, today=timezone.localdate(), **self.asked)
        self.consult(row_count=len(found), filters={k: str(v) for k, v in self.asked.items()})
        return self.show({"results": [shapes.quality(team) for team in found]})
