"""Which side of an offer may decide on it or take it back: asked by the actions and by the page."""

from collections.abc import Callable, Collection

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.policy import Action, Reach, require
from offenders.errors import RuleBroken
from workflows.actions.deciding import refuse_own, refuse_own_work
from workflows.models import TransferOffer

#: The keys of who manages the people of an offer; None for somebody without an officer.
Managers = Collection[int | None]


def refuse_other_side(by: Actor, offer: TransferOffer) -> None:
    """The team that is to have them decides, or an inspector of the force. Raises NotPermitted."""
    reach = require(by, Action.TRANSFER_DECIDE).reach
    if reach is not Reach.FORCE and offer.to_team_id not in by.team_ids:
        raise NotPermitted("The team that is to have them decides.", action=Action.TRANSFER_DECIDE)


def refuse_decision(by: Actor, offer: TransferOffer, managers: Managers) -> None:
    """Nobody decides on their own offer; under a delegation, nor about their own people.

    Raises NotPermitted; RuleBroken `transfer_settled`, `own_offer`, `own_work`.
    """
    refuse_other_side(by, offer)
    refuse_settled(offer)
    for proposer in (offer.offered_by_id, offer.offered_for_id):
        refuse_own(
            by, proposer, code="own_offer", message="You made this offer. Someone else decides."
        )
    refuse_own_work(by, {*managers, offer.to_officer_id})


def refuse_withdrawal(by: Actor, offer: TransferOffer) -> None:
    """Only the team that offered them takes it back, and only while it waits.

    Raises NotPermitted; RuleBroken `transfer_settled`.
    """
    require(by, Action.TRANSFER_OFFER, reason="withdraw")
    if offer.from_team_id not in by.team_ids:
        raise NotPermitted("Only the team that offered them withdraws it.")
    refuse_settled(offer)


def refuse_settled(offer: TransferOffer) -> None:
    """An offer is settled once. Raises RuleBroken `transfer_settled`."""
    if not offer.is_waiting:
        raise RuleBroken("transfer_settled", "This offer was accepted, declined or withdrawn.")


def may_decide(by: Actor, offer: TransferOffer, managers: Managers) -> bool:
    """Whether a decision of the actor would be taken, as the offer stands."""
    return _is_taken(lambda: refuse_decision(by, offer, managers))


def may_withdraw(by: Actor, offer: TransferOffer) -> bool:
    """Whether the actor could take the offer back, as it stands."""
    return _is_taken(lambda: refuse_withdrawal(by, offer))


def _is_taken(refuse: Callable[[], None]) -> bool:
    try:
        refuse()
    except (NotPermitted, RuleBroken):
        return False
    return True
