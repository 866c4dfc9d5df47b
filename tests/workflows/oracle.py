"""The lists again, written the plain way: models and serializers. What the fast ones must equal.

The serializers are those of the benchmark's peers, so that what is timed there is also right.
"""

import datetime as dt
from typing import Any

from accounts.actor import Actor
from accounts.policy import Action
from bench.peers.due import DueOut
from bench.peers.inbox import TaskOut, most_urgent_first, scale_on
from workflows.models import Obligation, Task


def inbox(actor: Actor, today: dt.date, order: str, **filters: Any) -> list[dict[str, Any]]:
    """Every open task of the actor's reach that `filters` leave, in order."""
    tasks = Task.objects.open().permitted(actor, Action.TASK_VIEW).filter(**filters)
    joined = tasks.select_related("offender__indicator_standing", "owner", "team")
    rows, scale = joined.order_by("due_on", "pk"), scale_on(today)
    if order == "priority":
        rows = most_urgent_first(rows, today, scale)
    context = {"today": today, "scale": scale}
    return [dict(row) for row in TaskOut(rows, many=True, context=context).data]


def due(actor: Actor, today: dt.date, **filters: Any) -> list[dict[str, Any]]:
    """Every open obligation of the actor's reach that `filters` leave, first due first."""
    seen = Obligation.objects.permitted(actor, Action.DUE_VISITS_READ).filter(**filters)
    rows = seen.filter(closed_at__isnull=True).order_by("due_on", "pk")
    joined = rows.select_related("offender__team", "offender__offender_manager")
    return [dict(row) for row in DueOut(joined, many=True, context={"today": today}).data]
