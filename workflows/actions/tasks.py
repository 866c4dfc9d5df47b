"""Who has a task, and when they mean to do it."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Role
from accounts.policy import Action
from audit.models import Operation
from offenders.errors import Invalid, RuleBroken
from offenders.models import ManagementLevel
from rules import current
from workflows.actions import lone_timers
from workflows.actions.deciding import refuse_own, refuse_own_work
from workflows.actions.locking import colleague, lock_person, require_reason, visible_task
from workflows.actions.locking import officer as signed_in
from workflows.actions.lone_visits import is_never_alone, unused
from workflows.engine import transitions
from workflows.errors import TaskNotOpen
from workflows.models import Deferral, Kind, LoneVisitAuthority, Task
from workflows.queries.drafts import DRAFTED
from workflows.queries.triage import opened, with_live_critical

#: What the person owes by statute (SOA 2003 ss.83-85): no officer puts its last day off.
STATUTORY = frozenset(
    {Kind.INITIAL_NOTIFICATION, Kind.CHANGE_NOTIFICATION, Kind.PERIODIC_NOTIFICATION}
)


@transaction.atomic
def claim(*, by: Actor, task: UUID, version: int | None = None) -> Task:
    """Take a free task of the team. Raises NotVisible, NotPermitted, TaskNotOpen, Stale."""
    row = _permitted(by, task, Action.TASK_CLAIM)
    Task.objects.require(by, row.flow_task.action, row)
    if not _opens(by, row):
        raise NotPermitted("Only the users named for this indicator may triage it.")
    transitions.claim(row, owner=signed_in(by), version=version)
    _record(by, row, Action.TASK_CLAIM)
    return row


@transaction.atomic
def release(*, by: Actor, task: UUID, version: int | None = None) -> Task:
    """Put a task back into the team's queue: one's own, or as a supervisor anyone's.

    Raises NotVisible, NotPermitted, TaskNotOpen, Stale, RuleBroken `not_yours`.
    """
    row = _permitted(by, task, Action.TASK_RELEASE)
    if row.owner_id != by.user_id and by.role != Role.SUPERVISOR:
        raise RuleBroken("not_yours", "Only its owner or a supervisor can release a task.")
    transitions.release(row, version=version)
    _record(by, row, Action.TASK_RELEASE)
    return row


@transaction.atomic
def reassign_task(
    *, by: Actor, task: UUID, to: UUID, reason: str, version: int | None = None
) -> Task:
    """Give one task to a colleague; the person stays with their offender manager.

    Raises NotVisible, NotPermitted, TaskNotOpen, Stale, RuleBroken `own_work`, and `cannot_do_it`
    where the colleague may not do that step or has declared a conflict.
    """
    row = _permitted(by, task, Action.TASK_REASSIGN)
    refuse_own_work(by, (row.owner_id, _manager_of(row)))
    to_officer = colleague(by, to)
    receiver = Actor.of_user(to_officer)
    able = Task.objects.permitted(receiver, row.flow_task.action)
    if not able.filter(pk=row.pk).exists() or not _opens(receiver, row):
        raise RuleBroken("cannot_do_it", "That officer may not do this task.")
    transitions.reassign(row, owner=to_officer, version=version)
    _record(by, row, Action.TASK_REASSIGN, reason=reason, to=to_officer.staff_number)
    return row


@transaction.atomic
def defer(
    *, by: Actor, task: UUID, until: dt.date, reason: str, version: int | None = None
) -> Task:
    """Say that a task will be done later. Its due date, place and count stay (PRACTICE 8).

    Up to the due date is the officer's to judge; past it, which is so of any day once the date is
    past, supervisors alone, so far and so often, by rule.

    Raises NotVisible, NotPermitted, ReasonRequired, TaskNotOpen, Stale; Invalid `in_past`;
    RuleBroken: `nothing_owed` (the record of a visit that was not the last), `supervisor_defers`,
    `never_deferred`, `deferred_too_far`, `inspector_defers`, `own_work`.
    """
    row = _permitted(by, task, Action.TASK_DEFER, reason=reason)
    today = timezone.localdate()
    if until <= today:
        raise Invalid("in_past", "Defer to a day that is still to come.", field="until")
    obligation = row.process.obligation
    if not row.is_open:
        raise TaskNotOpen
    if obligation is None:
        raise RuleBroken("nothing_owed", "It records what was done: write it or give it away.")
    due_on = row.due_on or obligation.due_on
    past_due = until > due_on
    if past_due:
        refuse_own_work(by, (row.owner_id, _manager_of(row)))
        _refuse_deferral_past_due(by, row, until, max(today, due_on))
    transitions.defer(row, until=until, version=version)
    Deferral.objects.create(
        obligation=obligation,
        until=until,
        reason=reason,
        when_overdue=past_due,
        deferred_by=signed_in(by),
    )
    _record(by, row, Action.TASK_DEFER, reason=reason, until=until.isoformat())
    return row


@transaction.atomic
def authorise_lone_visit(
    *, by: Actor, task: UUID, officer: UUID, risk_assessment: str, version: int | None = None
) -> LoneVisitAuthority:
    """Authorise one officer to make one visit alone, beforehand (PRACTICE 11).

    It covers one attempt; for another after a failed one, another is given.

    Raises NotVisible, NotPermitted, ReasonRequired, TaskNotOpen, Stale; RuleBroken `never_alone`
    for very high or the markers VI, FI, WE and AG, `own_authority`, `already_authorised`.
    """
    row = _permitted(by, task, Action.LONE_VISIT_AUTHORISE, reason=risk_assessment)
    if row.kind != Kind.HOME_VISIT or row.step != "record_outcome" or not row.is_open:
        raise TaskNotOpen
    goes = colleague(by, officer)
    refuse_own(
        by,
        goes.pk,
        code="own_authority",
        message="Someone else must authorise your own lone visit.",
    )
    if is_never_alone(row.process.offender, timezone.localdate()):
        raise RuleBroken("never_alone", "Nobody visits this person alone.")
    if unused(row.process_id) is not None:
        raise RuleBroken("already_authorised", "This visit already has an authority.")
    transitions.touch(row, version=version)
    authority = LoneVisitAuthority.objects.create(
        process=row.process,
        officer=goes,
        risk_assessment=risk_assessment,
        authorised_by=signed_in(by),
        authorised_for_id=by.acting_for_id,
    )
    _record(by, row, Action.LONE_VISIT_AUTHORISE, reason=risk_assessment, to=goes.staff_number)
    return authority


def allowed_actions(*, by: Actor, task: Task) -> list[str]:
    """What `by` may do with `task` now, by the words of the API. The action decides again."""
    runs = task.kind == Kind.HOME_VISIT and lone_timers.running(task.process_id) is not None
    if not task.is_open and not runs:
        return []

    def may(action: Action) -> bool:
        return Task.objects.permitted(by, action).filter(pk=task.pk).exists()

    if not task.is_open:
        return ["end_lone_visit"] if may(Action.LONE_VISIT_END) else []
    may_complete = may(task.flow_task.action) and _opens(by, task)
    is_visit = task.kind == Kind.HOME_VISIT and task.step == "record_outcome"
    offered = {
        task.step: may_complete,
        "claim": task.owner_id is None and may_complete and may(Action.TASK_CLAIM),
        "release": task.owner_id is not None
        and (task.owner_id == by.user_id or by.role == Role.SUPERVISOR)
        and may(Action.TASK_RELEASE),
        "reassign": may(Action.TASK_REASSIGN),
        "defer": task.process.obligation_id is not None and may(Action.TASK_DEFER),
        "authorise_lone_visit": is_visit and may(Action.LONE_VISIT_AUTHORISE),
        "prepare": is_visit and may(Action.VISIT_PREPARE),
        "start_lone_visit": is_visit and not runs and may(Action.LONE_VISIT_START),
        "end_lone_visit": runs and may(Action.LONE_VISIT_END),
        "draft": task.step in DRAFTED and may(Action.ASSESSMENT_DRAFT),
    }
    return [name for name, allowed in offered.items() if allowed]


def _opens(by: Actor, task: Task) -> bool:
    """Whether what the task is about is open to `by`: a restricted indicator to named users."""
    return task.kind != Kind.INDICATOR_TRIAGE or opened(by, task) is not None


def _permitted(by: Actor, task: UUID, action: Action, *, reason: str = "") -> Task:
    """The task, its person locked, where `by` may do `action` on it and said why where asked."""
    lock_person(visible_task(by, task).offender_id)
    # Read again: whoever held the lock may have given the task to somebody else.
    row = visible_task(by, task)
    Task.objects.require(by, action, row)
    require_reason(by, action, reason, team_id=row.team_id)
    return row


def _manager_of(task: Task) -> int | None:
    return task.offender.offender_manager_id if task.offender else None


def _refuse_deferral_past_due(by: Actor, task: Task, until: dt.date, since: dt.date) -> None:
    """Past the due date: supervisors only, so far and so often, by rule (PRACTICE 8).

    `since`: the later of today and the due date, from which the days are counted.
    """
    if task.kind in STATUTORY and task.flow_task.follows_obligation:
        raise RuleBroken("never_deferred", "A duty in statute is never deferred past its day.")
    if by.role not in {Role.SUPERVISOR, Role.INSPECTOR}:
        raise RuleBroken("supervisor_defers", "Past the due date only a supervisor can defer it.")
    if is_never_deferred(task):
        raise RuleBroken(
            "never_deferred",
            "A task of very high risk, or of somebody with a live critical indicator, is never "
            "deferred past its due date.",
        )
    rules = current.in_force(timezone.localdate())
    # A missing level counts as high (PRACTICE 3).
    is_high = task.level in {ManagementLevel.HIGH, ManagementLevel.NOT_ASSESSED}
    limit = "high" if is_high else "default"
    last = rules.rule(f"deferral.past_due.{limit}").due(since, current.calendar())
    if until > last:
        raise RuleBroken(
            "deferred_too_far",
            "That is further than a task may be deferred past its due date: at most until "
            f"{last:%-d %B %Y}.",
        )
    times = task.process.obligation.deferrals.filter(when_overdue=True).count()
    if times >= rules.rule("deferral.times").times and by.role != Role.INSPECTOR:
        raise RuleBroken("inspector_defers", "Deferred twice already: an inspector decides.")


def is_never_deferred(task: Task) -> bool:
    """Whether nobody may put the task off past its due date (PRACTICE 8).

    Very high risk, or a critical indicator of the person that nobody has finished with.
    """
    if task.level == ManagementLevel.VERY_HIGH:
        return True
    return task.offender_id is not None and bool(with_live_critical([task.offender_id]))


def _record(by: Actor, task: Task, action: Action, *, reason: str = "", **payload: str) -> None:
    audit.record(
        by=by,
        action=action,
        operation=Operation.ALTERATION,
        offender_id=task.offender_id,
        subject=f"task:{task.public_id}",
        purpose=("task", str(task.public_id)),
        reason=reason,
        payload=payload or None,
    )
