"""The visits to make, for the paper that goes in the car. With addresses, so it is permitted and
recorded by itself."""

import datetime as dt
from dataclasses import dataclass

from accounts.actor import Actor
from accounts.policy import Action
from offenders.models import Address, Offender, WarningMarker
from workflows.models import Kind, Task, Visit
from workflows.queries import person

#: Visits on one sheet. Whoever has more asks for fewer days.
MOST_VISITS = 200
#: Visits before, shown so that the next is at another day and time (PRACTICE 12).
LAST_VISITS = 3


@dataclass(frozen=True, slots=True)
class SheetVisit:
    """One visit to make."""

    task: Task
    person: Offender
    home: Address | None
    markers: list[WarningMarker]
    last_visits: list[Visit]

    @property
    def district(self) -> str:
        """The first half of the postcode, "QX1"; empty where none is known."""
        postcode = self.home.postcode.strip().upper() if self.home else ""
        return postcode.split(" ")[0] if " " in postcode else postcode[:-3]


def open_visits(actor: Actor, *, due_by: dt.date, mine: bool) -> list[SheetVisit]:
    """Open home visits due by a London date, everything overdue among them, by postcode.

    At most MOST_VISITS + 1. `mine`: only the actor's own.
    """
    tasks = Task.objects.permitted(actor, Action.DAY_SHEET_PRINT).open()
    tasks = tasks.filter(kind=Kind.HOME_VISIT, step="record_outcome", due_on__lte=due_by)
    if mine:
        tasks = tasks.filter(owner_id=actor.user_id)
    found = list(tasks.select_related("offender").order_by("due_on", "pk")[: MOST_VISITS + 1])
    people = [task.offender_id for task in found]
    homes, markers = person.homes_of(people), person.markers_of(people)
    before = person.last_visits_of(people, LAST_VISITS)
    rows = [
        SheetVisit(
            task=task,
            person=task.offender,
            home=next(iter(homes.get(task.offender_id, [])), None),
            markers=markers.get(task.offender_id, []),
            last_visits=before.get(task.offender_id, []),
        )
        for task in found
    ]
    return sorted(rows, key=_by_postcode)


def _by_postcode(visit: SheetVisit) -> tuple[bool, str, str, int]:
    """Those without a postcode last; the tasks come sorted by date, which a tie keeps."""
    postcode = visit.home.postcode if visit.home else ""
    return not postcode, visit.district, postcode, visit.task.pk
