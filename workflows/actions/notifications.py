"""A notification: recorded by one officer, checked by another."""

from functools import partial
from typing import Any

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import User
from offenders import actions as people
from offenders.errors import Invalid
from offenders.models import Address, Notification, Offender
from workflows.actions.dating import refuse_before_registration
from workflows.actions.deciding import refuse_own
from workflows.actions.indicators.following import (
    follow_notification,
    take_back_what_followed,
)
from workflows.actions.stepping import Written
from workflows.models import Kind, Task
from workflows.steps.notification import STAYS

#: Characters of the column.
LONGEST_POSTCODE = 8
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

    A new address stands at once, so that nobody is sent to the old door. Later than its last day,
    the notification is an indicator besides. Raises Invalid: `in_future`, `before_relevant_date`,
    `say_which_address`, `address_needed`, `day_needed`, `invalid_postcode`; RuleBroken
    `address_overlaps`.
    """
    address, values = _new_address(values)
    notified_on = values["notified_on"]
    if notified_on > timezone.localdate():
        raise Invalid("in_future", "It has not happened yet.", field="notified_on")
    refuse_before_registration(person, notified_on, field="notified_on")
    notification = people.record_notification(
        offender=person, kind=KINDS[Kind(task.kind)], recorded_by=user, **values
    )
    if address:
        _move(person, address, notification)
    obligation = task.process.obligation
    task.process.data = {**task.process.data, "notification": str(notification.public_id)}
    task.process.save(update_fields=["data"])
    raised = follow_notification(notification, obligation.due_on, person, user)
    return Written(
        fulfilled=((obligation.kind, obligation.about),),
        payload={
            "notification": str(notification.public_id),
            "notified_on": str(notified_on),
            "indicators": raised,
            "new_address": address.get("kind", ""),
        },
    )


def _new_address(values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The address that was notified, by the names of `offenders.actions`, and the other values.

    Empty where it stays. Raises Invalid.
    """
    prefix = "new_address_"
    rest = {name: value for name, value in values.items() if not name.startswith(prefix)}
    kind = values.get(f"{prefix}kind", "")
    line, day = values.get(f"{prefix}line", "").strip(), values.get(f"{prefix}from")
    town, postcode = values.get(f"{prefix}town", ""), values.get(f"{prefix}postcode", "")
    if kind in {"", STAYS}:
        if line or town or postcode or day is not None:
            said = "Say what the new address is, or leave it empty."
            raise Invalid("say_which_address", said, field=f"{prefix}kind")
        return {}, rest
    if not line:
        raise Invalid("address_needed", "Enter the new address.", field=f"{prefix}line")
    if day is None:
        raise Invalid("day_needed", "Enter the first day there.", field=f"{prefix}from")
    if day > timezone.localdate():
        raise Invalid("in_future", "That day is still to come.", field=f"{prefix}from")
    postcode = postcode.upper()  # some letters become two
    if len(postcode) > LONGEST_POSTCODE:
        raise Invalid("invalid_postcode", "That is no postcode.", field=f"{prefix}postcode")
    address = {"kind": kind, "line_1": line, "town": town, "from_on": day}
    return address | {"postcode": postcode}, rest


def _move(person: Offender, address: dict[str, Any], notification: Notification) -> None:
    if address["kind"] in Address.HOME:
        people.change_address(offender=person, notification=notification, **address)
        return
    where = {name: value for name, value in address.items() if name != "kind"}
    people.add_premises(offender=person, notification=notification, **where)


def check_notification(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Accept the record, or void it, which makes the duty stand again.

    An address that a void one said is void with it, and the home that it moved is put back, unless
    something newer moved it since. Raises RuleBroken `own_record`.
    """
    notification = _record_of(task, person)
    refuse_own(
        by,
        notification.recorded_by_id,
        code="own_record",
        message="Someone other than the writer must check it.",
    )
    is_void, back = values["decision"] == "void", []
    if is_void:
        people.void_notification(
            notification=notification, voided_by=user, reason=values["comment"]
        )
        back = people.take_addresses_back(offender=person, notification=notification)
    else:
        people.check_notification(
            notification=notification, checked_by=user, acting_for=by.acting_for_id
        )
    return Written(
        reason=values["comment"],
        payload={
            "notification": str(notification.public_id),
            "decision": values["decision"],
            "addresses_taken_back": [address.kind for address in back],
        },
        after=partial(_take_back, by=by, person=person, notification=notification)
        if is_void
        else None,
    )


def _take_back(task: Task, *, by: Actor, person: Offender, notification: Notification) -> None:
    take_back_what_followed(
        f"notification:{notification.public_id}",
        by=by,
        person=person,
        reason=f"Notification voided: {notification.void_reason}",
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
