"""Work on a restricted indicator goes to somebody who may open it (PRACTICE 14)."""

from collections.abc import Collection

from accounts.actor import Actor
from accounts.models import User
from accounts.policy import Action
from offenders.models import Offender
from risk.models import Indicator, IndicatorAccess
from workflows.engine import transitions
from workflows.models import Kind, Task
from workflows.queries.triage import indicators_by_task, may_open, tasks_of

#: What is decided on by whoever comes first, and is handed to nobody.
CHECK = "check_triage"


def hand_to_named(found: Indicator, person: Offender) -> None:
    """Give the triage of a restricted indicator to a named user, where the manager is none.

    Called once what is owed has been worked out, and whenever who is named or who has the work
    changed. Without one who may, it waits in the queue.
    """
    if not found.is_restricted:
        return
    for task in tasks_of(found).select_related("owner"):
        _hand(task, found)


def hand_restricted(people: Collection[int], *, leaves: User | None = None) -> None:
    """The same for all restricted indicators about these people, by key, whose work moved.

    `leaves`: who gave the work up and takes none of it back, with an account that is open still.
    """
    tasks = Task.objects.open().filter(kind=Kind.INDICATOR_TRIAGE, offender__in=list(people))
    rows = list(tasks.select_related("owner", "process__obligation").order_by("pk"))
    about = indicators_by_task(rows)
    for task in rows:
        found = about.get(task.pk)
        if found is not None and found.is_restricted:
            _hand(task, found, leaves)


def _hand(task: Task, found: Indicator, leaves: User | None = None) -> None:
    if task.owner is not None and may_open(Actor.of_user(task.owner), found):
        return
    if task.step != CHECK:
        _hand_on(task, found, leaves)
    elif task.owner is not None:
        transitions.release(task, version=None)


def _hand_on(task: Task, found: Indicator, leaves: User | None) -> None:
    named = IndicatorAccess.objects.filter(indicator=found, ended_at=None).exclude(user=leaves)
    for access in named.select_related("user").order_by("pk"):
        actor = Actor.of_user(access.user)
        able = Task.objects.permitted(actor, Action.INDICATOR_TRIAGE).filter(pk=task.pk)
        if may_open(actor, found) and able.exists():
            transitions.reassign(task, owner=access.user)
            return
    if task.owner is not None:
        transitions.release(task, version=None)
