"""Something particular that somebody must do about a person by a day."""

from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from accounts.policy import Action
from api.endpoint import Answer
from api.shapes import case_actions
from api.views.about_offender import AboutOffender
from offenders.models import Offender
from workflows.actions.case_actions import raise_action
from workflows.steps import case_action


class RaiseAction(AboutOffender):
    """Raise an action: a task with a day, for the offender manager or a named officer."""

    action = Action.CASE_ACTION_RAISE
    has_version = True
    operation_id = "raise_case_action"
    body_shape = case_action.RaiseAction
    answer_shape = case_actions.CaseActionAnswer
    answer_status = 201

    def post(self, request: Request, offender: UUID) -> HttpResponseBase:
        values, version = self.sent(), self.version

        def run() -> Answer:
            made = raise_action(by=self.by, offender=offender, version=version, **values)
            now = Offender.objects.get(pk=made.offender_id).version
            return Answer(case_actions.case_action(made), status=201, version=now)

        return self.write(run)
