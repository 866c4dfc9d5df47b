"""Acting for another: which delegations an officer may use now, and who may be given one.

A delegation is put on and taken off: while it is on, the officer's `Actor` has the role and team
that were given and names whom they act for; what they do as themselves needs it off. Nothing is
copied: each request judges again whether both sides still stand
(docs/decisions/0015-absence-and-delegation.md).
"""

import datetime as dt
from uuid import UUID

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Delegation, Role, User

#: Who may be given the decisions of a role: the same rank or above, by whoever may grant at all...
RANK = {
    Role.SUPERVISOR: (Role.SUPERVISOR, Role.INSPECTOR),
    Role.INSPECTOR: (Role.INSPECTOR,),
}
#: ... and one rank below, by an inspector alone.
RANK_BELOW = {
    Role.SUPERVISOR: (Role.OFFENDER_MANAGER,),
    Role.INSPECTOR: (Role.SUPERVISOR,),
}


def may_be_given(delegate: User, *, role: Role, delegator: User, by_inspector: bool) -> bool:
    """Whether `delegate` is of the rank, force and, for an offender manager, team for `role`."""
    if delegate.force_id != delegator.force_id:
        return False
    if delegate.role == Role.OFFENDER_MANAGER and delegate.team_id != delegator.team_id:
        return False
    below = RANK_BELOW.get(role, ()) if by_inspector else ()
    return delegate.role in RANK.get(role, ()) + below


def stands(delegation: Delegation, now: dt.datetime) -> bool:
    """Whether a delegation may be used at `now`: its window, and the standing of both sides.

    It lapses with the account or vetting of either, and where the delegator no longer holds the
    role and team, or the delegate's rank no longer fits.
    """
    if delegation.ended_at is not None or not delegation.from_at <= now < delegation.until_at:
        return False
    delegator, role = delegation.delegator, Role(delegation.role)
    holds = delegator.role == role and delegation.team_id in (None, delegator.team_id)
    fits = may_be_given(delegation.delegate, role=role, delegator=delegator, by_inspector=True)
    return holds and fits and Actor.of_delegate(delegation, timezone.localdate(now)).is_current


def usable_by(user: User, now: dt.datetime | None = None) -> list[Delegation]:
    """The delegations that `user` may put on now, first ending first. One statement."""
    moment = now or timezone.now()
    given = Delegation.objects.at(moment).filter(delegate=user).order_by("until_at", "pk")
    found = given.select_related("delegator", "delegate", "team")
    return [delegation for delegation in found if stands(delegation, moment)]


def actor_for(user: User, delegation: UUID | str) -> Actor | None:
    """`user` as they act under `delegation`, or None where they may not use it now."""
    for usable in usable_by(user):
        if str(usable.public_id) == str(delegation):
            return Actor.of_delegate(usable)
    return None
