"""Offers of people between teams: who may know of them, and whom each side sees meanwhile.

While an offer waits, both sides see the people in it and how much its officers have; nothing else
of the other team. What a conflict of interest or a restriction closes stays closed.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import User
from accounts.policy import Action, Reach, grant
from offenders.models import Offender
from offenders.querysets import OwnedQuerySet
from workflows.errors import NotVisible
from workflows.models import WAITING, TransferOffer, TransferPerson
from workflows.queries.caseload import MANAGERS
from workflows.queries.sql import Page


class Offered(NamedTuple):
    """An offer, and how many of its people the viewer may know of."""

    offer: TransferOffer
    people: int


class Changed(NamedTuple):
    """Somebody who is not as they were offered, by the force's reference, and what changed."""

    reference: str
    why: str


class OfferedTo(NamedTuple):
    """To which other team somebody is offered, and by which offer, which waits."""

    transfer: UUID
    team: UUID
    name: str


def permitted(actor: Actor) -> QuerySet[TransferOffer]:
    """Offers from or to the actor's teams; for an inspector, those of the force.

    One of which they may know nobody is there for those alone who made it.
    """
    permission = grant(actor, Action.TRANSFER_VIEW)
    rows = TransferOffer.objects.select_related(
        "from_team", "to_team", "to_officer", "offered_by", "decided_by", "reassignment"
    )
    if permission is None:
        return rows.none()
    if permission.reach is Reach.FORCE:
        sides = Q(from_team__force_id=actor.force_id)
    else:
        sides = Q(from_team__in=actor.team_ids) | Q(to_team__in=actor.team_ids)
    own = Q(offered_by__in=actor.answers_for)
    return rows.filter(sides, Exists(_known(actor).filter(offer=OuterRef("pk"))) | own)


def visible(actor: Actor, transfer: UUID) -> TransferOffer:
    """One offer that the actor may know of. Raises NotVisible."""
    found = permitted(actor).filter(public_id=transfer).first()
    if found is None:
        raise NotVisible
    return found


def transfers_page(
    *, actor: Actor, waiting: bool, after: int | None = None, limit: int = 50
) -> Page[Offered]:
    """Some offers, the newest first; only those that wait, or all. One statement.

    `after` is the `next` of the page before: (key,).
    """
    of_offer = _known(actor).filter(offer=OuterRef("pk")).order_by().values("offer")
    number = Subquery(of_offer.annotate(number=Count("pk")).values("number"))
    rows = permitted(actor).annotate(number=number)
    if waiting:
        rows = rows.filter(WAITING)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows.order_by("-pk")[: limit + 1])
    shown = [Offered(row, row.number or 0) for row in found[:limit]]
    more = len(found) > limit
    return Page(shown, (shown[-1].offer.pk,) if more else None, timezone.localdate())


def waiting_for(actor: Actor, team: UUID) -> int:
    """How many offers to a team wait for its decision, of those the actor may know of."""
    return permitted(actor).filter(WAITING, to_team__public_id=team).count()


def either_side(actor: Actor, offer: TransferOffer) -> Actor:
    """The actor with the reach of both teams, as long as the offer waits."""
    if not offer.is_waiting:
        return actor
    return replace(actor, team_ids=(offer.from_team_id, offer.to_team_id))


def people_of(actor: Actor, offer: TransferOffer) -> list[TransferPerson]:
    """The people of an offer whom the actor may see, in ascending key. One statement."""
    rows = TransferPerson.objects.permitted(either_side(actor, offer), Action.CASELOAD_VIEW)
    return list(rows.filter(offer=offer).select_related("offender").order_by("offender_id"))


def number_seen(actor: Actor, offer: TransferOffer) -> int:
    """How many people of an offer the actor may know of."""
    return _known(actor).filter(offer=offer).count()


def offered_to(actor: Actor, people: Collection[UUID]) -> dict[UUID, OfferedTo]:
    """Whom of `people` their team offers to another, by their ids, of those the actor may know of.

    One statement, however many; none for nobody, and for who may know of no offer.
    """
    if not people or grant(actor, Action.TRANSFER_VIEW) is None:
        return {}
    rows = TransferPerson.objects.permitted(actor, Action.TRANSFER_VIEW).filter(
        waiting=True, offender__public_id__in=people, offer__from_team=F("offender__team")
    )
    found = rows.select_related("offender", "offer__to_team")
    return {
        row.offender.public_id: OfferedTo(
            row.offer.public_id, row.offer.to_team.public_id, row.offer.to_team.name
        )
        for row in found
    }


def changed(
    offer: TransferOffer,
    people: Collection[TransferPerson],
    standing: Mapping[int, Offender],
) -> list[Changed]:
    """Who of `people` is not as they were offered, by how they stand now."""
    found = []
    for row in people:
        person = standing[row.offender_id]
        if person.registration_ended_on is not None:
            found.append(Changed(person.source_ref, "is not registered any more"))
        elif (person.team_id, person.offender_manager_id) != (
            offer.from_team_id,
            row.from_manager_id,
        ):
            found.append(Changed(person.source_ref, "has another officer or team"))
        elif not row.waiting:
            found.append(Changed(person.source_ref, "was offered by another team meanwhile"))
    return found


def offerable(actor: Actor, people: Collection[UUID]) -> list[Offender]:
    """Those of `people` whom the actor may offer, by reference."""
    rows = Offender.objects.permitted(actor, Action.TRANSFER_OFFER).managed()
    return list(rows.filter(public_id__in=people).order_by("source_ref"))


def receivers_elsewhere(actor: Actor, today: dt.date) -> list[User]:
    """Who can take people on in the other teams of the force, by team and name. One statement."""
    able = User.objects.filter(is_active=True, role__in=MANAGERS, team__isnull=False)
    others = able.filter(Q(force_id=actor.force_id)).exclude(team__in=actor.team_ids)
    ordered = others.select_related("team").order_by("team__name", "last_name", "first_name", "pk")
    return [user for user in ordered if Actor.of_user(user, today).is_current]


def _known(actor: Actor) -> OwnedQuerySet:
    """Those in any offer who are not closed to the actor, whichever team of the force has them."""
    of_force = TransferPerson.objects.filter(Q(offender__force_id=actor.force_id))
    return of_force.open_to(actor)
