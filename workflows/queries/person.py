"""What the pages show of one person, and of the few people of a sheet. Constant reads, no address.

Whoever calls has found the person through `visible` or another `permitted` list.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet, Window
from django.db.models.functions import RowNumber

from accounts.actor import Actor
from accounts.policy import Action, shows_all
from offenders.models import (
    Address,
    LevelDecision,
    Offender,
    Order,
    OrderDischarge,
    StatusInterval,
    WarningMarker,
)
from workflows.errors import NotVisible
from workflows.models import Obligation, Task, Visit, VisitAttendance

#: Visits shown beside the form of the next one (PRACTICE 12).
LAST_VISITS = 5

Owned = TypeVar("Owned", Address, Obligation, Visit, WarningMarker)


def visible(actor: Actor, person: UUID, action: Action = Action.OFFENDER_VIEW) -> Offender:
    """The person `person`, with team and offender manager. Raises NotVisible."""
    seen = Offender.objects.permitted(actor, action).for_list()
    found = seen.filter(public_id=person).first()
    if found is None:
        raise NotVisible
    return found


def written_about(actor: Actor, person: UUID, action: Action) -> Offender:
    """The person about whom an act writes. Raises NotVisible.

    Another system finds whom it may send this of, which need not be whom it may read; an officer
    whom they may see.
    """
    return visible(actor, person, action if actor.kind == "client" else Action.OFFENDER_VIEW)


def markers_of(people: Collection[int]) -> dict[int, list[WarningMarker]]:
    """Live warning markers by person."""
    live = WarningMarker.objects.filter(offender__in=people, withdrawn_on=None)
    return _by_person(live.order_by("code"))


def last_visits_of(people: Collection[int], count: int = LAST_VISITS) -> dict[int, list[Visit]]:
    """The last visits by person, newest first, attempts among them. One read for them all."""
    newest = Window(
        RowNumber(),
        partition_by=[F("offender")],
        order_by=[F("occurred_on").desc(), F("pk").desc()],
    )
    live = Visit.objects.filter(offender__in=people, voided_at=None).annotate(nth=newest)
    return _by_person(live.filter(nth__lte=count).order_by("-occurred_on", "-pk"))


def homes_of(people: Collection[int]) -> dict[int, list[Address]]:
    """The present home of each person."""
    return _by_person(
        Address.objects.filter(offender__in=people, until_on=None, kind__in=Address.HOME)
    )


def allowed(actor: Actor, person: Offender, actions: Collection[Action]) -> set[Action]:
    """Which of `actions` the actor may do about the person, in one statement."""
    same = OuterRef("pk")
    may = [Exists(Offender.objects.permitted(actor, act).filter(pk=same)) for act in actions]
    [found] = Offender.objects.filter(pk=person.pk).values_list(*may)
    return {act for act, allowed in zip(actions, found, strict=True) if allowed}


def shows_work(actor: Actor, person: Offender) -> bool:
    """Whether the actor reads whole what the tasks about a person wrote, as their pages have it."""
    if not shows_all(actor, Action.TASK_VIEW):
        return False
    return Offender.objects.permitted(actor, Action.TASK_VIEW).filter(pk=person.pk).exists()


@dataclass(frozen=True, slots=True)
class Duty:
    """Something owed, the open step on it, or a step that outlives what was owed.

    `obligation` is None for the latter, `task` where the viewer may not see it.
    """

    kind: str
    due_on: dt.date
    obligation: Obligation | None
    task: Task | None


def duties(actor: Actor, person: Offender) -> list[Duty]:
    """What is owed to a person and the open steps, soonest first."""
    owed = Obligation.objects.filter(offender=person, closed_at=None)
    seen = Task.objects.permitted(actor, Action.TASK_VIEW).open().filter(offender=person)
    tasks = list(seen.select_related("process").order_by("due_on", "pk"))
    on = {task.process.obligation_id: task for task in tasks}
    found = [Duty(row.kind, row.due_on, row, on.get(row.pk)) for row in owed]
    shown = {duty.task for duty in found}
    found += [
        Duty(task.kind, task.due_on, None, task)
        for task in tasks
        if task.due_on is not None and task not in shown
    ]
    return sorted(found, key=lambda duty: (duty.due_on, duty.kind))


def levels(person: Offender) -> list[LevelDecision]:
    """Every decision on the management level with who decided it, oldest first."""
    return list(person.levels.select_related("decided_by").order_by("decided_on", "pk"))


def status_of(person: Offender, today: dt.date) -> StatusInterval | None:
    """Where the person is today."""
    begun = StatusInterval.objects.filter(offender=person, from_on__lte=today)
    return begun.order_by("-from_on").first()


def visits_of(person: Offender) -> list[Visit]:
    """Every visit and attempt with who was there, newest first; the voided among them."""
    staff = Prefetch("attendances", VisitAttendance.objects.select_related("user"))
    visits = person.visits.select_related("recorded_by", "voided_by").prefetch_related(staff)
    return list(visits.order_by("-occurred_on", "-pk"))


def orders_of(person: Offender) -> list[Order]:
    """Every order, the next to end first."""
    return list(person.orders.order_by(F("ends_on").asc(nulls_last=True), "pk"))


def order_of(person: Offender, order: UUID) -> Order:
    """One order of the person, discharged or not. Raises NotVisible."""
    found = next((one for one in orders_of(person) if one.public_id == order), None)
    if found is None:
        raise NotVisible
    return found


def discharge_of(person: Offender, discharge: UUID) -> OrderDischarge:
    """One discharge of an order of the person, void or not, with the order. Raises NotVisible."""
    rows = OrderDischarge.objects.filter(order__offender=person, public_id=discharge)
    found = rows.select_related("order").first()
    if found is None:
        raise NotVisible
    return found


def discharges_of(person: Offender) -> list[OrderDischarge]:
    """What courts discharged, with the orders and who wrote it down; void ones left out."""
    rows = OrderDischarge.objects.filter(order__offender=person, voided_at__isnull=True)
    return list(rows.select_related("order", "recorded_by").order_by("-discharged_on", "-pk"))


def live(orders: Iterable[Order], today: dt.date) -> list[Order]:
    """Those of `orders` that still bind; on the day a court discharges one, it no longer does."""

    def binds(order: Order) -> bool:
        has_ended = order.ends_on is not None and order.ends_on < today
        return not has_ended and (order.discharged_on is None or order.discharged_on > today)

    return [order for order in orders if binds(order)]


def present_addresses(person: Offender) -> list[Address]:
    """Kinds and dates of the present addresses, home first. Where they are is not read."""
    present = person.addresses.filter(until_on=None).only("kind", "from_on", "offender")
    return sorted(present, key=lambda address: (address.kind not in Address.HOME, address.pk))


def others_at_home(actor: Actor, person: Offender) -> list[Offender]:
    """Others at the same home whom the actor may see: never a hidden person (PRACTICE 12)."""
    home = next(iter(homes_of([person.pk]).get(person.pk, [])), None)
    if home is None or not home.postcode:
        return []
    same = Address.objects.filter(
        until_on=None,
        kind__in=Address.HOME,
        line_1__iexact=home.line_1,
        postcode__iexact=home.postcode,
    )
    seen = Offender.objects.permitted(actor, Action.OFFENDER_VIEW).managed()
    seen = seen.filter(pk__in=same.values("offender"), force=person.force_id)
    return list(seen.exclude(pk=person.pk).order_by("source_ref"))


def next_duties_of(people: Collection[int]) -> dict[int, Obligation]:
    """What is owed next to each person."""
    owed = Obligation.objects.filter(offender__in=people, closed_at=None)
    return {key: rows[0] for key, rows in _by_person(owed.order_by("due_on", "pk")).items()}


def _by_person(rows: "QuerySet[Owned]") -> dict[int, list[Owned]]:
    found: dict[int, list[Owned]] = {}
    for row in rows:
        found.setdefault(row.offender_id, []).append(row)
    return found
