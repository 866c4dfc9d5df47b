"""What is decided about a person beside any task: status, level, mode, visits, ties."""

from uuid import UUID

from django.http import HttpResponseBase
from rest_framework.request import Request

from accounts.policy import Action
from api.endpoint import Answer
from api.shapes import conflicts
from api.shapes import decisions as shapes
from api.views.about_offender import AboutOffender, OffenderWriting
from offenders.models import Offender
from workflows.actions import people as actions
from workflows.actions.notifying import notify_change
from workflows.actions.voiding import void_visit
from workflows.steps import managing, notification


class ChangeStatus(OffenderWriting):
    """Say where the person is from a day on: what is owed is worked out again."""

    action = Action.STATUS_CHANGE
    operation_id = "change_status"
    body_shape = shapes.ChangeStatus
    perform = staticmethod(actions.change_status)


class ChangeLevel(OffenderWriting):
    """Raise the management level: due dates move at once. Only an endorsed assessment lowers it."""

    action = Action.LEVEL_CHANGE
    operation_id = "change_level"
    body_shape = managing.ChangeLevel
    perform = staticmethod(actions.change_level)


class ChangeMode(OffenderWriting):
    """Decide on active or reactive management, as an inspector."""

    action = Action.MODE_CHANGE
    operation_id = "change_mode"
    body_shape = shapes.ChangeMode
    perform = staticmethod(actions.change_mode)


class VoidVisit(OffenderWriting):
    """Void a wrong visit. It is kept, and what is owed is worked out again without it."""

    action = Action.VISIT_VOID
    operation_id = "void_visit"
    body_shape = shapes.VoidVisit
    perform = staticmethod(void_visit)


class BringVisitForward(OffenderWriting):
    """Direct that the next visit is made sooner."""

    action = Action.VISIT_BRING_FORWARD
    operation_id = "bring_visit_forward"
    body_shape = managing.BringVisitForward
    perform = staticmethod(actions.bring_visit_forward)


class NotifyChange(OffenderWriting):
    """Record that the person notified a change, such as a new address, that no task asked for."""

    action = Action.NOTIFICATION_RECORD
    operation_id = "notify_change"
    body_shape = notification.NotifyChange
    perform = staticmethod(notify_change)


class DeclareConflict(AboutOffender):
    """Declare that an officer has a tie with the person: from now on they see nothing of them."""

    action = Action.CONFLICT_DECLARE
    has_version = True
    operation_id = "declare_conflict"
    body_shape = conflicts.DeclareConflict
    answer_shape = conflicts.ConflictAnswer
    answer_status = 201

    def post(self, request: Request, offender: UUID) -> HttpResponseBase:
        values, version = self.sent(), self.version

        def run() -> Answer:
            made = actions.declare_conflict(
                by=self.by, offender=offender, version=version, **values
            )
            now = Offender.objects.get(pk=made.offender_id).version
            return Answer({"user": values["user"]}, status=201, version=now)

        return self.write(run)
