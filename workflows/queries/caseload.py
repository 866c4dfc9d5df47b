"""Who manages whom in a team, how much work that is, and what is late."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from accounts.actor import Actor
from accounts.models import Role, Team, User
from accounts.policy import Action, shows_all
from accounts.teams import teams_in_reach
from rules import current
from workflows.errors import NotVisible
from workflows.points import Scale
from workflows.queries import scope
from workflows.queries.sight import JOIN, Sight
from workflows.queries.sql import Clause, key, read, uuid
from workflows.queries.workload import (
    LATE,
    OFFICERS,
    WEIGHT,
    OfficerLoad,
    loads_of,
    measure,
    no_load,
    weight_of,
    weight_params,
)

#: Columns of a person before those of their indicators.
PERSON = 15
#: Who can have a caseload.
MANAGERS = (Role.OFFENDER_MANAGER, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class TeamCaseload:
    """A team: its officers by staff number, then whoever nobody manages.

    `teams`: all whose caseloads the viewer may see, by name. `scale`: what the rules in force count
    as how much work.
    """

    id: UUID
    name: str
    officers: list[OfficerLoad]
    teams: tuple[Team, ...]
    scale: Scale

    @property
    def people(self) -> int:
        """Everyone the viewer may see in the team."""
        return sum(officer.people for officer in self.officers)

    @property
    def overdue(self) -> int:
        """Everything late among them."""
        return sum(officer.overdue for officer in self.officers)

    @property
    def unmanaged(self) -> int:
        """How many people nobody manages. It must be none."""
        return sum(officer.people for officer in self.officers if officer.id is None)


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
    #: Something critical about them is still to be done; such people stand first.
    unactioned_critical: bool = False


def teams_of(actor: Actor) -> list[Team]:
    """The teams whose caseloads the actor may see, by name."""
    return teams_in_reach(actor, Action.CASELOAD_VIEW)


def found_in(teams: Sequence[Team], team: UUID) -> Team:
    """That one of the teams in the actor's reach. Raises NotVisible."""
    found = next((known for known in teams if known.public_id == team), None)
    if found is None:
        raise NotVisible
    return found


def team_caseload(*, actor: Actor, team: UUID, today: dt.date) -> TeamCaseload:
    """The workload of each officer of a team. Five statements, whatever its size.

    Raises NotVisible for a team beyond the actor's reach.
    """
    teams = teams_of(actor)
    found = found_in(teams, team)
    seen = scope.people(actor, Action.CASELOAD_VIEW)
    scale = scale_in_force(today)
    loads = loads_of(seen & Clause("o.team_id = %s", (found.pk,)), today, scale)
    for user in User.objects.filter(team=found, is_active=True, role__in=MANAGERS):
        load = loads.setdefault(user.pk, no_load(user, scale))
        load.can_receive = Actor.of_user(user, today).is_current
    measure(loads, today)
    officers = sorted(loads.values(), key=lambda load: (load.id is None, load.staff_number))
    return TeamCaseload(found.public_id, found.name, officers, tuple(teams), scale)


def officer_people(
    *, actor: Actor, officer: UUID, today: dt.date, scale: Scale | None = None
) -> list[ManagedPerson]:
    """The people one officer manages, what is due first, first. One statement.

    Whom the actor may not see is left out. `scale`: that of the day, where it was read already.
    """
    seen = scope.people(actor, Action.CASELOAD_VIEW)
    wanted = seen & Clause("u.public_id = %s", (key(officer),))
    return people_of(
        wanted,
        today,
        scale or scale_in_force(today),
        shows_area=shows_all(actor, Action.CASELOAD_VIEW),
        sight=Sight(actor, today),
    )


def unmanaged_people(
    *, actor: Actor, team: UUID, today: dt.date, scale: Scale | None = None
) -> list[ManagedPerson]:
    """The people of a team whom nobody manages, what is due first, first. One statement.

    A hand-over leaves them where a team has no supervisor who can take them (PRACTICE 15).
    """
    seen = scope.people(actor, Action.CASELOAD_VIEW)
    of_team = "o.team_id = (SELECT id FROM accounts_team WHERE public_id = %s)"
    wanted = seen & Clause(f"o.offender_manager_id IS NULL AND {of_team}", (key(team),))
    shows_area = shows_all(actor, Action.CASELOAD_VIEW)
    return people_of(
        wanted,
        today,
        scale or scale_in_force(today),
        shows_area=shows_area,
        sight=Sight(actor, today),
    )


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
    people: Clause,
    today: dt.date,
    scale: Scale,
    *,
    shows_area: bool = True,
    sight: Sight | None = None,
) -> list[ManagedPerson]:
    """`people` as rows of a caseload, what is due first, first. One statement.

    `sight`: as a viewer reads them, with whoever has something critical to be done before all.
    """
    rows = read(_people(people, today, scale, sight))
    found = [_person(values, scale, shows_area=shows_area) for values in rows]
    if sight is not None:
        wholes = sight.wholes([values[PERSON:] for values in rows])
        found = [
            one._replace(unactioned_critical=whole.has_unactioned_critical)
            for one, whole in zip(found, wholes, strict=True)
        ]
    return sorted(found, key=_in_order)


def _in_order(one: ManagedPerson) -> tuple[bool, dt.date, str]:
    return not one.unactioned_critical, one.due_on or dt.date.max, one.reference


def outward(postcode: str | None) -> str:
    """The district of a postcode: "QX7" of "QX7 1AA"; "" where none is known."""
    return (postcode or "").partition(" ")[0]


def _people(people: Clause, today: dt.date, scale: Scale, sight: Sight | None) -> Clause:
    weighed, join = Clause(""), ""
    if sight is not None:
        weighed, join = Clause(f", {sight.weighed.sql}", sight.weighed.params), JOIN
    return Clause(
        f"""SELECT {WEIGHT}, {LATE}, b.kind, b.due_on, a.postcode,
       o.public_id, o.source_ref, o.surname, o.forename, o.is_restricted, o.version{weighed.sql}
  FROM offenders_offender o{join}
  LEFT JOIN accounts_user u ON u.id = o.offender_manager_id
  LEFT JOIN workflows_obligation b ON b.id = (
       SELECT n.id FROM workflows_obligation n
        WHERE n.offender_id = o.id AND n.closed_at IS NULL AND n.{OFFICERS}
        ORDER BY n.due_on, n.id LIMIT 1)
  LEFT JOIN offenders_address a ON a.offender_id = o.id AND a.until_on IS NULL
       AND a.kind IN ('main_residence', 'regularly_found')
 WHERE o.registration_ended_on IS NULL AND ({people.sql})""",  # noqa: S608
        (*weight_params(scale, today), today, *weighed.params, *people.params),
    )


def _person(values: Sequence[Any], scale: Scale, *, shows_area: bool) -> ManagedPerson:
    weight = weight_of(values[:5])
    overdue, next_kind, due_on, postcode = values[5:9]
    public_id, reference, surname, forename, restricted, version = values[9:PERSON]
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
        area=outward(postcode) if shows_area else "",
        points=scale.points(weight),
        version=version,
    )
