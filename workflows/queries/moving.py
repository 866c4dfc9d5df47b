"""What moving people between officers would change, before anyone decides on it."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q

from accounts.actor import Actor
from accounts.capacity import Share
from accounts.models import User
from accounts.policy import Action
from offenders.models import Offender
from workflows.engine.nodes import Step
from workflows.flows import FLOWS
from workflows.models import Task
from workflows.points import Scale
from workflows.queries import scope
from workflows.queries.caseload import ManagedPerson, people_of, scale_in_force
from workflows.queries.sql import Clause, placeholders
from workflows.queries.workload import Carried, OfficerLoad, loads_of, measure, no_load


class Move(NamedTuple):
    """One person who goes to one officer."""

    person: Offender
    to: User


@dataclass(frozen=True, slots=True)
class Load(Carried):
    """How much an officer has. `level_points` are the points by level, for the bar."""

    id: UUID | None
    people: int
    overdue: int
    points: Decimal
    level_points: dict[str, Decimal]
    scale: Scale
    share: Share

    @property
    def is_full(self) -> bool:
        """Whether it is more than the officer can carry."""
        return self.points > self.capacity


@dataclass(frozen=True, slots=True)
class OfficerChange:
    """One officer before and after. `id` is None for people nobody manages.

    `receives`: gets some of the people; the same officer may give others.
    """

    id: UUID | None
    staff_number: str
    name: str
    before: Load
    after: Load
    receives: bool

    @property
    def is_overloaded(self) -> bool:
        """Whether people are given to somebody whom that overloads."""
        return self.receives and self.after.is_over


class Staying(NamedTuple):
    """An open step on someone who moves that stays with the officer who has it (PRACTICE 10)."""

    person: UUID
    reference: str
    kind: str
    step: str
    owner: UUID
    owner_name: str
    due_on: dt.date


@dataclass(frozen=True, slots=True)
class Preview:
    """What would change. Nothing is saved; due dates never move with a caseload.

    `officers`: who gives, by staff number, then who receives. `to`: the receiver of each person.
    `imminent`: duties due soon, or late, the latest first. `staying`: work that does not move.
    `refused`: people whom their receiver may not have (a conflict of interest, or restricted to
    others). `digest` proves what was shown: hand it back to decide on exactly this.
    """

    officers: tuple[OfficerChange, ...]
    people: tuple[ManagedPerson, ...]
    to: Mapping[UUID, UUID]
    imminent: tuple[ManagedPerson, ...]
    staying: tuple[Staying, ...]
    refused: tuple[UUID, ...]
    digest: str

    @property
    def overloaded(self) -> tuple[OfficerChange, ...]:
        """Receivers whom it overloads: why is asked for."""
        return tuple(change for change in self.officers if change.is_overloaded)


def preview(
    *, actor: Actor, moves: Sequence[Move], refused: Iterable[UUID], today: dt.date
) -> Preview:
    """What these moves would change, in the actor's reach. Five statements, however many."""
    scale = scale_in_force(today)
    rows = people_of(_people(moves), today, scale)
    soon = today + dt.timedelta(days=scale.imminent_days)
    return Preview(
        officers=tuple(_officers(actor, moves, rows, today, scale)),
        people=tuple(rows),
        to={move.person.public_id: move.to.public_id for move in moves},
        imminent=tuple(row for row in rows if row.due_on is not None and row.due_on <= soon),
        staying=tuple(_staying(moves)),
        refused=tuple(refused),
        digest=digest(moves),
    )


def overloaded(*, actor: Actor, moves: Sequence[Move], today: dt.date) -> list[OfficerChange]:
    """The officers whom these moves would overload. Four statements, however many."""
    scale = scale_in_force(today)
    rows = people_of(_people(moves), today, scale)
    changes = _officers(actor, moves, rows, today, scale)
    return [change for change in changes if change.is_overloaded]


def digest(moves: Iterable[Move]) -> str:
    """SHA-256 hex of who moves, each as they stand, and to whom."""
    stand = (f"{person.public_id} {person.version} {to.public_id}" for person, to in moves)
    return hashlib.sha256("\n".join(sorted(stand)).encode()).hexdigest()


def _people(moves: Iterable[Move]) -> Clause:
    keys = tuple(move.person.pk for move in moves)
    return Clause(f"o.id IN ({placeholders(keys)})", keys)


def _officers(
    actor: Actor,
    moves: Sequence[Move],
    rows: Iterable[ManagedPerson],
    today: dt.date,
    scale: Scale,
) -> list[OfficerChange]:
    """Who gives, by staff number and nobody last, then who receives."""
    givers = {person.offender_manager_id for person, _ in moves}
    receivers = {to.pk: to for _, to in moves}
    known = tuple(sorted({key for key in givers if key is not None} | receivers.keys()))
    touched = Clause(f"o.offender_manager_id IN ({placeholders(known)})", known)
    if None in givers:
        touched |= _people(moves)
    before = loads_of(scope.people(actor, Action.CASELOAD_VIEW) & touched, today, scale)
    before |= {key: no_load(to, scale) for key, to in receivers.items() if key not in before}
    measure(before, today, ahead=True)
    gone, come = _changing_hands(moves, rows)
    changes = [
        _change(before[key], gone=gone[key], come=come[key], receives=key in receivers)
        for key in before
        if key in givers or key in receivers
    ]
    return sorted(changes, key=lambda one: (one.receives, one.id is None, one.staff_number))


Hands = defaultdict[int | None, list[ManagedPerson]]


def _changing_hands(moves: Iterable[Move], rows: Iterable[ManagedPerson]) -> tuple[Hands, Hands]:
    """The rows that leave each officer and that come to each, by the officer's key."""
    by_person = {row.id: row for row in rows}
    gone: Hands = defaultdict(list)
    come: Hands = defaultdict(list)
    for person, to in moves:
        if row := by_person.get(person.public_id):
            gone[person.offender_manager_id].append(row)
            come[to.pk].append(row)
    return gone, come


def _change(
    load: OfficerLoad,
    *,
    gone: Collection[ManagedPerson],
    come: Collection[ManagedPerson],
    receives: bool,
) -> OfficerChange:
    points = dict(load.level_points)
    before = Load(
        id=load.id,
        people=load.people,
        overdue=load.overdue,
        points=load.points,
        level_points=dict(points),
        scale=load.scale,
        share=load.share,
    )
    people, overdue, total = before.people, before.overdue, before.points
    for sign, rows in ((1, come), (-1, gone)):
        for row in rows:
            points[row.level] = points.get(row.level, Decimal(0)) + sign * row.points
            people, overdue = people + sign, overdue + sign * row.overdue
            total += sign * row.points
    after = replace(before, people=people, overdue=overdue, points=total, level_points=points)
    return OfficerChange(load.id, load.staff_number, load.name, before, after, receives)


def _staying(moves: Iterable[Move]) -> list[Staying]:
    """Open steps that a move leaves with who has them, soonest due first. One statement.

    A write-up, an endorsement, and what a colleague of the receiving team took.
    """
    team_of = {person.pk: to.team_id for person, to in moves}
    taken = Q(assigned__isnull=False) & ~Q(owner=F("offender__offender_manager"))
    tasks = (
        Task.objects.open()
        .filter(
            ~Q(step__in=_moving_steps()) | taken, offender__in=list(team_of), owner__isnull=False
        )
        .select_related("owner", "offender")
        .order_by("due_on", "pk")
    )
    moving = _moving_steps()
    return [
        Staying(
            person=task.offender.public_id,
            reference=task.offender.source_ref,
            kind=task.kind,
            step=task.step,
            owner=task.owner.public_id,
            owner_name=task.owner.display_name,
            due_on=task.due_on,
        )
        for task in tasks
        if task.step not in moving or task.owner.team_id == team_of[task.offender_id]
    ]


def _moving_steps() -> set[str]:
    """Names of the steps that go with a person's offender manager."""
    return {
        node.name
        for flow in set(FLOWS.values())
        for node in flow.instance.nodes()
        if isinstance(node, Step) and node.follows_manager
    }
