"""What a fair split is worked out from: who the people are, and what each officer has and may take.

A constant number of statements, however many people and officers.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from accounts.actor import Actor
from accounts.models import Role, Team, User
from accounts.policy import Action
from offenders.models import ConflictOfInterest, Offender, RestrictedAccess
from workflows.fair_split import Officer, Person, Split, fair_split
from workflows.queries import scope
from workflows.queries.caseload import ManagedPerson, outward, people_of, scale_in_force
from workflows.queries.sql import Clause, placeholders, read
from workflows.queries.workload import loads_of, measure, no_load


def able_in(team: Team, today: dt.date) -> list[User]:
    """The offender managers of a team with an open account and vetting in date.

    Not its supervisors: they have people only until an officer is found for them.
    """
    officers = User.objects.filter(team=team, is_active=True, role=Role.OFFENDER_MANAGER)
    return [user for user in officers.order_by("pk") if Actor.of_user(user, today).is_current]


def split_of(
    *,
    actor: Actor,
    people: Sequence[Offender],
    officers: Sequence[User],
    today: dt.date,
    all_move: bool,
) -> Split:
    """Who of `officers` could take whom (`workflows.fair_split`). Seven statements."""
    scale = scale_in_force(today)
    keys = tuple(person.pk for person in people)
    rows = people_of(Clause(f"o.id IN ({placeholders(keys)})", keys), today, scale)
    theirs = _of_officers(actor, officers)
    loads = loads_of(theirs, today, scale)
    loads |= {user.pk: no_load(user, scale) for user in officers if user.pk not in loads}
    measure(loads, today, ahead=True)
    areas = _areas(theirs)
    asked = _asked(people, {row.id: row for row in rows}, _closed(people, officers))
    able = [
        Officer(user.public_id, loads[user.pk].capacity, loads[user.pk].points, areas[user.pk])
        for user in officers
    ]
    return fair_split(asked, able, all_move=all_move)


def _of_officers(actor: Actor, officers: Sequence[User]) -> Clause:
    """Whom the officers manage, of those the actor may see."""
    keys = tuple(user.pk for user in officers)
    managed = Clause(f"o.offender_manager_id IN ({placeholders(keys)})", keys)
    return scope.people(actor, Action.CASELOAD_VIEW) & managed


def _areas(people: Clause) -> Mapping[int, frozenset[str]]:
    """The districts where each officer has somebody, by the officer's key. One statement."""
    rows = read(
        Clause(
            "SELECT DISTINCT o.offender_manager_id, a.postcode"  # noqa: S608
            " FROM offenders_offender o JOIN offenders_address a ON a.offender_id = o.id"
            " AND a.until_on IS NULL AND a.kind IN ('main_residence', 'regularly_found')"
            f" WHERE o.registration_ended_on IS NULL AND ({people.sql})",
            people.params,
        )
    )
    found: dict[int, set[str]] = defaultdict(set)
    for officer, postcode in rows:
        found[officer].add(outward(postcode))
    return defaultdict(frozenset, {key: frozenset(areas - {""}) for key, areas in found.items()})


def _closed(
    people: Collection[Offender], officers: Collection[User]
) -> Mapping[int, frozenset[UUID]]:
    """Who of the officers may not have each person, by the person's key. Two statements."""
    restricted = {person.pk for person in people if person.is_restricted}
    keys = [person.pk for person in people]
    users = [user.pk for user in officers]
    tied = _pairs(
        ConflictOfInterest.objects.filter(
            offender__in=keys, user__in=users, withdrawn_at__isnull=True
        ).values_list("offender_id", "user__public_id")
    )
    named = _pairs(
        RestrictedAccess.objects.filter(
            offender__in=restricted, user__in=users, ended_at__isnull=True
        ).values_list("offender_id", "user__public_id")
    )
    everyone = {user.public_id for user in officers}
    return {
        key: frozenset(tied[key] | (everyone - named[key] if key in restricted else set()))
        for key in keys
    }


def _pairs(rows: Iterable[tuple[int, UUID]]) -> dict[int, set[UUID]]:
    found: dict[int, set[UUID]] = defaultdict(set)
    for person, officer in rows:
        found[person].add(officer)
    return found


def _asked(
    people: Iterable[Offender],
    rows: Mapping[UUID, ManagedPerson],
    closed: Mapping[int, frozenset[UUID]],
) -> list[Person]:
    """The people as the split takes them; their managers are read with them."""
    return [
        Person(
            id=person.public_id,
            points=rows[person.public_id].points,
            area=rows[person.public_id].area,
            manager=person.offender_manager.public_id if person.offender_manager else None,
            closed_to=closed[person.pk],
        )
        for person in people
    ]
