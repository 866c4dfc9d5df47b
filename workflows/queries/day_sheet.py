"""The visits to make, for the paper that goes in the car. With addresses, so it is permitted and
recorded by itself."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from accounts.actor import Actor
from accounts.policy import Action
from offenders.models import Address, Offender, WarningMarker
from workflows.models import Kind, Task, Visit
from workflows.queries import absences, person
from workflows.queries.task_rows import TaskRow, rows_of

#: Visits on one sheet; more only where more than these are overdue. Whoever has more asks for fewer
#: days.
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
    #: As the lists show it: score, reasons, and whether something critical is to be done.
    row: TaskRow

    @property
    def is_first(self) -> bool:
        """Whether it stands before all others, wherever the road goes."""
        return self.row.unactioned_critical

    @property
    def district(self) -> str:
        """The first half of the postcode, "QX1"; empty where none is known."""
        postcode = self.home.postcode.strip().upper() if self.home else ""
        return postcode.split(" ")[0] if " " in postcode else postcode[:-3]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The visits of one sheet, and how many of those asked for are not on it.

    First those with something critical still to be done, then the others, each by postcode.
    """

    visits: list[SheetVisit]
    left_off: int


def open_visits(
    actor: Actor, *, today: dt.date, due_by: dt.date, mine: bool, most: int = MOST_VISITS
) -> Sheet:
    """Open home visits due, or to be tried again, by a London date, and everything overdue.

    Nothing overdue is left off (PRACTICE 20); of the rest what has something critical to be done,
    then those due or to be tried again first, up to `most` in all. `mine`: only the actor's own,
    and those they cover.
    """
    tasks = Task.objects.permitted(actor, Action.DAY_SHEET_PRINT).open()
    tasks = tasks.filter(kind=Kind.HOME_VISIT, step="record_outcome")
    if mine:
        tasks = tasks.filter(owner_id__in=[actor.user_id, *absences.covered_by(actor, today)])
    overdue = list(tasks.filter(due_on__lt=today).select_related("offender").order_by("pk"))
    go_by = Coalesce("attempt_by", "due_on")
    ahead = tasks.filter(due_on__gte=today).alias(go_by=go_by).filter(go_by__lte=due_by)
    room = max(most - len(overdue), 0)
    critical = F("offender__indicator_standing__has_unactioned_critical")
    ordered = ahead.order_by(Coalesce(critical, Value(False)).desc(), "go_by", "pk")
    first = list(ordered.select_related("offender")[: room + 1])
    left_off = ahead.count() - room if len(first) > room else 0
    visits = _drawn_up(actor, overdue + first[:room], today)
    return Sheet(sorted(visits, key=_by_postcode), left_off)


def _drawn_up(actor: Actor, found: list[Any], today: dt.date) -> list[SheetVisit]:
    """The tasks with what stands beside each on paper: a read for each table."""
    people = [task.offender_id for task in found]
    homes, markers = person.homes_of(people), person.markers_of(people)
    before = person.last_visits_of(people, LAST_VISITS)
    rows = rows_of(actor, [task.pk for task in found], today)
    return [
        SheetVisit(
            task=task,
            person=task.offender,
            home=next(iter(homes.get(task.offender_id, [])), None),
            markers=markers.get(task.offender_id, []),
            last_visits=before.get(task.offender_id, []),
            row=rows[task.pk],
        )
        for task in found
    ]


def _by_postcode(visit: SheetVisit) -> tuple[bool, bool, str, str, dt.date, int]:
    """What stands first in the lists first; those without a postcode last; at one postcode, the
    first due first."""
    postcode = visit.home.postcode if visit.home else ""
    due_on = visit.task.due_on or dt.date.max
    return not visit.is_first, not postcode, visit.district, postcode, due_on, visit.task.pk
