"""What was put off, until when, by whom and why: a supervisor sees it in one list (PRACTICE 8)."""

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Subquery

from accounts.actor import Actor
from accounts.policy import Action
from workflows.models import Deferral, Task


class PutOff(NamedTuple):
    """The last deferral of a task. `past_due`: further than its due date, which few may do."""

    until: dt.date
    reason: str
    by_id: UUID
    by_staff_number: str
    by: str
    past_due: bool


def put_off(tasks: Collection[int]) -> dict[int, PutOff]:
    """Why each of these tasks, by key, is put off. Two statements.

    Whoever asks has found them in a list of their own.
    """
    newest = Deferral.objects.filter(obligation=OuterRef("process__obligation")).order_by("-pk")
    found = Task.objects.filter(pk__in=tasks).values_list("pk", Subquery(newest.values("pk")[:1]))
    task_of = {deferral: task for task, deferral in found if deferral is not None}
    rows = Deferral.objects.filter(pk__in=task_of).select_related("deferred_by")
    return {
        task_of[row.pk]: PutOff(
            row.until,
            row.reason,
            row.deferred_by.public_id,
            row.deferred_by.staff_number,
            row.deferred_by.display_name,
            row.when_overdue,
        )
        for row in rows
    }


def number_put_off(*, actor: Actor, team: UUID, today: dt.date) -> int:
    """How many open tasks of a team are put off to a day that is still to come."""
    seen = Task.objects.permitted(actor, Action.TASK_VIEW).open()
    return seen.filter(team__public_id=team, deferred_until__gt=today).count()
