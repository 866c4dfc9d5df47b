"""Accepting or declining people whom another team offers (PRACTICE 15).

Until then the old owner stays. An acceptance moves everyone as a reassignment does, or nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.actor import Actor
from accounts.errors import ReasonRequired
from accounts.models import User
from accounts.policy import Action, require
from offenders.errors import RuleBroken, Stale
from offenders.models import Offender
from workflows.actions.alerts import tell
from workflows.actions.caseload import carry_out, refuse_overload
from workflows.actions.locking import lock_officers, lock_people, officer
from workflows.actions.on_record import put_all_on_record
from workflows.actions.receiving import can_take, closed_to
from workflows.actions.transfer_sides import (
    may_decide,
    may_withdraw,
    refuse_decision,
    refuse_other_side,
)
from workflows.actions.transfers import lock_waiting, references, settle, subject_of
from workflows.models import Alert, TransferOffer, TransferPerson
from workflows.queries import moving as looking
from workflows.queries import transfers as reads
from workflows.queries.moving import Move, Preview
from workflows.queries.transfers import Changed

Decision = TransferOffer.Decision


@dataclass(frozen=True, slots=True)
class Looked:
    """An offer as it stands for who looks at it.

    `preview`: what accepting would change; None where it is settled or nobody could go. `changed`:
    who is not as they were offered; `hidden` says that there is somebody they may not know of.
    `can_decide`, `can_withdraw`: whether it would be taken from them.
    """

    offer: TransferOffer
    people: list[TransferPerson]
    preview: Preview | None
    changed: list[Changed]
    hidden: bool
    can_decide: bool
    can_withdraw: bool


def look_at_transfer(*, by: Actor, transfer: UUID) -> Looked:
    """The offer, whom it is about, and what accepting it would change. Writes nothing.

    Raises NotVisible.
    """
    offer = reads.visible(by, transfer)
    people = reads.people_of(by, offer)
    if not offer.is_waiting:
        return Looked(offer, people, None, [], hidden=False, can_decide=False, can_withdraw=False)
    standing = {row.offender_id: row.offender for row in people}
    changed = reads.changed(offer, people, standing)
    gone = {one.reference for one in changed}
    moving = [
        Move(row.offender, offer.to_officer)
        for row in people
        if row.offender.source_ref not in gone
    ]
    preview = moving and looking.preview(
        actor=reads.either_side(by, offer),
        moves=moving,
        refused=[person.public_id for person in closed_to(offer.to_officer, standing.values())],
        today=timezone.localdate(),
    )
    managers = list(offer.people.values_list("offender__offender_manager", flat=True))
    return Looked(
        offer,
        people,
        preview or None,
        changed,
        hidden=len(people) < len(managers),
        can_decide=may_decide(by, offer, managers),
        can_withdraw=may_withdraw(by, offer),
    )


@transaction.atomic
def accept_transfer(
    *,
    by: Actor,
    transfer: UUID,
    over_capacity: str = "",
    seen: str | None = None,
    version: int | None = None,
) -> TransferOffer:
    """Take the people whom another team offers: all of them, or none, as a reassignment.

    `over_capacity` and `seen` as for a reassignment. Raises NotVisible, NotPermitted, Invalid
    `over_capacity`, Stale, TaskBusy; RuleBroken `transfer_settled`, `own_offer`, `own_work`,
    `officer_cannot_take`, `offer_changed`, `closed_to_receiver`.
    """
    found = _decidable(by, transfer)
    [receiver] = lock_officers([found.to_officer_id])
    keys = found.people.values_list("offender_id", flat=True)
    standing = {person.pk: person for person in lock_people(keys)}
    offer = lock_waiting(found, version)
    refuse_decision(by, offer, {person.offender_manager_id for person in standing.values()})
    if receiver.team_id != offer.to_team_id or not can_take(receiver):
        raise RuleBroken("officer_cannot_take", "That officer cannot take people on any more.")
    _refuse_changed(by, offer, standing)
    moving = [Move(person, receiver) for person in standing.values()]
    if seen is not None and seen != looking.digest(moving):
        raise Stale("People of this offer changed since you looked.")
    if closed := closed_to(receiver, standing.values()):
        raise RuleBroken("closed_to_receiver", f"That officer may not have {references(closed)}.")
    refuse_overload(reads.either_side(by, offer), moving, over_capacity)
    decider = officer(by)
    offer.reassignment = carry_out(
        decider=decider, moving=moving, reason=offer.reason, over_capacity=over_capacity
    )
    _decide(by, offer, decider, Decision.ACCEPTED)
    _tell_proposer(offer, Alert.About.TRANSFER_ACCEPTED, people=len(moving))
    put_all_on_record(
        by,
        standing.values(),
        Action.TRANSFER_DECIDE,
        subject=subject_of(offer),
        reason=offer.reason,
        to=receiver.staff_number,
        decision=offer.decision,
        reassignment=str(offer.reassignment.public_id),
        **({"over_capacity": over_capacity} if over_capacity else {}),
    )
    return offer


@transaction.atomic
def decline_transfer(
    *, by: Actor, transfer: UUID, reason: str, version: int | None = None
) -> TransferOffer:
    """Refuse the people whom another team offers: they stay where they are, and it is told why.

    Raises NotVisible, NotPermitted, ReasonRequired, Stale; RuleBroken `transfer_settled`,
    `own_offer`, `own_work`.
    """
    found = _decidable(by, transfer)
    if not reason.strip():
        raise ReasonRequired("Give a reason first.", action=Action.TRANSFER_DECIDE)
    offer = lock_waiting(found, version)
    people = [row.offender for row in offer.people.select_related("offender")]
    refuse_decision(by, offer, {person.offender_manager_id for person in people})
    offer.decision_reason = reason
    _decide(by, offer, officer(by), Decision.DECLINED)
    _tell_proposer(offer, Alert.About.TRANSFER_DECLINED, people=len(people))
    put_all_on_record(
        by,
        people,
        Action.TRANSFER_DECIDE,
        subject=subject_of(offer),
        reason=reason,
        to=offer.to_officer.staff_number,
        decision=offer.decision,
    )
    return offer


def _decidable(by: Actor, transfer: UUID) -> TransferOffer:
    """An offer to the actor's team, or to one of an inspector's force."""
    require(by, Action.TRANSFER_DECIDE)
    found = reads.visible(by, transfer)
    refuse_other_side(by, found)
    return found


def _refuse_changed(by: Actor, offer: TransferOffer, standing: Mapping[int, Offender]) -> None:
    """Everyone must be as they were offered. Names those alone whom the decider may see."""
    rows = list(offer.people.all())
    seen = {row.pk for row in reads.people_of(by, offer)}
    changed = reads.changed(offer, [row for row in rows if row.pk in seen], standing)
    said = [f"{one.reference} {one.why}." for one in changed]
    if len(seen) < len(rows):
        said.append("You may not see everyone in it any more.")
    if said:
        raise RuleBroken("offer_changed", f"It cannot be accepted as it is. {' '.join(said)}")


def _decide(by: Actor, offer: TransferOffer, decider: User, decision: Decision) -> None:
    offer.decision, offer.decided_at = decision, timezone.now()
    offer.decided_by, offer.decided_for_id = decider, by.acting_for_id
    settle(offer)


def _tell_proposer(offer: TransferOffer, about: Alert.About, *, people: int) -> None:
    tell(
        [
            Alert(
                to=offer.offered_by,
                about=about,
                subject=subject_of(offer),
                officer=offer.decided_by,
                people=people,
                on=timezone.localdate(),
            )
        ]
    )
