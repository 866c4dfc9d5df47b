"""Reassignments: who may see one, and what one would change before anyone decides on it."""

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from accounts.actor import Actor
from accounts.models import User
from accounts.policy import Action
from offenders.models import Offender
from workflows.errors import NotVisible
from workflows.models import Reassignment, ReassignmentMove
from workflows.points import Scale
from workflows.queries import scope
from workflows.queries.caseload import (
    ManagedPerson,
    OfficerLoad,
    loads_of,
    people_of,
    scale_in_force,
)
from workflows.queries.sql import Clause, placeholders

#: A duty of someone who moves that falls due in so many days is pointed out.
IMMINENT_DAYS = 7
#: Recent reassignments that a caseload lists.
MOST_RECENT = 20


@dataclass(frozen=True, slots=True)
class Load:
    """How much an officer has. `level_points` are the points by level, for the bar."""

    people: int
    overdue: int
    points: Decimal
    level_points: dict[str, Decimal]
    scale: Scale

    @property
    def capacity(self) -> Decimal:
        """Points that one full-time officer can carry."""
        return self.scale.capacity

    @property
    def percent(self) -> int:
        """Points against that; 100 is full."""
        return self.scale.percent(self.points)


@dataclass(frozen=True, slots=True)
class OfficerChange:
    """One officer before and after. `id` is None for people nobody manages."""

    id: UUID | None
    staff_number: str
    name: str
    before: Load
    after: Load


@dataclass(frozen=True, slots=True)
class Preview:
    """What would change. Nothing is saved; due dates never move with a caseload.

    `officers`: who gives, by staff number, then who receives. `imminent`: duties due within a week,
    or late. `refused`: people whom the receiver may not have (a conflict of interest, or restricted
    to others). `digest` proves what was shown: hand it back to decide on exactly this.
    """

    officers: tuple[OfficerChange, ...]
    people: tuple[ManagedPerson, ...]
    imminent: tuple[ManagedPerson, ...]
    refused: tuple[UUID, ...]
    digest: str


def seen_by(actor: Actor) -> QuerySet[Reassignment]:
    """The reassignments that the actor may know of: those where someone moved may be seen.

    Lists and single reassignments are read through this one rule.
    """
    return Reassignment.objects.filter(
        Exists(seen_moves(actor).filter(reassignment=OuterRef("pk")))
    )


def with_moves(actor: Actor) -> QuerySet[Reassignment]:
    """`seen_by` with who moved from whom to whom and who decided: two reads, whatever the length.

    Of the people only those whom the actor may see.
    """
    moves = seen_moves(actor).select_related("offender", "from_manager", "to_manager", "to_team")
    decided = seen_by(actor).select_related("decided_by", "undone_by")
    return decided.prefetch_related(Prefetch("moves", moves))


class Recent(NamedTuple):
    """A reassignment of the last hours: how many people went to whom, and whether it stands."""

    id: UUID
    people: int
    to: str
    by: str
    decided_at: dt.datetime
    undone_at: dt.datetime | None


def recent(*, actor: Actor, team: UUID, since: dt.datetime) -> list[Recent]:
    """Reassignments from or to a team that were decided after `since`. One statement.

    Those that still stand first, so that they can be undone, then the newest.
    """
    ours = ReassignmentMove.objects.filter(
        Q(from_team__public_id=team) | Q(to_team__public_id=team), reassignment=OuterRef("pk")
    )
    wanted = seen_by(actor).filter(Exists(ours), decided_at__gt=since)
    moves = seen_moves(actor).filter(reassignment=OuterRef("reassignment"))
    counted = moves.order_by().values("reassignment").annotate(count=Count("pk")).values("count")
    # Everyone in one goes to the same officer: its first move stands for all.
    firsts = ReassignmentMove.objects.filter(
        pk=Subquery(moves.order_by("pk").values("pk")[:1]), reassignment__in=wanted
    )
    rows = (
        firsts.annotate(people=Subquery(counted))
        .select_related("reassignment__decided_by", "to_manager")
        .order_by(
            F("reassignment__undone_at").asc(nulls_first=True),
            "-reassignment__decided_at",
            "-reassignment",
        )
    )
    return [
        Recent(
            id=row.reassignment.public_id,
            people=row.people,
            to=row.to_manager.display_name,
            by=row.reassignment.decided_by.display_name,
            decided_at=row.reassignment.decided_at,
            undone_at=row.reassignment.undone_at,
        )
        for row in rows[:MOST_RECENT]
    ]


def visible(actor: Actor, reassignment: UUID) -> Reassignment:
    """The reassignment `reassignment` with its moves. Raises NotVisible."""
    found = with_moves(actor).filter(public_id=reassignment).first()
    if found is None:
        raise NotVisible
    return found


def preview(
    *, actor: Actor, people: Collection[Offender], to: User, refused: Iterable[UUID], today: dt.date
) -> Preview:
    """What giving `people` to `to` would change, in the actor's reach. Four statements."""
    keys = tuple(person.pk for person in people)
    moving = Clause(f"o.id IN ({placeholders(keys)})", keys)
    scale = scale_in_force(today)
    rows = people_of(moving, today, scale)
    soon = today + dt.timedelta(days=IMMINENT_DAYS)
    return Preview(
        officers=tuple(_officers(actor, people, moving, to=to, today=today, scale=scale)),
        people=tuple(rows),
        imminent=tuple(row for row in rows if row.due_on is not None and row.due_on <= soon),
        refused=tuple(refused),
        digest=digest(people, to),
    )


def seen_moves(actor: Actor) -> QuerySet[ReassignmentMove]:
    """Moves of people whom the actor may see, in ascending key of the person.

    Whoever left the actor's sight since is neither shown nor counted; a reassignment of which
    nothing is seen is not there.
    """
    seen = Offender.objects.permitted(actor, Action.CASELOAD_VIEW)
    return ReassignmentMove.objects.filter(offender__in=seen.values("pk")).order_by("offender_id")


def digest(people: Iterable[Offender], to: User) -> str:
    """SHA-256 hex of who moves, each as they stand, and to whom."""
    stand = sorted(f"{person.public_id} {person.version}" for person in people)
    return hashlib.sha256("\n".join([str(to.public_id), *stand]).encode()).hexdigest()


def _officers(
    actor: Actor,
    people: Iterable[Offender],
    moving: Clause,
    *,
    to: User,
    today: dt.date,
    scale: Scale,
) -> list[OfficerChange]:
    givers = {person.offender_manager_id for person in people} - {to.pk}
    known = (*sorted(key for key in givers if key is not None), to.pk)
    managed = Clause(f"o.offender_manager_id IN ({placeholders(known)})", known)
    if None in givers:
        managed |= moving
    before = loads_of(scope.people(actor, Action.CASELOAD_VIEW) & managed, today, scale)
    moved = loads_of(moving, today, scale)
    to_load = before.get(to.pk) or OfficerLoad(
        to.public_id, to.staff_number, to.display_name, scale
    )
    gone = [_changed(before[key], minus=moved[key]) for key in before if key in givers]
    gone.sort(key=lambda change: (change.id is None, change.staff_number))
    return [*gone, _changed(to_load, plus=[load for key, load in moved.items() if key != to.pk])]


def _changed(
    load: OfficerLoad, *, minus: OfficerLoad | None = None, plus: Iterable[OfficerLoad] = ()
) -> OfficerChange:
    points = dict(load.level_points)
    before = after = Load(load.people, load.overdue, load.points, points, load.scale)
    for other in plus:
        after = _added(after, other, 1)
    if minus is not None:
        after = _added(after, minus, -1)
    return OfficerChange(load.id, load.staff_number, load.name, before, after)


def _added(load: Load, other: OfficerLoad, sign: int) -> Load:
    levels = {**dict.fromkeys(other.level_points, Decimal(0)), **load.level_points}
    return Load(
        load.people + sign * other.people,
        load.overdue + sign * other.overdue,
        load.points + sign * other.points,
        {
            level: points + sign * other.level_points.get(level, 0)
            for level, points in levels.items()
        },
        load.scale,
    )
