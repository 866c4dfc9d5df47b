"""Officers whose capacity is set, and what was set of one of them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.actor import Actor
from accounts.models import Capacity, User
from accounts.policy import Action, Reach, grant
from workflows.errors import NotVisible
from workflows.queries.caseload import MANAGERS
from workflows.queries.paging import newest_first
from workflows.queries.sql import Page


def visible_officer(actor: Actor, officer: UUID) -> User:
    """An officer with a caseload whose capacity `actor` sets, with the team. Raises NotVisible.

    A supervisor of the officer's team, or an inspector of the force.
    """
    permission = grant(actor, Action.CAPACITY_SET)
    if permission is None or actor.force_id is None:
        raise NotVisible
    able = User.objects.filter(is_active=True, role__in=MANAGERS, force_id=actor.force_id)
    if permission.reach is not Reach.FORCE:
        able = able.filter(team_id__in=actor.team_ids)
    found = able.filter(public_id=officer, team__isnull=False).select_related("team").first()
    if found is None:
        raise NotVisible
    return found


def set_of(officer: User) -> QuerySet[Capacity]:
    """Everything that was set of the officer, what is dated latest first."""
    return officer.capacities.select_related("set_by").order_by("-from_on", "-pk")


def set_page(
    officer: User, *, after: Sequence[Any] | None = None, limit: int = 50
) -> Page[Capacity]:
    """The same, page by page. `after` is the `next` of the page before."""
    return newest_first(set_of(officer), "from_on", after=after, limit=limit)
