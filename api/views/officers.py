"""Officers: what they were trained in."""

from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from accounts.idempotency import Reply
from accounts.policy import Action
from api.endpoint import Answer, WritingEndpoint
from api.shapes import officers as shapes
from workflows.actions.trainings import record_training
from workflows.steps.training import RecordTraining as Form


class RecordTraining(WritingEndpoint):
    """Record a training that an officer completed. Never one's own."""

    action = Action.TRAINING_RECORD
    noun = "officer"
    operation_id = "record_training"
    body_shape = Form
    answer_shape = shapes.TrainingAnswer
    answer_status = 201

    def post(self, request: Request, officer: UUID) -> HttpResponseBase:
        values = self.sent()

        def run() -> Answer:
            made = record_training(by=self.by, officer=officer, **values)
            return Answer(shapes.training(made), status=201)

        return self.write(run)

    def seen_again(self, reply: Reply) -> int | None:
        return None
