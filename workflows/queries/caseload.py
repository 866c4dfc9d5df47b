"""Who manages whom in a team, how much work that is, and what is late."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from accounts.actor import Actor
from accounts.models import Role, Team, User
from accounts.policy import Action, Reach, grant, shows_all
from rules import current
from workflows.errors import NotVisible
from workflows.models import SUPERVISED
from workflows.points import Scale, Weight
from workflows.queries import scope
from workflows.queries.sql import Clause, key, read, uuid

#: Who can have a caseload.
MANAGERS = (Role.OFFENDER_MANAGER, Role.SUPERVISOR)


@dataclass(slots=True)
class OfficerLoad:
    """The caseload of one officer; of nobody where `id` is None.

    `overdue` counts what is owed and late, not people. `levels` counts people, `level_points` their
    points.
    """

    id: UUID | None
    staff_number: str
    name: str
    #: What the rules in force count as how much work.
    scale: Scale
    #: Active, in a role that manages people, vetting in date.
    can_receive: bool = False
    people: int = 0
    overdue: int = 0
    points: Decimal = Decimal(0)
    levels: Counter[str] = field(default_factory=Counter)
    level_points: dict[str, Decimal] = field(default_factory=dict)

    @property
    def capacity(self) -> Decimal:
        """Points that one full-time officer can carry."""
        return self.scale.capacity

    @property
    def percent(self) -> int:
        """Points against that; 100 is full."""
        return self.scale.percent(self.points)

    def add(self, weight: Weight, people: int, overdue: int) -> None:
        """Count some people of one weight."""
        points = people * self.scale.points(weight)
        self.people += people
        self.overdue += overdue
        self.points += points
        self.levels[weight.level] += people
        self.level_points[weight.level] = self.level_points.get(weight.level, Decimal(0)) + points


@dataclass(frozen=True, slots=True)
class TeamCaseload:
    """A team: its officers by staff number, then whoever nobody manages."""

    id: UUID
    name: str
    officers: list[OfficerLoad]

    @property
    def people(self) -> int:
        """Everyone the viewer may see in the team."""
        return sum(officer.people for officer in self.officers)

    @property
    def overdue(self) -> int:
        """Everything late among them."""
        return sum(officer.overdue for officer in self.officers)


class ManagedPerson(NamedTuple):
    """One person of a caseload, with what is owed next. `area` is the outward postcode."""

    id: UUID
    reference: str
    surname: str
    initial: str
    restricted: bool
    level: str
    mode: str
    next_kind: str | None
    due_on: dt.date | None
    overdue: int
    area: str
    points: Decimal
    version: int


def teams_of(actor: Actor) -> list[Team]:
    """The teams whose caseloads the actor may see, by name."""
    permission = grant(actor, Action.CASELOAD_VIEW)
    if permission is None or actor.force_id is None:
        return []
    teams = Team.objects.order_by("name")
    if permission.reach is Reach.FORCE:
        return list(teams.filter(force_id=actor.force_id))
    return list(teams.filter(pk__in=actor.team_ids))


def team_caseload(*, actor: Actor, team: UUID, today: dt.date) -> TeamCaseload:
    """The workload of each officer of a team. Four statements, whatever its size.

    Raises NotVisible for a team beyond the actor's reach.
    """
    found = next((known for known in teams_of(actor) if known.public_id == team), None)
    if found is None:
        raise NotVisible
    seen = scope.people(actor, Action.CASELOAD_VIEW)
    scale = scale_in_force(today)
    loads = loads_of(seen & Clause("o.team_id = %s", (found.pk,)), today, scale)
    for user in User.objects.filter(team=found, is_active=True, role__in=MANAGERS):
        load = loads.setdefault(user.pk, _empty(user, scale))
        load.can_receive = Actor.of_user(user, today).is_current
    officers = sorted(loads.values(), key=lambda load: (load.id is None, load.staff_number))
    return TeamCaseload(found.public_id, found.name, officers)


def officer_people(*, actor: Actor, officer: UUID, today: dt.date) -> list[ManagedPerson]:
    """The people one officer manages, what is due first, first. Two statements.

    Whom the actor may not see is left out.
    """
    seen = scope.people(actor, Action.CASELOAD_VIEW)
    wanted = seen & Clause("u.public_id = %s", (key(officer),))
    return people_of(
        wanted,
        today,
        scale_in_force(today),
        shows_area=shows_all(actor, Action.CASELOAD_VIEW),
    )


def unmanaged_people(*, actor: Actor, team: UUID, today: dt.date) -> list[ManagedPerson]:
    """The people of a team whom nobody manages, what is due first, first. One statement.

    A hand-over leaves them where a team has no supervisor who can take them (PRACTICE 15).
    """
    seen = scope.people(actor, Action.CASELOAD_VIEW)
    of_team = "o.team_id = (SELECT id FROM accounts_team WHERE public_id = %s)"
    wanted = seen & Clause(f"o.offender_manager_id IS NULL AND {of_team}", (key(team),))
    shows_area = shows_all(actor, Action.CASELOAD_VIEW)
    return people_of(wanted, today, scale_in_force(today), shows_area=shows_area)


def receivers(*, actor: Actor, today: dt.date) -> list[User]:
    """Who can take people on whom the actor moves, by team and name. One statement.

    In a team its supervisor decides, between teams an inspector (PRACTICE 15).
    """
    able = User.objects.filter(is_active=True, role__in=MANAGERS, team__isnull=False)
    if actor.role == Role.INSPECTOR and actor.force_id is not None:
        able = able.filter(force_id=actor.force_id)
    else:
        able = able.filter(team_id__in=actor.team_ids)
    ordered = able.select_related("team").order_by("team__name", "last_name", "first_name", "pk")
    return [user for user in ordered if Actor.of_user(user, today).is_current]


def scale_in_force(today: dt.date) -> Scale:
    """What counts as how much work today. One statement."""
    return Scale.of(current.in_force(today))


def people_of(
    people: Clause, today: dt.date, scale: Scale, *, shows_area: bool = True
) -> list[ManagedPerson]:
    """`people` as rows of a caseload, what is due first, first. One statement."""
    rows = read(_people(people, today, scale))
    found = [_person(values, scale, shows_area=shows_area) for values in rows]
    return sorted(found, key=lambda one: (one.due_on or dt.date.max, one.reference))


def loads_of(people: Clause, today: dt.date, scale: Scale) -> dict[int | None, OfficerLoad]:
    """The caseloads that hold `people`, by their officer's key, in one statement."""
    officer = "manager_id, public_id, staff_number, first_name, last_name"
    weight = "management_level, management_mode, mappa_level, is_new"
    statement = Clause(
        f"SELECT {officer}, {weight}, COUNT(*), SUM(late)"  # noqa: S608
        " FROM (SELECT u.id AS manager_id, u.public_id, u.staff_number, u.first_name, u.last_name,"
        f" {WEIGHT}, {LATE} AS late FROM offenders_offender o"
        " LEFT JOIN accounts_user u ON u.id = o.offender_manager_id"
        f" WHERE o.registration_ended_on IS NULL AND ({people.sql})) x"
        f" GROUP BY {officer}, {weight}",
        (scale.new_since(today), today, *people.params),
    )
    loads: dict[int | None, OfficerLoad] = {}
    for manager, public_id, staff_number, first, last, *counted in read(statement):
        *facts, number, late = counted
        if manager not in loads:
            name = f"{first or ''} {last or ''}".strip() or staff_number or "Nobody"
            known = None if public_id is None else uuid(public_id)
            loads[manager] = OfficerLoad(known, staff_number or "", name, scale)
        loads[manager].add(_weight(facts), number, int(late))
    return loads


#: What a person weighs, and how much of what they are owed is late. One parameter each: the first
#: day that counts as new, and today.
WEIGHT = """o.management_level, o.management_mode, o.mappa_level,
       NOT EXISTS (SELECT 1 FROM offenders_notificationbasis n
                    WHERE n.offender_id = o.id AND n.relevant_date < %s) AS is_new"""
#: What a supervisor owes is not late work of the officer.
_OFFICERS = f"kind NOT IN ({', '.join(repr(kind.value) for kind in SUPERVISED)})"
LATE = f"""(SELECT COUNT(*) FROM workflows_obligation l
         WHERE l.offender_id = o.id AND l.closed_at IS NULL AND l.due_on < %s
           AND l.{_OFFICERS})"""  # noqa: S608  (kinds are ours)


def _people(people: Clause, today: dt.date, scale: Scale) -> Clause:
    return Clause(
        f"""SELECT {WEIGHT}, {LATE}, b.kind, b.due_on, a.postcode,
       o.public_id, o.source_ref, o.surname, o.forename, o.is_restricted, o.version
  FROM offenders_offender o
  LEFT JOIN accounts_user u ON u.id = o.offender_manager_id
  LEFT JOIN workflows_obligation b ON b.id = (
       SELECT n.id FROM workflows_obligation n
        WHERE n.offender_id = o.id AND n.closed_at IS NULL AND n.{_OFFICERS}
        ORDER BY n.due_on, n.id LIMIT 1)
  LEFT JOIN offenders_address a ON a.offender_id = o.id AND a.until_on IS NULL
       AND a.kind IN ('main_residence', 'regularly_found')
 WHERE o.registration_ended_on IS NULL AND ({people.sql})""",  # noqa: S608
        (scale.new_since(today), today, *people.params),
    )


def _person(values: Sequence[Any], scale: Scale, *, shows_area: bool) -> ManagedPerson:
    weight = _weight(values[:4])
    overdue, next_kind, due_on, postcode = values[4:8]
    public_id, reference, surname, forename, restricted, version = values[8:]
    return ManagedPerson(
        id=uuid(public_id),
        reference=reference,
        surname=surname,
        initial=forename[:1],
        restricted=bool(restricted),
        level=weight.level,
        mode=weight.mode,
        next_kind=next_kind,
        due_on=due_on,
        overdue=overdue,
        area=(postcode or "").partition(" ")[0] if shows_area else "",
        points=scale.points(weight),
        version=version,
    )


def _weight(facts: Sequence[Any]) -> Weight:
    level, mode, mappa_level, is_new = facts
    return Weight(level, mode, mappa_level, bool(is_new))


def _empty(user: User, scale: Scale) -> OfficerLoad:
    return OfficerLoad(user.public_id, user.staff_number, user.display_name, scale)
