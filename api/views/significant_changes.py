"""A significant change in a person's life."""

from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from accounts.policy import Action
from api.endpoint import Answer
from api.shapes import assessments
from api.views.about_offender import AboutOffender
from offenders.models import Offender
from workflows.actions.changes import record_change
from workflows.steps import change


class RecordChange(AboutOffender):
    """Record a significant change: a reassessment is due soon after it."""

    action = Action.CHANGE_RECORD
    has_version = True
    operation_id = "record_change"
    body_shape = change.RecordChange
    answer_shape = assessments.ChangeAnswer
    answer_status = 201

    def post(self, request: Request, offender: UUID) -> HttpResponseBase:
        values, version = self.sent(), self.version

        def run() -> Answer:
            made = record_change(by=self.by, offender=offender, version=version, **values)
            now = Offender.objects.get(pk=made.offender_id).version
            return Answer(assessments.change(made), status=201, version=now)

        return self.write(run)
