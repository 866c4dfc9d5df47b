"""Every change of a task. Callers have checked permission; a refusal here is about state (409)."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.timezone import now
from viewflow.workflow.activation import Activation
from viewflow.workflow.status import PROCESS, STATUS

from accounts.models import User
from offenders.errors import Stale
from workflows.errors import TaskNotOpen
from workflows.models import Process, Task, Visit


def complete(
    task: Task,
    *,
    owner: User,
    version: int | None,
    effect: Callable[[Activation], None],
) -> Task:
    """Run `effect`, finish the step as `owner` and activate what follows.

    Raises TaskNotOpen when someone was faster, Stale when `version` is not the task's.
    """
    with task.activation() as activation:
        _refuse_stale(task, version)
        _give_to(activation, owner)
        if not activation.start.can_proceed():
            raise TaskNotOpen
        activation.start(None)
        effect(activation)
        task.version += 1
        activation.execute()
    return task


def claim(task: Task, *, owner: User, version: int | None) -> Task:
    """Take a free task. Raises TaskNotOpen when it is not free, Stale."""
    with task.activation() as activation:
        _refuse_stale(task, version)
        if not activation.assign.can_proceed():
            raise TaskNotOpen("This task already belongs to someone, or is done.")
        task.version += 1
        _note_taken(task, owner)
        activation.assign(owner)
    return task


def release(task: Task, *, version: int | None) -> Task:
    """Put a task back into its team's queue. Raises TaskNotOpen, Stale."""
    with task.activation() as activation:
        _refuse_stale(task, version)
        if not activation.unassign.can_proceed():
            raise TaskNotOpen
        task.version += 1
        task.assigned = None
        activation.unassign()
    return task


def reassign(task: Task, *, owner: User, version: int | None = None) -> Task:
    """Give an open task to `owner`, whoever has it. Raises TaskNotOpen, Stale."""
    with task.activation() as activation:
        _refuse_stale(task, version)
        task.version += 1
        _note_taken(task, owner)
        _give_to(activation, owner)
        if not task.is_open:
            raise TaskNotOpen
    return task


def defer(task: Task, *, until: dt.date, version: int | None) -> Task:
    """Note until when an open task is deferred. Raises TaskNotOpen, Stale."""
    with task.activation():
        _refuse_stale(task, version)
        if not task.is_open:
            raise TaskNotOpen
        task.deferred_until = until
        task.version += 1
        task.save(update_fields=["deferred_until", "version"])
    return task


def touch(task: Task, *, version: int | None) -> Task:
    """Count a change to what belongs to an open task. Raises TaskNotOpen, Stale."""
    with task.activation():
        _refuse_stale(task, version)
        if not task.is_open:
            raise TaskNotOpen
        task.version += 1
        task.save(update_fields=["version"])
    return task


def cancel(task: Task) -> Task:
    """Cancel an open task and disarm its timers. Raises TaskNotOpen."""
    with task.activation() as activation:
        if not activation.cancel.can_proceed():
            raise TaskNotOpen
        task.version += 1
        activation.cancel()
    return task


def cancel_process(process: Process) -> Process:
    """Cancel what is still open of a process, newest first. Safe to run twice."""
    with process.flow_class.lock(process.pk):
        ended = [STATUS.DONE, STATUS.CANCELED, STATUS.REVIVED]
        for task in process.task_set.exclude(status__in=ended).order_by("-pk"):
            activation = task.flow_task.activation_class(task)
            if activation.cancel.can_proceed():
                activation.cancel()
        process.refresh_from_db()
        if process.status == PROCESS.NEW:
            process.status = PROCESS.CANCELED
            process.finished = now()
            process.save()
    return process


def cancel_steps(process: Process, *, visit: Visit) -> Process:
    """Cancel the open steps about a visit, and with the last open step its process.

    What other attempts left open in the same process goes on. Safe to run twice.
    """
    with process.flow_class.lock(process.pk):
        steps = Task.objects.open().filter(process=process)
        for task in steps.filter(visit=visit).order_by("-pk"):
            task.flow_task.activation_class(task).cancel()
        if steps.exists():
            return process
    return cancel_process(process)


def reopen(task: Task) -> Task:
    """Undo a finished step and everything after it, and open it again as a new task.

    viewflow refuses to undo while any follower stands, gates and ends among them (T8): they are
    cancelled or undone newest first. Raises TaskNotOpen when the step was never finished.
    """
    with task.activation() as activation:
        _retract_followers(task)
        if not activation.undo.can_proceed():
            raise TaskNotOpen("Only a finished task can be opened again.")
        activation.undo()
        return activation.revive()


def _retract_followers(task: Task) -> None:
    followers = Task.objects.filter(process_id=task.process_id, pk__gt=task.pk)
    for later in followers.order_by("-pk"):
        activation = later.flow_task.activation_class(later)
        for name in ("cancel", "undo"):
            transition = getattr(activation, name, None)
            if transition is not None and transition.can_proceed():
                transition()
                break


def _refuse_stale(task: Task, version: int | None) -> None:
    if version is not None and version != task.version:
        if not task.is_open:
            raise TaskNotOpen
        raise Stale


def _note_taken(task: Task, owner: User) -> None:
    """Note when someone other than the offender manager got the task (`bulk.refresh_tasks`)."""
    is_manager = owner.pk == task.process.offender.offender_manager_id
    task.assigned = None if is_manager else now()


def _give_to(activation: Any, owner: User) -> None:
    if activation.assign.can_proceed():
        activation.assign(owner)
    elif activation.reassign.can_proceed() and activation.task.owner_id != owner.pk:
        activation.reassign(owner)
