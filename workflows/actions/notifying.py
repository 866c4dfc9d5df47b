"""A change that the offender notifies where nothing asked for it yet (SOA 2003 s.84)."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action
from offenders.actions.counting import refuse_future
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender
from rules import current
from workflows.actions.locking import lock_person, officer, require_reason, visible_person
from workflows.actions.steps import complete_step
from workflows.models import DetailChange, Kind, Obligation, Task
from workflows.reconcile import reconcile


@transaction.atomic
def notify_change(
    *,
    by: Actor,
    offender: UUID,
    item: str,
    changed_on: dt.date | None = None,
    version: int | None = None,
    **values: Any,
) -> Task:
    """Record that the offender notified a change: the duty, and in the same act its fulfilment.

    The record is checked by another, as any notification. `values`: of the form
    RecordNotification. Returns the finished task. Raises NotVisible, NotPermitted, Stale, TaskBusy;
    RuleBroken: `registration_ended`, `first_notification_owed`, `not_owed_now`, `notified_since`;
    Invalid: `in_future`, `changed_afterwards`; and as `record_notification`.
    """
    person = lock_person(visible_person(by, offender).pk, version=version)
    Offender.objects.require(by, Action.NOTIFICATION_RECORD, person)
    require_reason(by, Action.NOTIFICATION_RECORD, "", team_id=person.team_id)
    notified_on = values["notified_on"]
    refuse_future(notified_on, field="notified_on")
    if changed_on is not None and changed_on > notified_on:
        said = "It was notified before that day."
        raise Invalid("changed_afterwards", said, field="changed_on")
    about = f"changed:{item}"
    owed = _owed(person, about)
    if owed is None:
        _refuse(person, notified_on)
    if owed is None or _is_sooner(changed_on, owed):
        DetailChange.objects.create(
            offender=person,
            item=item,
            changed_on=changed_on or notified_on,
            found_on=notified_on,
            recorded_by=officer(by),
        )
        reconcile(person, because=Action.NOTIFICATION_RECORD)
        owed = _owed(person, about)
    if owed is None:
        raise RuleBroken("not_owed_now", "No notification is owed while the person is away.")
    task = Task.objects.open().get(process__obligation=owed, step="record_notification")
    return complete_step(
        by=by, task=task.public_id, step="record_notification", values=dict(values)
    )


def _owed(person: Offender, about: str) -> Obligation | None:
    open_ = person.obligations.filter(kind=Kind.CHANGE_NOTIFICATION, closed_at__isnull=True)
    return open_.filter(about=about).first()


def _is_sooner(changed_on: dt.date | None, owed: Obligation) -> bool:
    """Whether the change was earlier than what is owed was reckoned from."""
    if changed_on is None:
        return False
    rule = current.in_force(timezone.localdate()).rule(owed.rule)
    return rule.due(changed_on, current.calendar()) < owed.due_on


def _refuse(person: Offender, notified_on: dt.date) -> None:
    if person.registration_ended_on is not None:
        raise RuleBroken("registration_ended", "The registration has ended.")
    if person.obligations.filter(kind=Kind.INITIAL_NOTIFICATION, closed_at__isnull=True).exists():
        said = "The first notification is owed: record that, with everything in it."
        raise RuleBroken("first_notification_owed", said)
    later = person.notifications.filter(voided_at__isnull=True, notified_on__gte=notified_on)
    if later.exists():
        said = "A notification of that day or later is on record already."
        raise RuleBroken("notified_since", said)
