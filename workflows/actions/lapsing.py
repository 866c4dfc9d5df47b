"""Cover and delegations end at once with the standing of either side (PRACTICE 15)."""

from collections.abc import Iterable

from django.utils import timezone

import audit.record as audit
from accounts import standing_in
from accounts.actor import Actor
from accounts.models import Absence, Delegation, User
from accounts.policy import Action
from audit.models import Operation
from workflows.actions.absences import told_of
from workflows.actions.alerts import tell
from workflows.models import Alert


def end_standing_in(*, by: Actor, user: User) -> None:
    """End what `user` covers and every delegation from or to them. One event where there were any.

    Called inside the hand-over of an officer who may not go on. Supervisors are told of officers
    who are left without cover, and the other side of each delegation that it ended.
    """
    delegations, covered = standing_in.end_all(user)
    if not delegations and not covered:
        return
    _tell_uncovered(covered, because_of=user)
    tell_ended(delegations, because_of=user)
    audit.record(
        by=by,
        action=Action.DELEGATION_REVOKE,
        operation=Operation.ALTERATION,
        subject=f"user:{user.public_id}",
        reason="hand-over",
        row_count=len(delegations) + len(covered),
        payload={
            "officer": user.staff_number,
            "delegations": [str(row.public_id) for row in delegations],
            "absences_uncovered": [str(row.public_id) for row in covered],
        },
    )


def tell_ended(ended: Iterable[Delegation], *, because_of: User) -> None:
    """Tell both sides that a delegation ended early; not whoever is the cause of it."""
    tell(
        Alert(
            to=to,
            about=Alert.About.DELEGATION_ENDED,
            subject=f"delegation:{delegation.public_id}",
            officer=because_of,
            on=timezone.localdate(),
        )
        for delegation in ended
        for to in (delegation.delegator, delegation.delegate)
        if to.pk != because_of.pk
    )


def _tell_uncovered(ended: Iterable[Absence], *, because_of: User) -> None:
    today = timezone.localdate()
    tell(
        Alert(
            to=to,
            about=Alert.About.ABSENT_NO_COVER,
            subject=f"cover_ended:{absence.public_id}",
            officer=absence.officer,
            on=absence.from_on,
        )
        for absence in ended
        for to in told_of(absence.officer, today)
        if to.pk != because_of.pk
    )
