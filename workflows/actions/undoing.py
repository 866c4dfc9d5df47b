"""Undoing a reassignment as one step, within a day (PRACTICE 15)."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import policy
from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import User
from accounts.policy import Action
from accounts.standing import may_not_go_on
from offenders import actions as people
from offenders.errors import RuleBroken
from offenders.models import Offender
from workflows.actions.caseload import refuse_team, subject_of, tell_both
from workflows.actions.deciding import refuse_own_work
from workflows.actions.indicators.naming import hand_restricted
from workflows.actions.locking import lock_people, officer
from workflows.actions.on_record import put_all_on_record
from workflows.actions.receiving import Supervisors, closed_to, lock_supervisors, tell_receivers
from workflows.actions.unmanaged import warn_of_unmanaged
from workflows.engine import bulk
from workflows.errors import NotVisible
from workflows.models import Alert, Reassignment, ReassignmentMove
from workflows.queries.reassignment import seen_moves

#: How long a reassignment can be undone as one step.
UNDO_WITHIN = dt.timedelta(hours=24)

Standing = Mapping[int, Offender]
#: Who gets each person, by the move. None: nobody manages them.
Back = dict[ReassignmentMove, User | None]


@transaction.atomic
def undo_reassignment(*, by: Actor, reassignment: UUID) -> Reassignment:
    """Give everyone back whose ownership has not changed since. Work done stays.

    Someone whose old officer may not have them any more stays where they are, and so does whoever
    `by` may not see any more; `returned` of each move says. What would go back to an officer whose
    account was closed or whose vetting lapsed goes to the team's supervisor. Raises NotVisible,
    NotPermitted, TaskBusy; RuleBroken `already_undone`, `too_late_to_undo`, `own_work`.
    """
    policy.granted(by, Action.CASELOAD_REASSIGN)
    moves = list(
        seen_moves(by).filter(reassignment__public_id=reassignment).select_related("from_manager")
    )
    if not moves:
        raise NotVisible
    supervisors = _lock_officers(moves)
    standing = {person.pk: person for person in lock_people(move.offender_id for move in moves)}
    found = _lock_open(moves[0].reassignment_id)
    back = _back([move for move in moves if _is_unchanged(move, standing)], standing, supervisors)
    refuse_own_work(by, {standing[move.offender_id].offender_manager_id for move in back})
    _refuse_return(by, back)
    _give_back(back)
    ReassignmentMove.objects.filter(pk__in=[move.pk for move in back]).update(returned=True)
    undoer = officer(by)
    found.undone_by, found.undone_at = undoer, timezone.now()
    found.save(update_fields=["undone_by", "undone_at"])
    _tell(found, undoer, back)
    returned = [standing[move.offender_id] for move in back]
    put_all_on_record(
        by,
        returned,
        Action.CASELOAD_REASSIGN,
        subject=subject_of(found),
        undone=True,
        kept=len(moves) - len(back),
    )
    return found


def _lock_officers(moves: Iterable[ReassignmentMove]) -> Supervisors:
    """Lock who gets people back, and the supervisors of their teams, before any person."""
    moves = list(moves)
    officers = {move.from_manager_id for move in moves if move.from_manager_id is not None}
    supervisors, _ = lock_supervisors({move.from_team_id for move in moves}, *officers)
    return supervisors


def _lock_open(key: int) -> Reassignment:
    """The reassignment, locked, where it can still be undone."""
    found = Reassignment.objects.select_for_update(no_key=True).get(pk=key)
    if found.undone_at is not None:
        raise RuleBroken("already_undone", "This reassignment was undone already.")
    if timezone.now() - found.decided_at > UNDO_WITHIN:
        raise RuleBroken("too_late_to_undo", "Only within 24 hours. Reassign the people instead.")
    return found


def _is_unchanged(move: ReassignmentMove, standing: Standing) -> bool:
    person = standing[move.offender_id]
    stands = (person.offender_manager_id, person.team_id)
    return stands == (move.to_manager_id, move.to_team_id)


def _back(
    unchanged: Iterable[ReassignmentMove], standing: Standing, supervisors: Supervisors
) -> Back:
    """Who gets whom. People nobody managed go back to nobody.

    An account that was never opened takes nobody on, but an undo only restores what stood: such
    work is shown to the supervisor, as it was before.
    """
    by_officer: dict[tuple[User | None, int], list[ReassignmentMove]] = defaultdict(list)
    for move in unchanged:
        by_officer[move.from_manager, move.from_team_id].append(move)
    gone = _gone(manager for manager, _ in by_officer)
    back: Back = {}
    for (manager, team_id), moves in by_officer.items():
        moved = [standing[move.offender_id] for move in moves]
        if manager is None:
            to: dict[int, User | None] = dict.fromkeys((person.pk for person in moved), None)
        elif manager.pk in gone:
            to = supervisors.for_people(moved, team_id=team_id, other_than=manager)
        else:
            closed = {person.pk for person in closed_to(manager, moved)}
            to = {person.pk: manager for person in moved if person.pk not in closed}
        back |= {
            move: to[move.offender_id]
            for move in moves
            if move.offender_id in to and not _is_there(move, to[move.offender_id])
        }
    return back


def _gone(officers: Iterable[User | None]) -> set[int]:
    """Keys of those whose account was closed or whose vetting lapsed, as they stand now."""
    keys = [each.pk for each in officers if each is not None]
    found = User.objects.filter(may_not_go_on(timezone.localdate()), pk__in=keys)
    return set(found.values_list("pk", flat=True))


def _is_there(move: ReassignmentMove, to: User | None) -> bool:
    """Whether the supervisor who would get the person has them already."""
    return to is not None and (to.pk, move.from_team_id) == (move.to_manager_id, move.to_team_id)


def _refuse_return(by: Actor, back: Back) -> None:
    for team_id in {move.from_team_id for move in back}:
        refuse_team(by, team_id)
    reached = Offender.objects.permitted(by, Action.CASELOAD_REASSIGN)
    keys = [move.offender_id for move in back]
    if reached.filter(pk__in=keys).count() != len(keys):
        raise NotPermitted("Not all of these people are yours to reassign.")


def _give_back(back: Back) -> None:
    """A statement for each officer and team, then the tasks of all together."""
    groups: dict[tuple[User | None, int], list[int]] = defaultdict(list)
    for move, to in back.items():
        groups[to, move.from_team_id].append(move.offender_id)
    for (to, team_id), keys in groups.items():
        people.set_offender_manager(offenders=keys, manager=to, team_id=team_id)
    keys = [move.offender_id for move in back]
    bulk.refresh_tasks(keys, moved=keys)
    hand_restricted(keys)


def _tell(undone: Reassignment, by: User, back: Back) -> None:
    """Tell who lost and got people, and each supervisor whose work they came to instead."""
    subject = f"{subject_of(undone)}:{Alert.UNDONE}"
    lost: Counter[int | None] = Counter(move.to_manager_id for move in back)
    gained: Counter[int | None] = Counter()
    instead_of: dict[User, Counter[User | None]] = defaultdict(Counter)
    for move, to in back.items():
        if move.from_manager is None or to == move.from_manager:
            gained[move.from_manager_id] += 1
        else:
            instead_of[move.from_manager][to] += 1
    tell_both(subject, by=by, lost=lost, gained=gained)
    if teams := {move.from_team_id for move, to in back.items() if to is None}:
        warn_of_unmanaged(teams=teams)
    for gone, receivers in instead_of.items():
        tell_receivers(receivers, about=gone, subject=f"{subject}:{gone.pk}")
