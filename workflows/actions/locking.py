"""Finding and locking what an action is about, and asking for its reason.

Locks are taken in one order everywhere, so that two actions can never wait for each other:
accounts of officers by ascending id, then a force, then people by ascending id, then a
reassignment or the process. Accounts are locked only where people or work change hands for good (a
reassignment and its undo, a conflict, a closed account, lapsed vetting) or somebody is registered
for one, so that nobody is given to an officer whose account closes meanwhile. A single task given
to such an officer is found by the hourly hand-over.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import OperationalError

from accounts.actor import Actor
from accounts.errors import ReasonRequired
from accounts.models import Force, Role, User
from accounts.policy import Action, grant, needs_reason
from offenders.errors import Invalid, Stale
from offenders.models import Offender
from workflows.errors import NotVisible, TaskBusy
from workflows.models import Task
from workflows.queries import person as people
from workflows.queries import task as tasks

#: MOSOVO staff: who makes home visits.
VISITORS = frozenset({Role.OFFENDER_MANAGER, Role.SUPERVISOR, Role.INSPECTOR})


def visible_task(by: Actor, task: UUID) -> Task:
    """The human task `task`, by the rule of the lists. Raises NotVisible."""
    return tasks.visible(by, task)


def visible_person(by: Actor, offender: UUID) -> Offender:
    """The person `offender`, by the rule of the lists. Raises NotVisible."""
    return people.visible(by, offender)


def lock_officers(ids: Iterable[int]) -> list[User]:
    """Lock accounts in ascending id, before any person, and read them as they are then.

    FOR NO KEY UPDATE, as for people. Raises TaskBusy after the connection's `lock_timeout`.
    """
    rows = User.objects.filter(pk__in=list(ids)).order_by("pk")
    try:
        return list(rows.select_for_update(of=("self",), no_key=True))
    except OperationalError as error:
        raise TaskBusy from error


def lock_force(force_id: int) -> Force:
    """Let one at a time in where people or indicators of a force are new, before any person.

    What is the same, or known already, is found then, whoever else registers or sends meanwhile.
    """
    return Force.objects.select_for_update(of=("self",), no_key=True).get(pk=force_id)


def lock_people(ids: Iterable[int]) -> list[Offender]:
    """Lock people in ascending id. Raises TaskBusy after the connection's `lock_timeout`.

    FOR NO KEY UPDATE: rows that point at them can still be inserted.
    """
    rows = Offender.objects.filter(pk__in=list(ids)).order_by("pk")
    try:
        return list(rows.select_for_update(of=("self",), no_key=True))
    except OperationalError as error:
        raise TaskBusy from error


def lock_free(ids: Iterable[int]) -> set[int]:
    """Lock those people whom nobody else is changing, and return their ids. Waits for nobody.

    For jobs over many people that come again: whoever is busy is left for the next run, alone.
    """
    rows = Offender.objects.filter(pk__in=list(ids)).order_by("pk")
    free = rows.select_for_update(of=("self",), no_key=True, skip_locked=True)
    return set(free.values_list("pk", flat=True))


def lock_besides(held: int, ids: Iterable[int]) -> list[Offender]:
    """Lock more people while the caller holds `held`. Raises TaskBusy.

    Those with a lower id cannot be waited for, lest two such acts wait for each other.
    """
    wanted = set(ids) - {held}
    lower = {key for key in wanted if key < held}
    if lock_free(lower) != lower:
        raise TaskBusy
    lock_people(wanted - lower)
    return list(Offender.objects.filter(pk__in=wanted).order_by("pk"))


def lock_person(offender_id: int, *, version: int | None = None) -> Offender:
    """Lock one person. Raises Stale where `version` is not theirs, TaskBusy."""
    [person] = lock_people([offender_id])
    if version is not None and version != person.version:
        raise Stale
    return person


def require_reason(by: Actor, action: Action, reason: str, *, team_id: int | None) -> None:
    """Raise ReasonRequired where `by` must type a reason for a record of that team."""
    permission = grant(by, action)
    asked = permission is not None and needs_reason(by, permission, team_id=team_id)
    if asked and not reason.strip():
        raise ReasonRequired("Give a reason first.")


def officer(by: Actor) -> User:
    """The signed-in officer behind `by`. Raises NotVisible for a client or a job."""
    if by.user_id is None:
        raise NotVisible
    return User.objects.get(pk=by.user_id)


def of_staff_number(user: User, staff_number: str, *, field: str) -> User:
    """The officer of `user`'s force with that number. Capitals count only where they decide.

    Raises Invalid `unknown_officer`.
    """
    alike = list(User.objects.filter(force=user.force, staff_number__iexact=staff_number))
    exact = [officer for officer in alike if officer.staff_number == staff_number]
    found = exact or alike
    if len(found) != 1:
        raise Invalid("unknown_officer", "No officer has that staff number.", field=field)
    return found[0]


def visitor_of_staff_number(
    user: User, staff_number: str, *, field: str, also_closed: bool = False
) -> User:
    """As `of_staff_number`, of those who make home visits (PRACTICE 9).

    `also_closed`: of a visit that was made, where an account may have been closed since; whoever
    plans to go has an open one.
    """
    found = of_staff_number(user, staff_number, field=field)
    is_open = also_closed or found.is_active
    if not is_open or found.role not in VISITORS:
        raise Invalid("unknown_officer", "Nobody who makes visits has that number.", field=field)
    return found


def colleague(by: Actor, user: UUID) -> User:
    """An active officer of the actor's force. Raises NotVisible."""
    found = User.objects.filter(public_id=user, is_active=True).first()
    if found is None or found.force_id != by.force_id:
        raise NotVisible
    return found
