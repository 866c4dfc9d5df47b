"""Whose decisions another makes, as far as the viewer may know."""

import datetime as dt
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Delegation
from accounts.policy import Action, Reach, grant
from workflows.errors import NotVisible
from workflows.queries.sql import Page


def visible(by: Actor, delegation: UUID) -> Delegation:
    """One delegation that `by` may see. Raises NotVisible."""
    found = permitted(by).filter(public_id=delegation).first()
    if found is None:
        raise NotVisible
    return found


def delegations_page(
    *, actor: Actor, now: dt.datetime, after: int | None = None, limit: int = 50
) -> Page[Delegation]:
    """Delegations that hold at `now` or later, or ended in the last 28 days, newest first.

    `after` is the `next` of the page before: (key,). One statement.
    """
    rows = permitted(actor).filter(until_at__gt=now - dt.timedelta(days=28))
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-pk")[: limit + 1])
    shown = found[:limit]
    more = len(found) > limit
    return Page(shown, (shown[-1].pk,) if more else None, timezone.localdate(now))


def permitted(actor: Actor) -> QuerySet[Delegation]:
    """Those from or to oneself; a supervisor's team's, and for an inspector the force's."""
    permission = grant(actor, Action.DELEGATION_VIEW)
    rows = Delegation.objects.select_related("delegator", "delegate", "team", "granted_by")
    if permission is None:
        return rows.none()
    own = Q(delegator_id=actor.user_id) | Q(delegate_id=actor.user_id)
    if permission.reach is Reach.FORCE:
        return rows.filter(own | Q(delegator__force_id=actor.force_id))
    if permission.reach is Reach.TEAM:
        return rows.filter(own | Q(team_id__in=actor.team_ids))
    return rows.filter(own)
