"""Others at the same home: one trip can do for them, and each has a record of its own."""

from typing import NamedTuple

from accounts.actor import Actor
from accounts.policy import Action
from offenders.models import Offender
from workflows.models import Kind, Task
from workflows.queries.person import others_at_home


class AtSameHome(NamedTuple):
    """Somebody whom the actor may see, and the visit to them that is to be made, if one is."""

    person: Offender
    visit: Task | None


def at_same_home(actor: Actor, task: Task) -> list[AtSameHome]:
    """Who else lives there, for a visit that is to be made (PRACTICE 12).

    Never a person whom the actor may not see: neither they nor their visit is counted or named.
    """
    if task.kind != Kind.HOME_VISIT or task.step != "record_outcome" or task.offender is None:
        return []
    others = others_at_home(actor, task.offender)
    if not others:
        return []
    seen = Task.objects.permitted(actor, Action.TASK_VIEW).open()
    open_visits = seen.filter(offender__in=others, step="record_outcome", kind=Kind.HOME_VISIT)
    visits = {visit.offender_id: visit for visit in open_visits.order_by("-due_on", "-pk")}
    return [AtSameHome(other, visits.get(other.pk)) for other in others]
