"""Work that its officer may no longer do goes to the team's supervisor (PRACTICE 15)."""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

import audit.record as audit
from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Role, User
from accounts.policy import Action, require
from audit.models import Operation
from offenders import actions as people
from offenders.actions.counting import save_changed
from offenders.models import ConflictOfInterest, Offender
from workflows.actions.alerts import tell
from workflows.actions.locking import (
    colleague,
    lock_people,
    lock_person,
    officer,
    visible_person,
)
from workflows.engine import transitions
from workflows.models import Alert, Task

SENIOR = (Role.SUPERVISOR, Role.INSPECTOR)


@transaction.atomic
def declare_conflict(
    *, by: Actor, offender: UUID, user: UUID, version: int | None = None
) -> ConflictOfInterest:
    """Declare a tie between an officer and a person, for oneself or as a supervisor for another.

    From then on the officer sees nothing of the person, and their open work on the person goes to
    the team's supervisor. Raises NotVisible, NotPermitted, Stale, TaskBusy; RuleBroken
    `already_declared`.
    """
    person = lock_person(visible_person(by, offender).pk, version=version)
    Offender.objects.require(by, Action.CONFLICT_DECLARE, person)
    declarer, tied = officer(by), colleague(by, user)
    if tied.pk != declarer.pk and by.role not in SENIOR:
        raise NotPermitted("Only a supervisor declares a conflict for someone else.")
    conflict = people.declare_conflict(offender=person, user=tied, declared_by=declarer)
    to, moved = _hand_over(person, tied)
    _tell({to: 1}, about=tied, offender=person, subject=f"conflict:{conflict.pk}")
    audit.record(
        by=by,
        action=Action.CONFLICT_DECLARE,
        operation=Operation.ALTERATION,
        offender_id=person.pk,
        payload={"officer": tied.staff_number, "tasks_moved": moved},
    )
    return conflict


@transaction.atomic
def hand_over(*, by: Actor, user: User) -> int:
    """Give everyone and everything of an officer who may not go on to the team's supervisor.

    For a closed account or lapsed vetting; people beyond the reach of `by` stay. Returns how many
    people it was about. Raises NotPermitted, TaskBusy.
    """
    require(by, Action.CASELOAD_REASSIGN, reason="hand-over")
    if by.force_id is not None and by.force_id != user.force_id:
        raise NotPermitted("That officer is of another force.")
    reached = Offender.objects.permitted(by, Action.CASELOAD_REASSIGN)
    about = reached.filter(Q(offender_manager=user) | Q(pk__in=_open_tasks(user)))
    locked = lock_people(about.values_list("pk", flat=True))
    given = [(person, *_hand_over(person, user)) for person in locked]
    audit.record_many(
        audit.Entry(
            by=by,
            action=Action.CASELOAD_REASSIGN,
            operation=Operation.ALTERATION,
            offender_id=person.pk,
            reason="hand-over",
            payload={"officer": user.staff_number, "tasks_moved": tasks},
        )
        for person, _, tasks in given
    )
    day = timezone.localdate()
    people_by_receiver = Counter(to for _, to, _ in given)
    _tell(people_by_receiver, about=user, subject=f"user:{user.public_id}:{day}")
    return len(given)


def _open_tasks(user: User) -> QuerySet[Task, int]:
    return Task.objects.open().filter(owner=user).values_list("offender", flat=True)


def _hand_over(person: Offender, user: User) -> tuple[User | None, int]:
    """Move one person's open work from `user`. Returns who has it now, and how many tasks.

    Without a supervisor who may have it, it waits in the team's queue.
    """
    to = _supervisor(person, other_than=user)
    if person.offender_manager_id == user.pk:
        person.offender_manager = to
        save_changed(person, "offender_manager")
    tasks = list(Task.objects.open().filter(offender=person, owner=user).order_by("pk"))
    for task in tasks:
        if to is None:
            transitions.release(task, version=None)
        else:
            transitions.reassign(task, owner=to)
    return to, len(tasks)


def _tell(
    receivers: Mapping[User | None, int],
    *,
    about: User,
    subject: str,
    offender: Offender | None = None,
) -> None:
    """Tell the supervisors that work of the officer `about` came to them."""
    tell(
        Alert(
            to=to,
            about=Alert.About.WORK_HANDED_OVER,
            subject=subject,
            offender=offender,
            officer=about,
            people=people,
            on=timezone.localdate(),
        )
        for to, people in receivers.items()
        if to is not None
    )


def _supervisor(person: Offender, *, other_than: User) -> User | None:
    """The first supervisor of the team who may see the person."""
    team = User.objects.filter(team=person.team_id, role=Role.SUPERVISOR, is_active=True)
    for user in team.exclude(pk=other_than.pk).order_by("pk"):
        seen = Offender.objects.permitted(Actor.of_user(user), Action.OFFENDER_VIEW)
        if seen.filter(pk=person.pk).exists():
            return user
    return None
