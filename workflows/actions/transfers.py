"""Offering people to an officer of another team, and taking the offer back (PRACTICE 15).

Nothing moves by it: owner, team, tasks and due dates stay until `transfer_decisions` accepts it.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import policy
from accounts.actor import Actor
from accounts.models import Role, User
from accounts.policy import Action
from offenders.errors import RuleBroken, Stale
from offenders.models import Offender
from rules import current
from workflows.actions.alerts import tell
from workflows.actions.caseload import NO_MOVES, wanted_of
from workflows.actions.deciding import refuse_own_work
from workflows.actions.locking import colleague, lock_officers, lock_people, officer
from workflows.actions.on_record import put_all_on_record
from workflows.actions.ranks import seniors_of
from workflows.actions.receiving import can_take, closed_to
from workflows.actions.transfer_sides import refuse_settled, refuse_withdrawal
from workflows.errors import NotVisible
from workflows.models import WAITING, Alert, TransferOffer, TransferPerson
from workflows.queries import transfers as reads


@transaction.atomic
def offer_transfer(
    *, by: Actor, reason: str, offenders: Sequence[UUID], to: UUID | None = None
) -> TransferOffer:
    """Offer people of one's team to an officer of another team of the force. Nobody moves.

    Raises NotVisible, NotPermitted, ReasonRequired, Invalid, TaskBusy; RuleBroken `own_team`,
    `officer_cannot_take`, `closed_to_receiver`, `already_offered`, `own_work`.
    """
    policy.require(by, Action.TRANSFER_OFFER, reason=reason)
    wanted = wanted_of(offenders, to, NO_MOVES)
    named = _own_people(by, wanted)
    [receiver] = lock_officers([colleague(by, next(iter(wanted.values()))).pk])
    people = lock_people(person.pk for person in named)
    if any(person.team_id not in by.team_ids for person in people):
        raise NotVisible
    _refuse_receiver(receiver, people)
    refuse_own_work(by, {person.offender_manager_id for person in people} | {receiver.pk})
    _refuse_offered(people)
    proposer = officer(by)
    offer = TransferOffer.objects.create(
        from_team_id=people[0].team_id,
        to_team_id=receiver.team_id or 0,
        to_officer=receiver,
        reason=reason,
        offered_on=timezone.localdate(),
        offered_by=proposer,
        offered_for_id=by.acting_for_id,
    )
    TransferPerson.objects.bulk_create(
        TransferPerson(offer=offer, offender=person, from_manager_id=person.offender_manager_id)
        for person in people
    )
    _tell_receiving(offer, people, proposer)
    put_all_on_record(
        by,
        people,
        Action.TRANSFER_OFFER,
        subject=subject_of(offer),
        reason=reason,
        to=receiver.staff_number,
    )
    return offer


@transaction.atomic
def withdraw_transfer(*, by: Actor, transfer: UUID, version: int | None = None) -> TransferOffer:
    """Take back an offer of one's team that nobody has decided on.

    Raises NotVisible, NotPermitted, Stale; RuleBroken `transfer_settled`.
    """
    policy.granted(by, Action.TRANSFER_OFFER)
    found = reads.visible(by, transfer)
    refuse_withdrawal(by, found)
    offer = lock_waiting(found, version)
    people = [row.offender for row in offer.people.select_related("offender")]
    offer.withdrawn_by, offer.withdrawn_at = officer(by), timezone.now()
    settle(offer)
    put_all_on_record(
        by,
        people,
        Action.TRANSFER_OFFER,
        subject=subject_of(offer),
        to=offer.to_officer.staff_number,
        withdrawn=True,
    )
    return offer


def warn_of_waiting(*, today: dt.date | None = None) -> int:
    """Tell inspectors of offers that nobody decided on within `transfer.decision`. Once for each.

    Returns how many alerts were new. Safe to run twice.
    """
    day = today or timezone.localdate()
    rule, calendar = current.in_force(day).rule("transfer.decision"), current.calendar()
    waiting = TransferOffer.objects.filter(WAITING).select_related("from_team").order_by("pk")
    late = [offer for offer in waiting if rule.due(offer.offered_on, calendar) < day]
    seniors = seniors_of({offer.from_team.force_id for offer in late}, day)
    alerts = [
        Alert(
            to=inspector,
            about=Alert.About.TRANSFER_WAITING,
            subject=subject_of(offer),
            people=number,
            on=offer.offered_on,
        )
        for offer in late
        for inspector, number in _who_may_know(
            (one for one in seniors[offer.from_team.force_id] if one.role == Role.INSPECTOR),
            offer,
            day,
        ).items()
    ]
    with transaction.atomic():
        return tell(alerts)


def lock_waiting(found: TransferOffer, version: int | None) -> TransferOffer:
    """The offer, locked, where nobody has settled it. Raises Stale, RuleBroken."""
    offer = TransferOffer.objects.select_for_update(no_key=True).get(pk=found.pk)
    refuse_settled(offer)
    if version is not None and version != offer.version:
        raise Stale
    return offer


def settle(offer: TransferOffer) -> None:
    """Keep what was decided: the people can be offered again."""
    offer.version += 1
    offer.save()
    offer.people.update(waiting=False)


def subject_of(offer: TransferOffer) -> str:
    """How alerts and the record name an offer."""
    return f"transfer:{offer.public_id}"


def _own_people(by: Actor, wanted: Collection[UUID]) -> list[Offender]:
    """Those of the actor's team. Raises NotVisible where one is not."""
    seen = Offender.objects.permitted(by, Action.TRANSFER_OFFER).managed()
    found = list(seen.filter(public_id__in=wanted).order_by("pk"))
    if len(found) != len(wanted):
        raise NotVisible
    return found


def _refuse_receiver(receiver: User, people: Sequence[Offender]) -> None:
    if receiver.team_id == people[0].team_id:
        raise RuleBroken("own_team", "That officer is of your team. Reassign the people instead.")
    if not can_take(receiver):
        raise RuleBroken(
            "officer_cannot_take",
            "That officer cannot take people on: their role, team or vetting does not allow it.",
        )
    if closed := closed_to(receiver, people):
        raise RuleBroken("closed_to_receiver", f"That officer may not have {references(closed)}.")


def _refuse_offered(people: Sequence[Offender]) -> None:
    """One waiting offer at a time; one that another team made, before they came, is let go."""
    rows = TransferPerson.objects.filter(offender__in=people, waiting=True)
    rows.exclude(offer__from_team=people[0].team_id).update(waiting=False)
    if offered := [row.offender for row in rows.select_related("offender")]:
        raise RuleBroken("already_offered", f"Offered already: {references(offered)}.")


def references(people: Iterable[Offender]) -> str:
    """People by the force's references, for a message to who may see them."""
    return ", ".join(sorted(person.source_ref for person in people))


def _tell_receiving(offer: TransferOffer, people: Collection[Offender], by: User) -> None:
    """The team's supervisors; the inspectors too, where no supervisor may see everyone in it."""
    day = timezone.localdate()
    seniors = seniors_of({offer.to_team.force_id}, day)[offer.to_team.force_id]
    told = _who_may_know(
        (one for one in seniors if one.role == Role.SUPERVISOR and one.team_id == offer.to_team_id),
        offer,
        day,
    )
    if len(people) not in told.values():
        told |= _who_may_know((one for one in seniors if one.role == Role.INSPECTOR), offer, day)
    tell(
        Alert(
            to=senior,
            about=Alert.About.TRANSFER_OFFERED,
            subject=subject_of(offer),
            officer=by,
            people=number,
            on=day,
        )
        for senior, number in told.items()
    )


def _who_may_know(seniors: Iterable[User], offer: TransferOffer, day: dt.date) -> dict[User, int]:
    """Of how many people of the offer each may know; whoever may know of none is left out."""
    numbers = {one: reads.number_seen(Actor.of_user(one, day), offer) for one in seniors}
    return {one: number for one, number in numbers.items() if number}
