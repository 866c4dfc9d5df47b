"""Work that its officer may no longer do goes to the team's supervisor (PRACTICE 15)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

import audit.record as audit
from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Role, User
from accounts.policy import Action, granted
from audit.models import Operation
from offenders import actions as people
from offenders.models import ConflictOfInterest, Offender
from workflows.actions.indicators.naming import hand_restricted
from workflows.actions.lapsing import end_standing_in
from workflows.actions.locking import (
    colleague,
    lock_people,
    lock_person,
    officer,
    visible_person,
)
from workflows.actions.receiving import Supervisors, lock_supervisors, tell_receivers
from workflows.actions.unmanaged import warn_of_unmanaged
from workflows.engine import bulk
from workflows.errors import TaskBusy
from workflows.models import Task

SENIOR = (Role.SUPERVISOR, Role.INSPECTOR)


class Given(NamedTuple):
    """One person's work that changed hands. `to` None: it waits in the team's queue."""

    person: Offender
    to: User | None
    tasks: int


@transaction.atomic
def declare_conflict(
    *, by: Actor, offender: UUID, user: UUID, version: int | None = None
) -> ConflictOfInterest:
    """Declare a tie between an officer and a person, for oneself or as a supervisor for another.

    From then on the officer sees nothing of the person, and their open work on the person goes to
    the team's supervisor. Raises NotVisible, NotPermitted, Stale, TaskBusy; RuleBroken
    `already_declared`.
    """
    known = visible_person(by, offender)
    declarer, tied = officer(by), colleague(by, user)
    supervisors, [tied] = lock_supervisors({known.team_id}, tied.pk)
    person = lock_person(known.pk, version=version)
    Offender.objects.require(by, Action.CONFLICT_DECLARE, person)
    if tied.pk != declarer.pk and (by.role not in SENIOR or person.team_id not in by.team_ids):
        raise NotPermitted("Only the team's supervisor declares a conflict for someone else.")
    conflict = people.declare_conflict(offender=person, user=tied, declared_by=declarer)
    given = _give([person], tied, supervisors)
    tell_receivers(_counted(given), about=tied, offender=person, subject=f"conflict:{conflict.pk}")
    audit.record(
        by=by,
        action=Action.CONFLICT_DECLARE,
        operation=Operation.ALTERATION,
        offender_id=person.pk,
        payload={
            "officer": tied.staff_number,
            "tasks_moved": sum(each.tasks for each in given),
        },
    )
    return conflict


@transaction.atomic
def hand_over(*, by: Actor, user: User) -> int:
    """Give everyone and everything of an officer who may not go on to the team's supervisor.

    For a closed account or lapsed vetting; people beyond the reach of `by` stay. What the officer
    covers and every delegation from or to them end. Returns how many people it was about. Raises
    NotPermitted, TaskBusy.
    """
    granted(by, Action.CASELOAD_REASSIGN)
    if by.force_id is not None and by.force_id != user.force_id:
        raise NotPermitted("That officer is of another force.")
    about = _with_work_of(user, by)
    teams = {*about.values_list("team", flat=True), *([user.team_id] if user.team_id else [])}
    supervisors, _ = lock_supervisors(teams, user.pk)
    end_standing_in(by=by, user=user)
    # Read again: whoever held the account's lock may have given the officer more.
    given = _give(lock_people(about.values_list("pk", flat=True)), user, supervisors)
    audit.record_many(
        audit.Entry(
            by=by,
            action=Action.CASELOAD_REASSIGN,
            operation=Operation.ALTERATION,
            offender_id=each.person.pk,
            reason="hand-over",
            payload={"officer": user.staff_number, "tasks_moved": each.tasks},
        )
        for each in given
    )
    # With the moment: more may come to the officer, and be handed over, on the same day.
    moment = timezone.now().isoformat()
    tell_receivers(_counted(given), about=user, subject=f"user:{user.public_id}:{moment}")
    return len(given)


def _with_work_of(user: User, by: Actor) -> QuerySet[Offender]:
    """People whom the officer manages or on whom they have open work, in the reach of `by`."""
    open_tasks = Task.objects.open().filter(owner=user).values("offender")
    reached = Offender.objects.permitted(by, Action.CASELOAD_REASSIGN)
    return reached.filter(Q(offender_manager=user) | Q(pk__in=open_tasks))


def _give(moving: Sequence[Offender], user: User, supervisors: Supervisors) -> list[Given]:
    """Move the open work of `user` on people whose locks are held. Returns whose work moved.

    Raises TaskBusy where someone went to a team whose supervisors are not locked.
    """
    by_team: dict[int, list[Offender]] = defaultdict(list)
    for person in moving:
        by_team[person.team_id].append(person)
    if not supervisors.teams.issuperset(by_team):
        raise TaskBusy
    receivers: dict[int, User | None] = {}
    for team_id, group in by_team.items():
        receivers |= supervisors.for_people(group, team_id=team_id, other_than=user)
    managed = {person.pk for person in moving if person.offender_manager_id == user.pk}
    _set_managers([person for person in moving if person.pk in managed], receivers)
    tasks = bulk.hand_on(user, receivers)
    bulk.refresh_tasks(managed, moved=managed)
    hand_restricted(receivers, leaves=user)
    _warn(person for person in moving if person.pk in managed and receivers[person.pk] is None)
    return [
        Given(person, receivers[person.pk], tasks[person.pk])
        for person in moving
        if person.pk in managed or tasks[person.pk]
    ]


def _warn(unmanaged: Iterable[Offender]) -> None:
    """Say at once that nobody has them: the daily warning would come too late."""
    if teams := {person.team_id for person in unmanaged}:
        warn_of_unmanaged(teams=teams)


def _set_managers(managed: Iterable[Offender], receivers: Mapping[int, User | None]) -> None:
    """A statement for each team and receiver."""
    groups: dict[tuple[User | None, int], list[int]] = defaultdict(list)
    for person in managed:
        groups[receivers[person.pk], person.team_id].append(person.pk)
    for (to, team_id), keys in groups.items():
        people.set_offender_manager(offenders=keys, manager=to, team_id=team_id)


def _counted(given: Iterable[Given]) -> Counter[User | None]:
    """How many people's work came to each."""
    return Counter(each.to for each in given)
