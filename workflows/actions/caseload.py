"""Moving people between offender managers, many at once (PRACTICE 15).

All or none, in a number of statements that does not grow with the people (a few are for each
officer who receives some). Due dates stay.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import policy
from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Role, User
from accounts.policy import Action
from offenders import actions as people
from offenders.errors import Invalid, RuleBroken, Stale
from offenders.models import Offender
from workflows.actions.alerts import tell
from workflows.actions.deciding import refuse_own_work
from workflows.actions.indicators.naming import hand_restricted
from workflows.actions.locking import lock_officers, lock_people, officer
from workflows.actions.on_record import put_all_on_record
from workflows.actions.receiving import can_take, closed_to
from workflows.engine import bulk
from workflows.errors import NotVisible
from workflows.models import Alert, Reassignment, ReassignmentMove
from workflows.queries import moving as looking
from workflows.queries.moving import Move, Preview
from workflows.steps.reassignment import MOST_PEOPLE

NO_MOVES: Mapping[UUID, UUID] = MappingProxyType({})


def preview_reassignment(
    *,
    by: Actor,
    offenders: Sequence[UUID] = (),
    to: UUID | None = None,
    moves: Mapping[UUID, UUID] = NO_MOVES,
) -> Preview:
    """What giving people to officers would change: all `offenders` to one, or by `moves`.

    `moves`: the officer of each person. Writes nothing. Raises NotVisible, NotPermitted, Invalid;
    RuleBroken `officer_cannot_take`, `already_theirs`, `own_work`.
    """
    policy.granted(by, Action.CASELOAD_REASSIGN)
    wanted = wanted_of(offenders, to, moves)
    people = _visible(by, wanted)
    moving = _moves(people, wanted, _colleagues(by, wanted.values()))
    _refuse_beyond_reach(by, moving)
    return looking.preview(
        actor=by,
        moves=moving,
        refused=[person.public_id for person in _closed(moving)],
        today=timezone.localdate(),
    )


@transaction.atomic
def reassign_caseload(
    *,
    by: Actor,
    reason: str,
    offenders: Sequence[UUID] = (),
    to: UUID | None = None,
    moves: Mapping[UUID, UUID] = NO_MOVES,
    over_capacity: str = "",
    seen: str | None = None,
) -> Reassignment:
    """Give people to other offender managers in one decision: all of them, or none.

    All `offenders` go to one officer, or each person to the one that `moves` says. `over_capacity`
    says why somebody gets more than they can carry, which is asked for where that is so. `seen` is
    the digest of the preview that was decided on. A write-up, an endorsement and a task that an
    officer took stay with who has them. Raises NotVisible, NotPermitted, ReasonRequired, Invalid
    (`over_capacity` among them), Stale, TaskBusy; RuleBroken `officer_cannot_take`,
    `already_theirs`, `closed_to_receiver`, `own_work`.
    """
    policy.require(by, Action.CASELOAD_REASSIGN, reason=reason)
    wanted = wanted_of(offenders, to, moves)
    named = _visible(by, wanted)
    # Locked, so that no account can close before the people are theirs, and with it is handed over
    # what came in time.
    receivers = lock_officers(user.pk for user in _colleagues(by, wanted.values()))
    standing = lock_people(person.pk for person in named)
    moving = _moves(standing, wanted, receivers)
    _refuse_beyond_reach(by, moving)
    if seen is not None and seen != looking.digest(moving):
        raise Stale("People of this reassignment changed since it was previewed.")
    if _closed(moving):
        raise RuleBroken("closed_to_receiver", "That officer may not have all of these people.")
    refuse_overload(by, moving, over_capacity)
    reassignment = carry_out(
        decider=officer(by), moving=moving, reason=reason, over_capacity=over_capacity
    )
    numbers = sorted({to.staff_number for _, to in moving})
    put_all_on_record(
        by,
        standing,
        Action.CASELOAD_REASSIGN,
        subject=subject_of(reassignment),
        reason=reason,
        to=numbers[0] if len(numbers) == 1 else numbers,
        **({"over_capacity": over_capacity} if over_capacity else {}),
    )
    return reassignment


def carry_out(
    *, decider: User, moving: Sequence[Move], reason: str, over_capacity: str
) -> Reassignment:
    """Move everyone, who are locked, as was permitted and checked; tell the officers on both sides.

    The one event is left to the caller.
    """
    reassignment = Reassignment.objects.create(
        reason=reason, over_capacity=over_capacity, decided_by=decider
    )
    ReassignmentMove.objects.bulk_create([_row(reassignment, move) for move in moving])
    _set_managers(moving)
    tell_both(
        subject_of(reassignment),
        by=decider,
        lost=Counter(person.offender_manager_id for person, _ in moving),
        gained=Counter(to.pk for _, to in moving),
    )
    return reassignment


def subject_of(reassignment: Reassignment) -> str:
    """How alerts and the record name a reassignment."""
    return f"reassignment:{reassignment.public_id}"


def wanted_of(
    offenders: Sequence[UUID], to: UUID | None, moves: Mapping[UUID, UUID]
) -> dict[UUID, UUID]:
    """The officer whom each person is to have. Raises Invalid."""
    if not moves and to is None:
        raise Invalid("required", "Choose who takes them.", field="to")
    wanted = dict(moves) if to is None else dict.fromkeys(offenders, to)
    if not wanted:
        raise Invalid("required", "Choose at least one person.", field="offenders")
    if len(wanted) > MOST_PEOPLE:
        raise Invalid("too_many", f"At most {MOST_PEOPLE} people at a time.", field="offenders")
    return wanted


def _visible(by: Actor, wanted: Collection[UUID]) -> list[Offender]:
    """The people, in ascending key. Raises NotVisible where one may not be known of."""
    seen = Offender.objects.permitted(by, Action.CASELOAD_VIEW).filter(public_id__in=wanted)
    found = list(seen.managed().order_by("pk"))
    if len(found) != len(wanted):
        raise NotVisible
    return found


def _colleagues(by: Actor, wanted: Collection[UUID]) -> list[User]:
    """The active officers of the actor's force with these ids. Raises NotVisible."""
    ids = set(wanted)
    found = User.objects.filter(public_id__in=ids, is_active=True)
    ours = [user for user in found if user.force_id == by.force_id]
    if len(ours) != len(ids):
        raise NotVisible
    return ours


def _moves(
    people: Iterable[Offender], wanted: Mapping[UUID, UUID], receivers: Iterable[User]
) -> list[Move]:
    """Who goes to whom. Raises NotVisible, RuleBroken `officer_cannot_take`."""
    able = {receiver.public_id: receiver for receiver in receivers}
    for receiver in able.values():
        if not receiver.is_active:
            raise NotVisible
        if not can_take(receiver):
            raise RuleBroken(
                "officer_cannot_take",
                "That officer cannot take people on: their role, team or vetting does not allow "
                "it.",
            )
    return [Move(person, able[wanted[person.public_id]]) for person in people]


def _closed(moving: Iterable[Move]) -> list[Offender]:
    """Those whom their receivers may not have. Two statements for each receiver."""
    return [person for to, people in _by_receiver(moving) for person in closed_to(to, people)]


def _by_receiver(moving: Iterable[Move]) -> list[tuple[User, list[Offender]]]:
    groups: dict[User, list[Offender]] = defaultdict(list)
    for person, to in moving:
        groups[to].append(person)
    return list(groups.items())


def _refuse_beyond_reach(by: Actor, moving: Collection[Move]) -> None:
    """Who decides: in a team its supervisor, between teams an inspector. Raises NotPermitted.

    Under a delegation nobody gives away, or gives themselves, anyone: RuleBroken `own_work`.
    """
    for team_id in {to.team_id for _, to in moving}:
        refuse_team(by, team_id)
    givers = {person.offender_manager_id for person, _ in moving}
    refuse_own_work(by, givers | {to.pk for _, to in moving})
    reached = Offender.objects.permitted(by, Action.CASELOAD_REASSIGN)
    if reached.filter(pk__in=[person.pk for person, _ in moving]).count() != len(moving):
        raise NotPermitted("Not all of these people are yours to reassign.")
    if any(person.offender_manager_id == to.pk for person, to in moving):
        raise RuleBroken("already_theirs", "That officer manages one of these people already.")


def refuse_overload(by: Actor, moving: Sequence[Move], said: str) -> None:
    """Overload is allowed, with its reason in words. Raises Invalid."""
    if said.strip():
        return
    if looking.overloaded(actor=by, moves=moving, today=timezone.localdate()):
        raise Invalid(
            "over_capacity",
            "An officer would have more than they can carry. Say why, or give them fewer people.",
            field="over_capacity",
        )


def refuse_team(by: Actor, team_id: int | None) -> None:
    """Raise NotPermitted unless `by` decides for that team."""
    if by.role != Role.INSPECTOR and team_id not in by.team_ids:
        raise NotPermitted("Between teams an inspector decides.")


def _row(reassignment: Reassignment, move: Move) -> ReassignmentMove:
    person, to = move
    return ReassignmentMove(
        reassignment=reassignment,
        offender=person,
        from_manager_id=person.offender_manager_id,
        from_team_id=person.team_id,
        to_manager=to,
        to_team_id=to.team_id or 0,
    )


def _set_managers(moving: Sequence[Move]) -> None:
    """A statement for each receiver, then the tasks of all together."""
    for to, group in _by_receiver(moving):
        keys = [person.pk for person in group]
        people.set_offender_manager(offenders=keys, manager=to, team_id=to.team_id or 0)
    keys = [person.pk for person, _ in moving]
    bulk.refresh_tasks(keys, moved=keys)
    hand_restricted(keys)


def tell_both(
    subject: str, *, by: User, lost: Mapping[int | None, int], gained: Mapping[int | None, int]
) -> None:
    """Tell the officers on both sides how many people went and came, by the officers' keys."""
    sides = ((Alert.About.PEOPLE_LEFT, lost), (Alert.About.PEOPLE_RECEIVED, gained))
    tell(
        Alert(
            to_id=key,
            about=about,
            subject=subject,
            officer=by,
            people=count,
            on=timezone.localdate(),
        )
        for about, counts in sides
        for key, count in counts.items()
        if key is not None
    )
