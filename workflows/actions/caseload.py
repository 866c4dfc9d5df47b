"""Moving people between offender managers, many at once (PRACTICE 15).

All or none, in a number of statements that does not grow with the people. Due dates stay.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
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
from offenders.models import Offender
from workflows.actions.alerts import tell
from workflows.actions.deciding import refuse_own_work
from workflows.actions.locking import colleague, lock_officers, lock_people, officer
from workflows.actions.receiving import can_take, closed_to
from workflows.engine import bulk
from workflows.errors import NotVisible
from workflows.models import Alert, Reassignment, ReassignmentMove
from workflows.queries import reassignment as looking
from workflows.queries.reassignment import Preview
from workflows.steps.reassignment import MOST_PEOPLE


def preview_reassignment(*, by: Actor, offenders: Sequence[UUID], to: UUID) -> Preview:
    """What giving these people to the officer `to` would change. Writes nothing.

    Raises NotVisible, NotPermitted, Invalid; RuleBroken `officer_cannot_take`, `already_theirs`,
    `own_work`.
    """
    _require(by)
    moving = _visible(by, offenders)
    receiver, _ = _receiver(colleague(by, to))
    _refuse_beyond_reach(by, moving, receiver)
    return looking.preview(
        actor=by,
        people=moving,
        to=receiver,
        refused=[person.public_id for person in closed_to(receiver, moving)],
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
    `closed_to_receiver`, `own_work`.
    """
    _require(by, reason)
    wanted = _visible(by, offenders)
    # Locked, so that the account cannot close before the people are theirs, and with it is handed
    # over what came in time.
    [account] = lock_officers([colleague(by, to).pk])
    receiver, team_id = _receiver(account)
    moving = lock_people(person.pk for person in wanted)
    _refuse_beyond_reach(by, moving, receiver)
    if seen is not None and seen != looking.digest(moving, receiver):
        raise Stale("People of this reassignment changed since it was previewed.")
    if closed_to(receiver, moving):
        raise RuleBroken("closed_to_receiver", "That officer may not have all of these people.")
    decider = officer(by)
    reassignment = Reassignment.objects.create(reason=reason, decided_by=decider)
    ReassignmentMove.objects.bulk_create(
        [_move(reassignment, person, receiver, team_id) for person in moving]
    )
    keys = [person.pk for person in moving]
    people.set_offender_manager(offenders=keys, manager=receiver, team_id=team_id)
    bulk.refresh_tasks(keys, moved=keys)
    lost: Counter[int | None] = Counter(person.offender_manager_id for person in moving)
    subject = f"reassignment:{reassignment.public_id}"
    tell_both(subject, by=decider, lost=lost, gained={receiver.pk: len(moving)})
    record(by, reassignment, moving, reason=reason, to=receiver.staff_number)
    return reassignment


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


def _receiver(receiver: User) -> tuple[User, int]:
    """Who takes the people, and the key of their team."""
    if not receiver.is_active:
        raise NotVisible
    if receiver.team_id is None or not can_take(receiver):
        raise RuleBroken(
            "officer_cannot_take",
            "That officer cannot take people on: their role, team or vetting does not allow it.",
        )
    return receiver, receiver.team_id


def _refuse_beyond_reach(by: Actor, moving: Collection[Offender], receiver: User) -> None:
    """Who decides: in a team its supervisor, between teams an inspector. Raises NotPermitted.

    Under a delegation nobody gives away, or gives themselves, anyone: RuleBroken `own_work`.
    """
    refuse_team(by, receiver.team_id)
    refuse_own_work(by, {person.offender_manager_id for person in moving} | {receiver.pk})
    reached = Offender.objects.permitted(by, Action.CASELOAD_REASSIGN)
    if reached.filter(pk__in=[person.pk for person in moving]).count() != len(moving):
        raise NotPermitted("Not all of these people are yours to reassign.")
    if any(person.offender_manager_id == receiver.pk for person in moving):
        raise RuleBroken("already_theirs", "That officer manages one of these people already.")


def refuse_team(by: Actor, team_id: int | None) -> None:
    """Raise NotPermitted unless `by` decides for that team."""
    if by.role != Role.INSPECTOR and team_id not in by.team_ids:
        raise NotPermitted("Between teams an inspector decides.")


def _move(reassignment: Reassignment, person: Offender, to: User, team_id: int) -> ReassignmentMove:
    return ReassignmentMove(
        reassignment=reassignment,
        offender=person,
        from_manager_id=person.offender_manager_id,
        from_team_id=person.team_id,
        to_manager=to,
        to_team_id=team_id,
    )


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


def record(
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
