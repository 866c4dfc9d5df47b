"""Delegation: another officer makes one's decisions for a while.

Who may be given which role is in `accounts.acting`, what may be done under it in
`accounts.policy.DELEGABLE` (docs/decisions/0015-absence-and-delegation.md).
"""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts import acting, standing_in
from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Delegation, Role, User
from accounts.policy import Action, Reach, require
from audit.models import Operation
from offenders.errors import Invalid, RuleBroken
from rules import current
from workflows.actions.alerts import tell
from workflows.actions.lapsing import tell_ended
from workflows.actions.locking import lock_officers, officer
from workflows.models import Alert
from workflows.queries import delegations as reads

#: Whose role decides, and so can be given.
DECIDERS = (Role.SUPERVISOR, Role.INSPECTOR)


@transaction.atomic
def grant_delegation(
    *,
    by: Actor,
    to: str,
    from_at: dt.datetime,
    until_at: dt.datetime,
    reason: str,
    delegator: str = "",
) -> Delegation:
    """Give the decisions of `delegator`, or one's own where that is empty, to the officer `to`.

    Officers are named by staff number. A supervisor gives their own, an inspector anyone's of the
    force. It never chains: whoever acts for another grants nothing. Raises NotPermitted,
    ReasonRequired, TaskBusy; Invalid: `unknown_officer`, `ends_before_it_begins`, `in_past`,
    `too_long`; RuleBroken: `not_yours`, `nothing_to_delegate`, `not_to_oneself`, `cannot_be_given`,
    `already_delegated`.
    """
    require(by, Action.DELEGATION_GRANT, reason=reason)
    granter = officer(by)
    giver = _named(by, delegator, field="delegator") if delegator.strip() else granter
    receiver = _named(by, to, field="to")
    _refuse_window(from_at, until_at)
    locked = {user.pk: user for user in lock_officers({giver.pk, receiver.pk})}
    giver, receiver = locked[giver.pk], locked[receiver.pk]
    _refuse_giver(giver, granter)
    _refuse_receiver(receiver, giver, granter)
    other = Delegation.objects.live().filter(delegator=giver, delegate=receiver)
    if other.filter(from_at__lt=until_at, until_at__gt=from_at).exists():
        raise RuleBroken("already_delegated", "That officer has these decisions already.")
    delegation = standing_in.grant_delegation(
        delegator=giver,
        delegate=receiver,
        from_at=from_at,
        until_at=until_at,
        reason=reason,
        granted_by=granter,
    )
    _tell_given(delegation, granter)
    _record(by, delegation, Action.DELEGATION_GRANT, reason=reason)
    return delegation


@transaction.atomic
def revoke_delegation(*, by: Actor, delegation: UUID) -> Delegation:
    """End a delegation at once: whoever has it on loses it with their next request.

    Raises NotVisible, NotPermitted, TaskBusy; RuleBroken `delegation_over`.
    """
    require(by, Action.DELEGATION_REVOKE)
    seen = reads.visible(by, delegation)
    lock_officers([seen.delegator_id, seen.delegate_id])
    found = reads.visible(by, delegation)
    _refuse_beyond_reach(by, found)
    if found.ended_at is not None or found.until_at <= timezone.now():
        raise RuleBroken("delegation_over", "That delegation is over already.")
    revoker = officer(by)
    standing_in.revoke_delegation(delegation=found, revoked_by=revoker)
    tell_ended([found], because_of=revoker)
    _record(by, found, Action.DELEGATION_REVOKE)
    return found


@transaction.atomic
def put_on(*, by: Actor, delegation: UUID) -> Actor:
    """Begin to act under a delegation. The event names both. Raises NotPermitted, NotVisible."""
    require(by, Action.DELEGATION_USE)
    found = reads.visible(by, delegation)
    actor = acting.actor_for(officer(by), found.public_id)
    if actor is None:
        raise NotPermitted("That delegation is not yours to use now.", action=Action.DELEGATION_USE)
    _record(actor, found, Action.DELEGATION_USE)
    return actor


def _named(by: Actor, staff_number: str, *, field: str) -> User:
    numbered = User.objects.filter(staff_number=staff_number.strip()).exclude(staff_number="")
    found = numbered.filter(force_id=by.force_id).first() if by.force_id else None
    if found is None:
        raise Invalid("unknown_officer", "No officer has that staff number.", field=field)
    return found


def _refuse_window(from_at: dt.datetime, until_at: dt.datetime) -> None:
    """The longest is counted on London's clock: a change of it makes no hour's difference."""
    if until_at <= from_at:
        raise Invalid(
            "ends_before_it_begins", "The end comes after the beginning.", field="until_at"
        )
    if timezone.localdate(from_at) < timezone.localdate() or until_at <= timezone.now():
        raise Invalid("in_past", "Decisions are not delegated for the past.", field="from_at")
    longest = current.in_force(timezone.localdate()).figure("delegation.longest")
    first, last = (timezone.localtime(at).replace(tzinfo=None) for at in (from_at, until_at))
    if last - first > dt.timedelta(days=int(longest)):
        raise Invalid("too_long", f"At most {longest} days at a time.", field="until_at")


def _refuse_giver(giver: User, granter: User) -> None:
    if giver.pk != granter.pk and granter.role != Role.INSPECTOR:
        raise RuleBroken("not_yours", "A supervisor delegates their own decisions only.")
    holds = giver.role == Role.INSPECTOR or giver.team_id is not None
    if giver.role not in DECIDERS or not holds or not Actor.of_user(giver).is_current:
        raise RuleBroken("nothing_to_delegate", "That officer has no decisions to delegate.")


def _refuse_receiver(receiver: User, giver: User, granter: User) -> None:
    if receiver.pk in {giver.pk, granter.pk}:
        raise RuleBroken("not_to_oneself", "Nobody is given decisions by themselves.")
    fits = acting.may_be_given(
        receiver,
        role=Role(giver.role),
        delegator=giver,
        by_inspector=granter.role == Role.INSPECTOR,
    )
    if not fits or not Actor.of_user(receiver).is_current:
        raise RuleBroken(
            "cannot_be_given",
            "Their rank, team or vetting does not allow it. One rank below needs an inspector.",
        )


def _refuse_beyond_reach(by: Actor, found: Delegation) -> None:
    """One's own always; a supervisor those of the team, an inspector the force's."""
    reach = require(by, Action.DELEGATION_REVOKE).reach
    if found.delegator_id == by.user_id or reach is Reach.FORCE:
        return
    if found.team_id not in by.team_ids:
        raise NotPermitted("That is another team's.", action=Action.DELEGATION_REVOKE)


def _tell_given(delegation: Delegation, granter: User) -> None:
    """The delegate; and the delegator, where an inspector granted it."""
    about = Alert.About
    sides = [(delegation.delegate, about.DELEGATION_GIVEN, delegation.delegator)]
    if delegation.delegator_id != granter.pk:
        sides.append((delegation.delegator, about.DELEGATION_MADE, delegation.delegate))
    tell(
        Alert(
            to=to,
            about=what,
            subject=f"delegation:{delegation.public_id}",
            officer=other,
            on=timezone.localdate(delegation.from_at),
        )
        for to, what, other in sides
    )


def _record(by: Actor, delegation: Delegation, action: Action, *, reason: str = "") -> None:
    audit.record(
        by=by,
        action=action,
        operation=Operation.CONFIGURATION,
        subject=f"delegation:{delegation.public_id}",
        reason=reason,
        payload={
            "delegator": delegation.delegator.staff_number,
            "delegate": delegation.delegate.staff_number,
            "role": delegation.role,
            "from_at": delegation.from_at,
            "until_at": delegation.until_at,
        },
    )
