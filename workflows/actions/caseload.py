"""Moving people between offender managers, many at once, and back (PRACTICE 15).

All or none, in a number of statements that does not grow with the people. Due dates stay.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts import policy
from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Role, User
from accounts.policy import Action
from audit.models import Operation
from offenders import actions as people
from offenders.errors import Invalid, RuleBroken, Stale
from offenders.models import ConflictOfInterest, Offender, RestrictedAccess
from workflows.actions.alerts import tell
from workflows.actions.locking import colleague, lock_people, officer
from workflows.engine import bulk
from workflows.errors import NotVisible
from workflows.models import Alert, Reassignment, ReassignmentMove
from workflows.queries import reassignment as looking
from workflows.queries.caseload import MANAGERS
from workflows.queries.reassignment import Preview

#: People in one reassignment: each is locked until all have moved.
MOST_PEOPLE = 500
#: How long a reassignment can be undone as one step.
UNDO_WITHIN = dt.timedelta(hours=24)


def preview_reassignment(*, by: Actor, offenders: Sequence[UUID], to: UUID) -> Preview:
    """What giving these people to the officer `to` would change. Writes nothing.

    Raises NotVisible, NotPermitted, Invalid; RuleBroken `officer_cannot_take`, `already_theirs`.
    """
    _require(by)
    moving = _visible(by, offenders)
    receiver, _ = _receiver(by, to)
    _refuse_beyond_reach(by, moving, receiver)
    return looking.preview(
        actor=by,
        people=moving,
        to=receiver,
        refused=_closed_to(receiver, moving),
        today=timezone.localdate(),
    )


@transaction.atomic
def reassign_caseload(
    *, by: Actor, offenders: Sequence[UUID], to: UUID, reason: str, seen: str | None = None
) -> Reassignment:
    """Give people to another offender manager: all of them, or none.

    `seen` is the digest of the preview that was decided on. A write-up, an endorsement and a task
    that an officer took stay with who has them. Raises NotVisible, NotPermitted, ReasonRequired,
    Invalid, Stale, TaskBusy; RuleBroken `officer_cannot_take`, `already_theirs`,
    `closed_to_receiver`.
    """
    _require(by, reason)
    moving = lock_people(person.pk for person in _visible(by, offenders))
    receiver, team_id = _receiver(by, to)
    _refuse_beyond_reach(by, moving, receiver)
    if seen is not None and seen != looking.digest(moving, receiver):
        raise Stale("People of this reassignment changed since it was previewed.")
    if _closed_to(receiver, moving):
        raise RuleBroken("closed_to_receiver", "That officer may not have all of these people.")
    reassignment = Reassignment.objects.create(reason=reason, decided_by=officer(by))
    ReassignmentMove.objects.bulk_create(
        [_move(reassignment, person, receiver, team_id) for person in moving]
    )
    keys = [person.pk for person in moving]
    people.set_offender_manager(offenders=keys, manager=receiver, team_id=team_id)
    bulk.refresh_tasks(keys)
    lost: Counter[int | None] = Counter(person.offender_manager_id for person in moving)
    _tell(reassignment, "", lost=lost, gained={receiver.pk: len(moving)})
    _record(by, reassignment, moving, reason=reason, to=receiver.staff_number)
    return reassignment


@transaction.atomic
def undo_reassignment(*, by: Actor, reassignment: UUID) -> Reassignment:
    """Give everyone back whose ownership has not changed since. Work done stays.

    Someone whose old officer may not have them any more stays where they are; `returned` of each
    move says. Raises NotVisible, NotPermitted, TaskBusy; RuleBroken `already_undone`,
    `too_late_to_undo`.
    """
    _require(by, "undo")
    found = _visible_reassignment(by, reassignment)
    moves = list(found.moves.select_related("from_manager").order_by("offender_id"))
    standing = {person.pk: person for person in lock_people(move.offender_id for move in moves)}
    found = Reassignment.objects.select_for_update(no_key=True).get(pk=found.pk)
    if found.undone_at is not None:
        raise RuleBroken("already_undone", "This reassignment was undone already.")
    if timezone.now() - found.decided_at > UNDO_WITHIN:
        raise RuleBroken("too_late_to_undo", "Only within 24 hours. Reassign the people instead.")
    back = [move for move in moves if _is_unchanged(move, standing[move.offender_id])]
    returning = _able(back, standing)
    _refuse_return(by, returning, standing)
    _give_back(returning)
    gained = Counter(move.from_manager_id for move in returning)
    lost: Counter[int | None] = Counter(move.to_manager_id for move in returning)
    _tell(found, ":undo", lost=lost, gained=gained)
    ReassignmentMove.objects.filter(pk__in=[move.pk for move in returning]).update(returned=True)
    found.undone_by, found.undone_at = officer(by), timezone.now()
    found.save(update_fields=["undone_by", "undone_at"])
    returned = [standing[move.offender_id] for move in returning]
    _record(by, found, returned, reason="undo", undone=True, kept=len(moves) - len(returning))
    return found


def _require(by: Actor, reason: str = "preview") -> None:
    policy.require(by, Action.CASELOAD_REASSIGN, reason=reason)


def _visible(by: Actor, offenders: Sequence[UUID]) -> list[Offender]:
    """The people, in ascending key. Raises NotVisible where one may not be known of."""
    wanted = set(offenders)
    if not wanted:
        raise Invalid("required", "Choose at least one person.", field="offenders")
    if len(wanted) > MOST_PEOPLE:
        raise Invalid("too_many", f"At most {MOST_PEOPLE} people at a time.", field="offenders")
    seen = Offender.objects.permitted(by, Action.CASELOAD_VIEW).filter(public_id__in=wanted)
    found = list(seen.managed().order_by("pk"))
    if len(found) != len(wanted):
        raise NotVisible
    return found


def _receiver(by: Actor, to: UUID) -> tuple[User, int]:
    """Who takes the people, and the key of their team."""
    receiver = colleague(by, to)
    if receiver.team_id is None or not _can_take(receiver):
        raise RuleBroken(
            "officer_cannot_take",
            "That officer cannot take people on: their role, team or vetting does not allow it.",
        )
    return receiver, receiver.team_id


def _can_take(receiver: User) -> bool:
    """In a role and a team that manage people, with an open account and vetting in date."""
    able = receiver.role in MANAGERS and receiver.team_id is not None
    return able and Actor.of_user(receiver).is_current


def _refuse_beyond_reach(by: Actor, moving: Collection[Offender], receiver: User) -> None:
    """Who decides: in a team its supervisor, between teams an inspector. Raises NotPermitted."""
    _refuse_team(by, receiver.team_id)
    reached = Offender.objects.permitted(by, Action.CASELOAD_REASSIGN)
    if reached.filter(pk__in=[person.pk for person in moving]).count() != len(moving):
        raise NotPermitted("Not all of these people are yours to reassign.")
    if any(person.offender_manager_id == receiver.pk for person in moving):
        raise RuleBroken("already_theirs", "That officer manages one of these people already.")


def _refuse_team(by: Actor, team_id: int | None) -> None:
    if by.role != Role.INSPECTOR and team_id not in by.team_ids:
        raise NotPermitted("Between teams an inspector decides.")


def _closed_to(receiver: User, moving: Iterable[Offender]) -> list[UUID]:
    """Those whom `receiver` may not have: a conflict of interest, or restricted to others."""
    restricted = {person.pk for person in moving if person.is_restricted}
    tied = ConflictOfInterest.objects.filter(
        user=receiver, offender__in=[person.pk for person in moving], withdrawn_at__isnull=True
    )
    closed = set(tied.values_list("offender_id", flat=True))
    if restricted:
        named = RestrictedAccess.objects.filter(
            user=receiver, offender__in=restricted, ended_at__isnull=True
        )
        closed |= restricted - set(named.values_list("offender_id", flat=True))
    return [person.public_id for person in moving if person.pk in closed]


def _move(reassignment: Reassignment, person: Offender, to: User, team_id: int) -> ReassignmentMove:
    return ReassignmentMove(
        reassignment=reassignment,
        offender=person,
        from_manager_id=person.offender_manager_id,
        from_team_id=person.team_id,
        to_manager=to,
        to_team_id=team_id,
    )


def _visible_reassignment(by: Actor, reassignment: UUID) -> Reassignment:
    """The reassignment, where everyone in it may be seen. Raises NotVisible."""
    found = Reassignment.objects.filter(public_id=reassignment).first()
    if found is None:
        raise NotVisible
    moved = found.moves.values("offender")
    seen = Offender.objects.permitted(by, Action.CASELOAD_VIEW).filter(pk__in=moved)
    if seen.count() != moved.count():
        raise NotVisible
    return found


def _is_unchanged(move: ReassignmentMove, person: Offender) -> bool:
    stands = (person.offender_manager_id, person.team_id)
    return stands == (move.to_manager_id, move.to_team_id)


def _able(
    back: Iterable[ReassignmentMove], standing: dict[int, Offender]
) -> list[ReassignmentMove]:
    """Those whom nothing keeps from their old officer; people nobody managed go back to nobody.

    An officer whose account is closed takes nobody on, but an undo only restores what stood: such
    work is shown to the supervisor, as it was before.
    """
    by_officer: dict[User | None, list[ReassignmentMove]] = defaultdict(list)
    for move in back:
        by_officer[move.from_manager].append(move)
    able = by_officer.pop(None, [])
    for manager, moves in by_officer.items():
        if manager is None:
            continue
        closed = set(_closed_to(manager, [standing[move.offender_id] for move in moves]))
        able += [move for move in moves if standing[move.offender_id].public_id not in closed]
    return able


def _refuse_return(
    by: Actor, returning: Sequence[ReassignmentMove], standing: dict[int, Offender]
) -> None:
    for team_id in {move.from_team_id for move in returning}:
        _refuse_team(by, team_id)
    reached = Offender.objects.permitted(by, Action.CASELOAD_REASSIGN)
    keys = [move.offender_id for move in returning]
    if reached.filter(pk__in=keys).count() != len(keys):
        raise NotPermitted("Not all of these people are yours to reassign.")


def _give_back(returning: Iterable[ReassignmentMove]) -> None:
    """A statement for each old officer and team, then the tasks of all together."""
    owners: dict[tuple[User | None, int], list[int]] = defaultdict(list)
    for move in returning:
        owners[move.from_manager, move.from_team_id].append(move.offender_id)
    for (manager, team_id), keys in owners.items():
        people.set_offender_manager(offenders=keys, manager=manager, team_id=team_id)
    bulk.refresh_tasks([key for keys in owners.values() for key in keys])


def _tell(
    reassignment: Reassignment,
    suffix: str,
    *,
    lost: Mapping[int | None, int],
    gained: Mapping[int | None, int],
) -> None:
    """Tell the officers on both sides how many people went and came, by the officers' keys."""
    sides = ((Alert.About.PEOPLE_LEFT, lost), (Alert.About.PEOPLE_RECEIVED, gained))
    tell(
        Alert(
            to_id=officer,
            about=about,
            subject=f"reassignment:{reassignment.public_id}{suffix}",
            officer=reassignment.decided_by,
            people=count,
            on=timezone.localdate(),
        )
        for about, counts in sides
        for officer, count in counts.items()
        if officer is not None
    )


def _record(
    by: Actor, reassignment: Reassignment, moved: Sequence[Offender], *, reason: str, **facts: Any
) -> None:
    """One event for the decision; it names each person."""
    audit.record(
        by=by,
        action=Action.CASELOAD_REASSIGN,
        operation=Operation.ALTERATION,
        subject=f"reassignment:{reassignment.public_id}",
        reason=reason,
        row_count=len(moved),
        payload={**facts, "people": [str(person.public_id) for person in moved]},
    )
