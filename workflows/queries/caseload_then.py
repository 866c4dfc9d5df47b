"""Who managed whom in a team on another day, or as it was known then, and what was late.

From the same standings as every list of the past (docs/decisions/0016-what-was-known.md). Points
are not told: MAPPA levels keep no history. Nor whether officers could take people on: accounts and
vetting keep none either.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Max
from django.utils import timezone

from accounts.actor import Actor
from accounts.capacity import FULL_TIME, Share, capacities_of
from accounts.models import Team, User
from accounts.policy import Action
from offenders.models import Offender
from rules import current
from workflows.models import SUPERVISED
from workflows.points import Scale
from workflows.queries import scope
from workflows.queries.caseload import found_in, teams_of
from workflows.queries.sql import Clause
from workflows.queries.standing import (
    AsKnown,
    Standing,
    Thing,
    came_after,
    everyone,
    standings,
)


@dataclass(slots=True)
class LoadThen:
    """What one officer had; nobody where `id` is None.

    `overdue` counts what was owed and late, not people; `levels` counts people.
    """

    id: UUID | None
    staff_number: str
    name: str
    scale: Scale
    #: Of a full-time caseload, on the day.
    share: Share
    people: int = 0
    overdue: int = 0
    levels: Counter[str] = field(default_factory=Counter)

    @property
    def capacity(self) -> Decimal:
        """Points that the officer could carry."""
        return self.scale.carried_by(self.share.of_full_time)

    def add(self, one: Standing, day: dt.date) -> None:
        """Count one person."""
        self.people += 1
        self.overdue += _late(one, day)
        self.levels[one.level] += 1


@dataclass(frozen=True, slots=True)
class TeamThen:
    """A team as it stood: officers who had people, by staff number, then whoever nobody managed.

    Of those whom the viewer may see today. Names are today's. `stood`: its people by the public id
    of their officer.
    """

    id: UUID
    name: str
    asked: AsKnown
    teams: tuple[Team, ...]
    officers: list[LoadThen]
    stood: dict[UUID | None, list[Standing]]

    @property
    def people(self) -> int:
        """Everyone who was in the team, as far as the viewer may see."""
        return sum(load.people for load in self.officers)

    @property
    def overdue(self) -> int:
        """Everything late among them."""
        return sum(load.overdue for load in self.officers)

    @property
    def unmanaged(self) -> int:
        """How many people nobody managed."""
        return sum(load.people for load in self.officers if load.id is None)


class PersonThen(NamedTuple):
    """One person of a caseload, with what was owed next. Who they are is as known today."""

    id: UUID
    reference: str
    surname: str
    initial: str
    level: str
    next_kind: str | None
    due_on: dt.date | None
    overdue: int


def team_then(*, actor: Actor, team: UUID, asked: AsKnown) -> TeamThen:
    """Who had how much in a team, as of a day and as known at an instant.

    A constant number of statements for each some hundred people. Raises NotVisible for a team
    beyond the actor's reach.
    """
    teams = teams_of(actor)
    found = found_in(teams, team)
    stood = _stood(actor, found, asked)
    users = User.objects.in_bulk([key for key in stood if key is not None])
    shares = capacities_of(users, asked.as_of, known_at=asked.known_at)
    scale = Scale.of(current.in_force(asked.as_of, asked.known_at))
    loads, by_officer = [], {}
    for key, people in stood.items():
        load = _load(users.get(key or 0), shares.get(key or 0, FULL_TIME), scale)
        for one in people:
            load.add(one, asked.as_of)
        loads.append(load)
        by_officer[load.id] = people
    loads.sort(key=lambda load: (load.id is None, load.staff_number))
    return TeamThen(found.public_id, found.name, asked, tuple(teams), loads, by_officer)


class CameLater(NamedTuple):
    """People of a team who came on record only after what is asked about, and the last such day."""

    people: int
    last_on: dt.date


def came_later(*, actor: Actor, team: UUID, asked: AsKnown) -> CameLater | None:
    """Whose figures of then are not to be relied on; None where everybody's are. One statement.

    Of the team's people today whom the actor may see.
    """
    people = Offender.objects.permitted(actor, Action.CASELOAD_VIEW)
    later = people.filter(came_after(asked), team__public_id=team)
    count, last = later.aggregate(n=Count("pk", distinct=True), last=Max("recorded_at")).values()
    return CameLater(count, timezone.localdate(last)) if count else None


def people_then(found: TeamThen, officer: UUID | None) -> list[PersonThen]:
    """The people of an officer, or of nobody, what was due first, first. One statement."""
    stood = found.stood.get(officer, [])
    people = Offender.objects.in_bulk([one.offender_id for one in stood])
    rows = [_person(people[one.offender_id], one, found.asked.as_of) for one in stood]
    return sorted(rows, key=lambda row: (row.due_on or dt.date.max, row.reference))


def _stood(actor: Actor, team: Team, asked: AsKnown) -> dict[int | None, list[Standing]]:
    """Everyone who was on the register and in the team, by the key of who managed them."""
    people = scope.people(actor, Action.CASELOAD_VIEW) & _ever_of(team, asked)
    found: dict[int | None, list[Standing]] = {}
    for one in standings([key for key, *_ in everyone(people)], asked):
        if one.is_registered and one.team_id == team.pk:
            found.setdefault(one.manager_id, []).append(one)
    return found


def _ever_of(team: Team, asked: AsKnown) -> Clause:
    """The people of the team today, which counts as known now, or at any time before."""
    today = Clause("o.team_id = %s", (team.pk,))
    if asked.known_at is None:
        return today
    before = "EXISTS (SELECT 1 FROM offenders_offenderwas w WHERE w.offender_id = o.id AND {})"
    return today | Clause(before.format("w.team_id = %s"), (team.pk,))


def _load(user: User | None, share: Share, scale: Scale) -> LoadThen:
    if user is None:
        return LoadThen(None, "", "Nobody", scale, share)
    return LoadThen(user.public_id, user.staff_number, user.display_name, scale, share)


def _officers(one: Standing) -> list[Thing]:
    """What was owed by the officer: what a supervisor owes is not the officer's late work."""
    return [thing for thing in one.things if thing.kind not in SUPERVISED]


def _late(one: Standing, day: dt.date) -> int:
    return sum(thing.due_on < day for thing in _officers(one))


def _person(found: Offender, one: Standing, day: dt.date) -> PersonThen:
    owed = sorted(_officers(one), key=lambda thing: (thing.due_on, thing.key))
    return PersonThen(
        id=found.public_id,
        reference=found.source_ref,
        surname=found.surname,
        initial=found.forename[:1],
        level=one.level,
        next_kind=owed[0].kind if owed else None,
        due_on=owed[0].due_on if owed else None,
        overdue=_late(one, day),
    )
