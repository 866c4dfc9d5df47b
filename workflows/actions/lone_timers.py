"""The timer of an officer out alone: started, ended, and rung when it runs out (our default).

It is for their safety alone: it gives no authority, and its want refuses no visit (PRACTICE 11).
"""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

import audit.record as audit
from accounts.actor import Actor
from accounts.models import Role, User
from accounts.policy import Action
from audit.models import Operation
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender
from rules import current
from workflows.actions.alerts import tell
from workflows.actions.locking import lock_person, officer, visible_task
from workflows.actions.preparing import VISIT_STEP, permitted_visit
from workflows.engine import transitions
from workflows.errors import TaskBusy
from workflows.models import Alert, LoneVisitWatch, Task
from workflows.querysets import TaskQuerySet


@transaction.atomic
def start_lone_visit(
    *, by: Actor, task: UUID, expected_end_at: dt.datetime, version: int | None = None
) -> LoneVisitWatch:
    """Start the timer as the officer who goes in alone.

    Raises as `permitted_visit`, Stale; Invalid: `in_past`, `too_long`; RuleBroken
    `someone_is_out` where one runs already.
    """
    row = permitted_visit(by, task, Action.LONE_VISIT_START)
    now = timezone.now()
    longest = current.in_force(timezone.localdate()).figure("lone_visit.longest")
    if expected_end_at <= now:
        raise Invalid("in_past", "That moment is past.", field="expected_end_at")
    if expected_end_at > now + dt.timedelta(hours=float(longest)):
        raise Invalid("too_long", f"At most {longest} hours ahead.", field="expected_end_at")
    if running(row.process_id) is not None:
        raise RuleBroken("someone_is_out", "A timer runs for this visit already.")
    transitions.touch(row, version=version)
    watch = LoneVisitWatch.objects.create(
        process=row.process,
        officer=officer(by),
        started_at=now,
        expected_end_at=expected_end_at,
    )
    _record(by, row, Action.LONE_VISIT_START, watch)
    return watch


@transaction.atomic
def end_lone_visit(
    *, by: Actor, task: UUID, note: str = "", version: int | None = None
) -> LoneVisitWatch:
    """Say that the officer is safe: oneself, or for a colleague with how one knows.

    Whatever became of the task meanwhile, and whoever manages the person by now. Raises
    NotVisible, NotPermitted, TaskBusy; Invalid `reason_needed`; RuleBroken `nobody_out`.
    """
    lock_person(_watched(by, task).offender_id)
    row = _watched(by, task)
    watch = running(row.process_id)
    if watch is None:
        raise RuleBroken("nobody_out", "No timer runs for this visit.")
    user = officer(by)
    if user.pk != watch.officer_id and not note.strip():
        raise Invalid("reason_needed", "Say how you know that they are safe.", field="note")
    if row.is_open and version is not None:
        transitions.touch(row, version=version)
    _end(watch, by=user, because=LoneVisitWatch.End.SAFE, note=note)
    _record(by, row, Action.LONE_VISIT_END, watch)
    return watch


def _watched(by: Actor, task: UUID) -> Task:
    """The task by the rule of the lists; one's own, as long as one is out alone for it.

    Who recognises a relative at the door, or whose people were moved meanwhile, can still say that
    they are safe.
    """
    if by.is_current and by.user_id is not None and by.acting_for_id is None:
        out = LoneVisitWatch.objects.filter(officer=by.user_id, ended_at__isnull=True)
        mine = Task.objects.filter(
            public_id=task, flow_task_type="HUMAN", process__in=out.values("process")
        )
        if (found := mine.select_related("process").first()) is not None:
            return found
    row = visible_task(by, task)
    Task.objects.require(by, Action.LONE_VISIT_END, row)
    return row


def end_with_outcome(user: User, process_id: int) -> None:
    """An officer out alone who records what happened is safe. Nobody else's word counts for it."""
    watch = running(process_id)
    if watch is not None and watch.officer_id == user.pk:
        _end(watch, by=user, because=LoneVisitWatch.End.OUTCOME, note="")


def carry_over(*, from_process: int, to_process: int) -> None:
    """Leave a timer that runs with the visit that is still to be made."""
    LoneVisitWatch.objects.filter(process=from_process, ended_at__isnull=True).update(
        process=to_process
    )


def running(process_id: int) -> LoneVisitWatch | None:
    """The timer that runs for a piece of work."""
    watches = LoneVisitWatch.objects.select_related("officer")
    return watches.filter(process=process_id, ended_at__isnull=True).first()


def ring(*, now: dt.datetime | None = None) -> int:
    """Tell supervisors and inspectors of each timer that ran out; again after some minutes.

    Returns how many rang. Safe to run twice: each rings once, and once again. Where somebody is
    changing the person, the next run rings.
    """
    at = now or timezone.now()
    again = _again_after(at)
    due = Q(alarm_raised_at__isnull=True) | Q(
        alarm_repeated_at__isnull=True, expected_end_at__lte=at - again
    )
    found = LoneVisitWatch.objects.filter(due, ended_at__isnull=True, expected_end_at__lte=at)
    keys = list(found.order_by("expected_end_at").values_list("pk", "process__offender_id"))
    return sum(_ring(key, person_id, at, again) for key, person_id in keys)


def _ring(key: int, person_id: int, at: dt.datetime, again: dt.timedelta) -> int:
    try:
        with transaction.atomic():
            person = lock_person(person_id)
            watch = LoneVisitWatch.objects.select_related("officer").get(pk=key)
            if watch.ended_at is not None:
                return 0
            return _rung(watch, person, at, again)
    except TaskBusy:
        return 0


def _rung(watch: LoneVisitWatch, person: Offender, at: dt.datetime, again: dt.timedelta) -> int:
    rings = 0
    if watch.alarm_raised_at is None:
        watch.alarm_raised_at, rings = at, 1
    elif watch.alarm_repeated_at is None and at >= watch.expected_end_at + again:
        watch.alarm_repeated_at, rings = at, 2
    if not rings:
        return 0
    watch.save(update_fields=["alarm_raised_at", "alarm_repeated_at"])
    _of_visit(watch).update(escalated_at=at)
    tell(_alerts(watch, person, rings))
    audit.record(
        by=Actor.system("lone-visits"),
        action=Action.LONE_VISIT_ALARM,
        operation=Operation.ALTERATION,
        offender_id=person.pk,
        subject=f"lone_visit:{watch.public_id}",
        payload={"officer": watch.officer.staff_number, "times": rings},
    )
    return 1


def _alerts(watch: LoneVisitWatch, person: Offender, rings: int) -> list[Alert]:
    """To supervisors of the person's and the officer's team and to inspectors of the force.

    Who may not see the person is told of the officer alone: somebody must ring them.
    """
    teams = [key for key in (person.team_id, watch.officer.team_id) if key is not None]
    senior = User.objects.filter(
        Q(role=Role.SUPERVISOR, team__in=teams) | Q(role=Role.INSPECTOR, force=person.force_id),
        is_active=True,
    ).exclude(pk=watch.officer_id)
    return [
        Alert(
            to=to,
            about=Alert.About.LONE_VISIT_OVERDUE,
            subject=f"lone_visit:{watch.public_id}:{rings}",
            offender=person if _sees(to, person) else None,
            officer=watch.officer,
            on=timezone.localdate(watch.expected_end_at),
        )
        for to in senior.order_by("pk")
    ]


def _sees(user: User, person: Offender) -> bool:
    seen = Offender.objects.permitted(Actor.of_user(user), Action.OFFENDER_VIEW)
    return seen.filter(pk=person.pk).exists()


def _end(watch: LoneVisitWatch, *, by: User, because: LoneVisitWatch.End, note: str) -> None:
    watch.ended_at, watch.ended_by = timezone.now(), by
    watch.ended_because, watch.end_note = because, note
    watch.save(update_fields=["ended_at", "ended_by", "ended_because", "end_note"])
    if watch.alarm_raised_at is not None:
        _of_visit(watch).update(escalated_at=None)


def _of_visit(watch: LoneVisitWatch) -> TaskQuerySet:
    """The visit that is still to be recorded, whose place in the lists shows the alarm."""
    return Task.objects.open().filter(process=watch.process_id, step=VISIT_STEP)


def _again_after(at: dt.datetime) -> dt.timedelta:
    minutes = current.in_force(timezone.localdate(at)).figure("lone_visit.second_alarm")
    return dt.timedelta(minutes=float(minutes))


def _record(by: Actor, task: Task, action: Action, watch: LoneVisitWatch) -> None:
    audit.record(
        by=by,
        action=action,
        operation=Operation.ALTERATION,
        offender_id=task.offender_id,
        subject=f"task:{task.public_id}",
        purpose=("task", str(task.public_id)),
        reason=watch.end_note,
        payload={
            "lone_visit": str(watch.public_id),
            "officer": watch.officer.staff_number,
            "expected_end_at": watch.expected_end_at.isoformat(),
        },
    )
