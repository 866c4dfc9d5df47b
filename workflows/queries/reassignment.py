"""Reassignments: who may see one, and those of the last hours."""

import datetime as dt
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from accounts.actor import Actor
from accounts.policy import Action
from offenders.models import Offender
from workflows.errors import NotVisible
from workflows.models import Reassignment, ReassignmentMove

#: Recent reassignments that a caseload lists.
MOST_RECENT = 20


def seen_by(actor: Actor) -> QuerySet[Reassignment]:
    """The reassignments that the actor may know of: those where someone moved may be seen.

    Lists and single reassignments are read through this one rule.
    """
    return Reassignment.objects.filter(
        Exists(seen_moves(actor).filter(reassignment=OuterRef("pk")))
    )


def with_moves(actor: Actor) -> QuerySet[Reassignment]:
    """`seen_by` with who moved from whom to whom and who decided: two reads, whatever the length.

    Of the people only those whom the actor may see.
    """
    moves = seen_moves(actor).select_related("offender", "from_manager", "to_manager", "to_team")
    decided = seen_by(actor).select_related("decided_by", "undone_by")
    return decided.prefetch_related(Prefetch("moves", moves))


class Recent(NamedTuple):
    """A reassignment of the last hours: how many people went to whom, and whether it stands.

    `receivers`: to how many officers they went; `to` names the first of them.
    """

    id: UUID
    people: int
    receivers: int
    to: str
    by: str
    decided_at: dt.datetime
    undone_at: dt.datetime | None


def recent(*, actor: Actor, team: UUID, since: dt.datetime) -> list[Recent]:
    """Reassignments from or to a team that were decided after `since`. One statement.

    Those that still stand first, so that they can be undone, then the newest.
    """
    ours = ReassignmentMove.objects.filter(
        Q(from_team__public_id=team) | Q(to_team__public_id=team), reassignment=OuterRef("pk")
    )
    wanted = seen_by(actor).filter(Exists(ours), decided_at__gt=since)
    moves = seen_moves(actor).filter(reassignment=OuterRef("reassignment"))
    each = moves.order_by().values("reassignment")
    counted = each.annotate(count=Count("pk")).values("count")
    receivers = each.annotate(count=Count("to_manager", distinct=True)).values("count")
    firsts = ReassignmentMove.objects.filter(
        pk=Subquery(moves.order_by("pk").values("pk")[:1]), reassignment__in=wanted
    )
    rows = (
        firsts.annotate(people=Subquery(counted), receivers=Subquery(receivers))
        .select_related("reassignment__decided_by", "to_manager")
        .order_by(
            F("reassignment__undone_at").asc(nulls_first=True),
            "-reassignment__decided_at",
            "-reassignment",
        )
    )
    return [
        Recent(
            id=row.reassignment.public_id,
            people=row.people,
            receivers=row.receivers,
            to=row.to_manager.display_name,
            by=row.reassignment.decided_by.display_name,
            decided_at=row.reassignment.decided_at,
            undone_at=row.reassignment.undone_at,
        )
        for row in rows[:MOST_RECENT]
    ]


def visible(actor: Actor, reassignment: UUID) -> Reassignment:
    """The reassignment `reassignment` with its moves. Raises NotVisible."""
    found = with_moves(actor).filter(public_id=reassignment).first()
    if found is None:
        raise NotVisible
    return found


def seen_moves(actor: Actor) -> QuerySet[ReassignmentMove]:
    """Moves of people whom the actor may see, in ascending key of the person.

    Whoever left the actor's sight since is neither shown nor counted; a reassignment of which
    nothing is seen is not there.
    """
    seen = Offender.objects.permitted(actor, Action.CASELOAD_VIEW)
    return ReassignmentMove.objects.filter(offender__in=seen.values("pk")).order_by("offender_id")
