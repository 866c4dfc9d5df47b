"""Starts and withdraws many processes with a constant number of statements.

viewflow starts one process in 14 to 16 statements; an import starts thousands. Rows are plain, so
they are inserted set-based, and `tests/workflows/engine/test_bulk.py` holds them equal, column for
column, to what `Flow.start.run()` writes (T17).
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import Exists, F, OuterRef, Q
from django.utils.timezone import now
from viewflow.workflow.status import PROCESS, STATUS

from accounts.models import User
from offenders.models import Offender
from workflows.attempts import again_by, last_failed_on
from workflows.engine.nodes import Step
from workflows.flows import FLOWS, OfficerFlow
from workflows.models import Kind, Obligation, Process, Task
from workflows.pressing import NOT_PRESSING, Pressing, pressing_of

#: Rows in one INSERT; SQLite allows 32,766 parameters in a statement.
BATCH = 500
#: Columns of an open task that may differ from its person and obligation.
COPIES = ("due_on", "level", "team_id", "owner_id", "status", "assigned", "attempt_by")
#: What is written of those that differ. A due date that moved is escalated anew.
REFRESHED = (
    *("due_on", "level", "team", "owner", "status", "assigned", "attempt_by", "version"),
    *("escalated_at", "escalated_for", "order_ends_on", "changed_on"),
)


def open_work(obligation_ids: Sequence[int]) -> int:
    """Start the flow of each obligation. Returns how many processes were started."""
    obligations = Obligation.objects.filter(pk__in=obligation_ids).select_related(
        "offender__offender_manager"
    )
    by_kind: dict[str, list[Obligation]] = defaultdict(list)
    for obligation in obligations.order_by("pk"):
        by_kind[obligation.kind].append(obligation)
    pressing = pressing_of({one.offender_id for some in by_kind.values() for one in some})
    return sum(_start(FLOWS[kind], batch, pressing) for kind, batch in by_kind.items())


def _start(
    flow: type[OfficerFlow], obligations: list[Obligation], pressing: Mapping[int, Pressing]
) -> int:
    first: Step = flow.start._next
    if first._boundary_events or not first.follows_obligation:
        raise TypeError(f"{flow.__name__} begins with a step that cannot be started in bulk")
    moment = now()
    processes = Process.objects.bulk_create(
        [
            Process(flow_class=flow, offender=o.offender, obligation=o, kind=o.kind, created=moment)
            for o in obligations
        ],
        batch_size=BATCH,
    )
    starts = Task.objects.bulk_create(
        [
            Task(
                process=process,
                flow_task=flow.start,
                flow_task_type=flow.start.task_type,
                status=STATUS.DONE,
                created=moment,
                started=moment,
                finished=moment,
            )
            for process in processes
        ],
        batch_size=BATCH,
    )
    steps = Task.objects.bulk_create(
        [
            _first_step(first, process, obligation, moment, pressing)
            for process, obligation in zip(processes, obligations, strict=True)
        ],
        batch_size=BATCH,
    )
    link = Task.previous.through
    link.objects.bulk_create(
        [
            link(from_task_id=step.pk, to_task_id=start.pk)
            for step, start in zip(steps, starts, strict=True)
        ],
        batch_size=BATCH,
    )
    return len(processes)


def _first_step(
    node: Step,
    process: Process,
    obligation: Obligation,
    moment: object,
    pressing: Mapping[int, Pressing],
) -> Task:
    offender = process.offender
    order_ends_on, changed_on = pressing.get(offender.pk, NOT_PRESSING)
    owner_id = offender.offender_manager_id if node.follows_manager else None
    return Task(
        process=process,
        flow_task=node,
        flow_task_type=node.task_type,
        created=moment,
        status=STATUS.ASSIGNED if owner_id else STATUS.NEW,
        owner_id=owner_id,
        owner_permission=node.action,
        offender=offender,
        force_id=offender.force_id,
        team_id=offender.team_id,
        kind=process.kind,
        step=node.name,
        level=offender.management_level,
        due_on=obligation.due_on,
        order_ends_on=order_ends_on,
        changed_on=changed_on,
    )


def withdraw_work(obligation_ids: Sequence[int]) -> int:
    """Cancel the processes of obligations that are no longer owed. Returns how many.

    Only those still at their first step: what an author has handed in keeps its endorsement, and
    what an attempt left to be reviewed goes on by itself. But of a triage that nobody needs any
    more the check too: there is nothing to decide on, and of a secret one it would tell.
    """
    firsts = [flow.start._next.name for flow in set(FLOWS.values())]
    unneeded = Q(
        kind=Kind.INDICATOR_TRIAGE,
        process__obligation__closed_because=Obligation.ClosedBecause.NOT_OWED,
    )
    tasks = Task.objects.filter(
        Q(step__in=firsts) | unneeded,
        process__obligation__in=obligation_ids,
        process__status=PROCESS.NEW,
        status__in=[STATUS.NEW, STATUS.ASSIGNED],
        flow_task_type="HUMAN",
    )
    keys = list(tasks.values_list("pk", "process_id"))
    moment = now()
    Task.objects.filter(pk__in=[key for key, _ in keys]).update(
        status=STATUS.CANCELED, finished=moment, version=F("version") + 1
    )
    going_on = Task.objects.open().filter(process=OuterRef("pk"))
    withdrawn = Process.objects.filter(pk__in=[process for _, process in keys])
    withdrawn.filter(~Exists(going_on)).update(status=PROCESS.CANCELED, finished=moment)
    return len(keys)


def refresh_tasks(
    offender_ids: Iterable[int], *, moved: Collection[int] = (), today: dt.date | None = None
) -> int:
    """Bring the copies on open steps in line with the person and the obligation.

    `moved`: those of them whose offender manager or team has changed. Tasks that follow the manager
    go to the new one; what a colleague in the team took or must finish (a write-up, an endorsement)
    stays theirs. Of everyone else no task changes hands: what was released waits in its queue.
    Returns how many tasks differed.
    """
    tasks = (
        Task.objects.open()
        .filter(offender__in=list(offender_ids))
        .select_related("process__offender", "process__obligation", "owner")
    )
    gone, failed = frozenset(moved), _failed_of(tasks)
    pressing = pressing_of({task.process.offender_id for task in tasks}, today)
    changed = []
    for task in tasks:
        about = task.process.offender_id
        is_other = _presses_otherwise(task, pressing.get(about, NOT_PRESSING))
        moves = _brought_in_line(task, is_moved=about in gone, failed_on=failed.get(about))
        if is_other or moves:
            changed.append(task)
    Task.objects.bulk_update(changed, REFRESHED, batch_size=BATCH)
    return len(changed)


def hand_on(owner: User, receivers: Mapping[int, User | None]) -> Counter[int]:
    """Give the open tasks of `owner` on these people, by key, to who receives each (PRACTICE 15).

    None: they wait in the team's queue. Returns how many tasks of each person it was.
    """
    tasks = list(
        Task.objects.open()
        .filter(offender__in=list(receivers), owner=owner)
        .select_related("process__offender")
    )
    moment = now()
    for task in tasks:
        person: Offender = task.process.offender
        to = receivers[person.pk]
        task.owner, task.status = to, STATUS.ASSIGNED if to else STATUS.NEW
        follows = to is None or to.pk == person.offender_manager_id
        task.assigned = None if follows else moment
        task.version += 1
    Task.objects.bulk_update(tasks, ["owner", "status", "assigned", "version"], batch_size=BATCH)
    return Counter(task.process.offender_id for task in tasks)


def _failed_of(tasks: Iterable[Task]) -> dict[int, dt.date]:
    """The last failed attempts at the visits among `tasks` that are still to be made."""
    return last_failed_on({task.process.offender_id for task in tasks if _is_to_be_made(task)})


def _is_to_be_made(task: Task) -> bool:
    return task.kind == Kind.HOME_VISIT and task.flow_task.follows_obligation


def _brought_in_line(task: Task, *, is_moved: bool, failed_on: dt.date | None) -> bool:
    """Change the copies in memory; whether any differed. `failed_on`: the last attempt."""
    node: Step = task.flow_task
    person: Offender = task.process.offender
    before = _copies(task)
    task.level, task.team_id = person.management_level, person.team_id
    if node.follows_obligation and task.process.obligation is not None:
        task.due_on = task.process.obligation.due_on
        if _is_to_be_made(task):
            asked = again_by(task.level, failed_on) if failed_on else None
            task.attempt_by = min(asked, task.due_on) if asked else None
        if task.escalated_for not in {None, task.due_on}:
            task.escalated_at = task.escalated_for = None
    if is_moved and node.follows_manager and not _is_taken(task, person):
        task.owner_id = person.offender_manager_id
        task.status = STATUS.ASSIGNED if task.owner_id else STATUS.NEW
        # It is the manager's again, and goes with the next one.
        task.assigned = None
    if before == _copies(task):
        return False
    task.version += 1
    return True


def _presses_otherwise(task: Task, pressing: Pressing) -> bool:
    """Change what presses in memory; whether it differed.

    The task keeps its version: nobody's form says anything of it.
    """
    before = task.order_ends_on, task.changed_on
    task.order_ends_on, task.changed_on = pressing
    return before != pressing


def _copies(task: Task) -> tuple[object, ...]:
    """What `refresh_tasks` may change."""
    return tuple(getattr(task, name) for name in COPIES)


def _is_taken(task: Task, person: Offender) -> bool:
    """Whether a colleague in the person's team claimed it or was given it by name."""
    return (
        task.assigned is not None
        and task.owner is not None
        and task.owner_id != person.offender_manager_id
        and task.owner.team_id == person.team_id
    )
