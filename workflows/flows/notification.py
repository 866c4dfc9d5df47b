"""Initial, change and periodic notification."""

from viewflow import this
from viewflow.workflow import flow

from accounts.policy import Action
from workflows.engine.nodes import Step
from workflows.flows.base import OfficerFlow
from workflows.steps import CheckNotification, RecordNotification


class NotificationFlow(OfficerFlow):
    """Notification

    The offender notifies; an officer records it, which fulfils the duty that day; another checks
    the record. A record found wrong is voided and the duty stands again.
    """

    process_title = "Notification"

    start = flow.StartHandle(this.begin).Next(this.record_notification)
    record_notification = (
        Step(RecordNotification, Action.NOTIFICATION_RECORD)
        .Annotation(title="Notification")
        .Assign(this.offender_manager)
        .Next(this.check_notification)
    )
    check_notification = (
        Step(CheckNotification, Action.NOTIFICATION_CHECK, due=this.endorse_by)
        .Annotation(title="Check the notification")
        .Next(this.end)
    )
    end = flow.End()
