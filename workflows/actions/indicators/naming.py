"""Work on a restricted indicator goes to somebody who may open it (PRACTICE 14)."""

from accounts.actor import Actor
from accounts.policy import Action
from offenders.models import Offender
from risk.models import Indicator, IndicatorAccess
from workflows.engine import transitions
from workflows.models import Task
from workflows.queries.triage import may_open, tasks_of


def hand_to_named(found: Indicator, person: Offender) -> None:
    """Give the triage of a restricted indicator to a named user, where the manager is none.

    Called once what is owed has been worked out. Without one who may, it waits in the queue.
    """
    if not found.is_restricted:
        return
    for task in tasks_of(found).select_related("owner"):
        if task.owner is None or not may_open(Actor.of_user(task.owner), found):
            _hand_on(task, found)


def _hand_on(task: Task, found: Indicator) -> None:
    named = IndicatorAccess.objects.filter(indicator=found, ended_at=None).select_related("user")
    for access in named.order_by("pk"):
        actor = Actor.of_user(access.user)
        able = Task.objects.permitted(actor, Action.INDICATOR_TRIAGE).filter(pk=task.pk)
        if may_open(actor, found) and able.exists():
            transitions.reassign(task, owner=access.user)
            return
    if task.owner is not None:
        transitions.release(task, version=None)
