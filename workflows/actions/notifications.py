"""A notification: recorded by one officer, checked by another."""

from typing import Any

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import User
from offenders import actions as people
from offenders.errors import Invalid
from offenders.models import Notification, Offender
from workflows.actions.dating import refuse_before_registration
from workflows.actions.deciding import refuse_own
from workflows.actions.stepping import Written
from workflows.models import Kind, Task

#: What is notified by a task of each kind.
KINDS = {
    Kind.INITIAL_NOTIFICATION: Notification.Kind.INITIAL,
    Kind.CHANGE_NOTIFICATION: Notification.Kind.CHANGE,
    Kind.PERIODIC_NOTIFICATION: Notification.Kind.PERIODIC,
}


def record_notification(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Record that the offender notified. The duty is fulfilled by that day's attendance.

    Raises Invalid: `in_future`, `before_relevant_date`.
    """
    notified_on = values["notified_on"]
    if notified_on > timezone.localdate():
        raise Invalid("in_future", "It has not happened yet.", field="notified_on")
    refuse_before_registration(person, notified_on, field="notified_on")
    notification = people.record_notification(
        offender=person, kind=KINDS[Kind(task.kind)], recorded_by=user, **values
    )
    obligation = task.process.obligation
    task.process.data = {**task.process.data, "notification": str(notification.public_id)}
    task.process.save(update_fields=["data"])
    return Written(
        fulfilled=((obligation.kind, obligation.about),),
        payload={"notification": str(notification.public_id), "notified_on": str(notified_on)},
    )


def check_notification(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Accept the record, or void it, which makes the duty stand again.

    Raises RuleBroken `own_record`.
    """
    notification = _record_of(task, person)
    refuse_own(
        by,
        notification.recorded_by_id,
        code="own_record",
        message="Someone other than the writer must check it.",
    )
    if values["decision"] == "void":
        people.void_notification(
            notification=notification, voided_by=user, reason=values["comment"]
        )
    else:
        people.check_notification(
            notification=notification, checked_by=user, acting_for=by.acting_for_id
        )
    return Written(
        reason=values["comment"],
        payload={"notification": str(notification.public_id), "decision": values["decision"]},
    )


def _record_of(task: Task, person: Offender) -> Notification:
    """The notification that this process recorded: the newest of its kind not yet checked."""
    waiting = person.notifications.filter(
        kind=KINDS[Kind(task.kind)],
        origin=Notification.Origin.RECORDED,
        checked_at__isnull=True,
        voided_at__isnull=True,
    )
    return waiting.get(public_id=task.process.data["notification"])
