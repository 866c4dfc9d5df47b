"""What an officer was told, newest first."""

from collections.abc import Iterable
from typing import Literal, NamedTuple
from uuid import UUID

from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action, grant
from workflows.models import Alert, Task
from workflows.queries.reassignment import seen_by
from workflows.queries.sql import HYPHENATED, Page
from workflows.queries.task_rows import title

Which = Literal["unseen", "all"]

#: How the subject of an alert about a task begins; the task's id follows.
ABOUT_TASK = "task:"
#: How that of one about a reassignment begins.
MOVED = "reassignment"


class TaskName(NamedTuple):
    """The task that an alert is about, as lists name it."""

    id: UUID
    kind: str
    step: str
    title: str


class Told(NamedTuple):
    """One alert. `task`: which work it is about, where the reader may see that; `reassignment`: the
    id of the one it is about, likewise."""

    alert: Alert
    task: TaskName | None
    reassignment: UUID | None


def alerts_page(
    *, actor: Actor, which: Which = "unseen", after: int | None = None, limit: int = 50
) -> Page[Told]:
    """Some alerts of the actor. `after` is the `next` of the page before: (key,)."""
    told = Alert.objects.permitted(actor, Action.ALERT_VIEW)
    if which == "unseen":
        told = told.unseen()
    if after is not None:
        told = told.filter(pk__lt=after)
    found = list(told.select_related("offender", "officer").order_by("-pk")[: limit + 1])
    alerts = found[:limit]
    more = len(found) > limit
    names, open_to = _task_names(actor, alerts), _reassignments(actor, alerts)
    rows = [
        Told(alert, names.get(_task_of(alert)), open_to.get(alert.leads_to)) for alert in alerts
    ]
    return Page(rows, (alerts[-1].pk,) if more else None, timezone.localdate())


def unseen_count(actor: Actor) -> int:
    """How many alerts the actor has not read."""
    return Alert.objects.permitted(actor, Action.ALERT_VIEW).unseen().count()


def _task_of(alert: Alert) -> UUID | None:
    """The id of the task that an alert is about; None for anything else."""
    if not alert.subject.startswith(ABOUT_TASK):
        return None
    begins = len(ABOUT_TASK)
    return UUID(alert.subject[begins : begins + HYPHENATED])


def _task_names(actor: Actor, alerts: Iterable[Alert]) -> dict[UUID | None, TaskName]:
    """Of the tasks that alerts are about, those that the actor may see. One statement."""
    wanted = {_task_of(alert) for alert in alerts} - {None}
    if not wanted:
        return {}
    seen = Task.objects.permitted(actor, Action.TASK_VIEW).filter(public_id__in=wanted)
    return {
        public_id: TaskName(public_id, kind, step, title(kind, step))
        for public_id, kind, step in seen.values_list("public_id", "kind", "step")
    }


def _reassignments(actor: Actor, alerts: Iterable[Alert]) -> dict[tuple[str, str], UUID]:
    """Of the reassignments that alerts are about, those that the actor may open, by what each alert
    leads to. One statement, or none."""
    wanted = {rest for kind, rest in (alert.leads_to for alert in alerts) if kind == MOVED}
    if not wanted or grant(actor, Action.CASELOAD_REASSIGN) is None:
        return {}
    seen = seen_by(actor).filter(public_id__in=wanted).values_list("public_id", flat=True)
    return {(MOVED, str(public_id)): public_id for public_id in seen}
