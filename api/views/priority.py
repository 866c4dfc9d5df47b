"""Why a task stands where it does."""

from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from accounts.policy import Action
from api.endpoint import Endpoint
from api.shapes import priority as shapes
from workflows.queries.explaining import explanation
from workflows.queries.task import visible


class TaskPriority(Endpoint):
    """The reasons for an open task's place, what changed since, and what a visit would do."""

    action = Action.TASK_VIEW
    noun = "task"
    operation_id = "get_task_priority"
    query_shape = shapes.PriorityQuery
    answer_shape = shapes.PriorityAnswer
    obeys_rules = True

    def get(self, request: Request, task: UUID) -> HttpResponseBase:
        found = visible(self.by, task)
        told = explanation(self.by, found, since=self.asked.get("since"))
        self.consult(offender_id=found.offender_id, filters=self.asked)
        return self.show(shapes.explained(told))
