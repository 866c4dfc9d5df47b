"""Reassignments: who may see one, and those of the last hours."""

import datetime as dt
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import User
from accounts.policy import Action
from offenders.models import Offender
from workflows.errors import NotVisible
from workflows.models import Reassignment, ReassignmentMove
from workflows.queries.sql import Page

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
    """A reassignment as lists show it: how many people went to whom, and whether it stands.

    `receivers`: to how many officers they went; `to` names the first of them.
    """

    id: UUID
    people: int
    receivers: int
    to: str
    by: str
    decided_at: dt.datetime
    undone_at: dt.datetime | None
    first: User
    decider: User


def recent(*, actor: Actor, team: UUID, since: dt.datetime) -> list[Recent]:
    """Reassignments from or to a team that were decided after `since`. One statement.

    Those that still stand first, so that they can be undone, then the newest.
    """
    wanted = seen_by(actor).filter(_of_team(team), decided_at__gt=since)
    rows = _firsts(actor, wanted).order_by(
        F("reassignment__undone_at").asc(nulls_first=True),
        "-reassignment__decided_at",
        "-reassignment",
    )
    return [_recent(row) for row in rows[:MOST_RECENT]]


def recent_page(
    *, actor: Actor, team: UUID | None = None, after: int | None = None, limit: int = 50
) -> Page[Recent]:
    """Reassignments of a team, or of every team, newest first. One statement.

    `after` is the `next` of the page before: (key,).
    """
    wanted = seen_by(actor)
    if team is not None:
        wanted = wanted.filter(_of_team(team))
    if after is not None:
        wanted = wanted.filter(pk__lt=after)
    found = list(_firsts(actor, wanted).order_by("-reassignment")[: limit + 1])
    rows = found[:limit]
    keys = (rows[-1].reassignment_id,) if len(found) > limit else None
    return Page([_recent(row) for row in rows], keys, timezone.localdate())


def _of_team(team: UUID) -> Exists:
    """That a reassignment moved somebody from or to a team."""
    return Exists(
        ReassignmentMove.objects.filter(
            Q(from_team__public_id=team) | Q(to_team__public_id=team), reassignment=OuterRef("pk")
        )
    )


def _firsts(actor: Actor, wanted: QuerySet[Reassignment]) -> QuerySet[ReassignmentMove]:
    """Of each reassignment its first move that is seen, with how many there are, and to whom."""
    moves = seen_moves(actor).filter(reassignment=OuterRef("reassignment"))
    each = moves.order_by().values("reassignment")
    counted = each.annotate(count=Count("pk")).values("count")
    receivers = each.annotate(count=Count("to_manager", distinct=True)).values("count")
    firsts = ReassignmentMove.objects.filter(
        pk=Subquery(moves.order_by("pk").values("pk")[:1]), reassignment__in=wanted
    )
    return firsts.annotate(people=Subquery(counted), receivers=Subquery(receivers)).select_related(
        "reassignment__decided_by", "to_manager"
    )


def _recent(row: Any) -> Recent:
    return Recent(
        id=row.reassignment.public_id,
        people=row.people,
        receivers=row.receivers,
        to=row.to_manager.display_name,
        by=row.reassignment.decided_by.display_name,
        decided_at=row.reassignment.decided_at,
        undone_at=row.reassignment.undone_at,
        first=row.to_manager,
        decider=row.reassignment.decided_by,
    )


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
