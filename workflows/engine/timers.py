"""Fires due timers of our own task table (viewflow's dispatcher sees only its own: T13)."""

from django.utils.timezone import now
from viewflow.workflow.status import STATUS

from workflows.errors import TaskBusy
from workflows.models import Task


def fire_due(*, limit: int = 500) -> int:
    """Fire at most `limit` due timers, oldest first. Returns how many.

    Safe to run twice or on many workers: each is taken under its process's lock and looked at
    again there. One that is being changed is left for the next run.
    """
    due = Task.objects.filter(status=STATUS.SCHEDULED, scheduled__lte=now())
    return sum(_fire(task_id) for task_id in due.order_by("scheduled").values_list("pk")[:limit])


def _fire(key: tuple[int]) -> int:
    task = Task.objects.select_related("process").get(pk=key[0])
    try:
        with task.activation() as activation:
            if task.status != STATUS.SCHEDULED or not activation.start.can_proceed():
                return 0
            activation.start()
            activation.execute()
    except TaskBusy:
        return 0
    return 1
