"""Offers of people between teams."""

from accounts.policy import Action
from tests import make
from tests.api.routes.route import (
    Route,
)
from tests.api.scenes.caseload import an_offer_from, an_offer_to
from tests.api.scenes.scene import (
    WHY,
    a_person,
)

TRANSFERS: dict[str, Route] = {
    "transfers": Route("GET", "transfers", Action.TRANSFER_VIEW, an_offer_to),
    "transfer": Route(
        "GET",
        "transfers/{}",
        Action.TRANSFER_VIEW,
        an_offer_to,
        seen_by=Action.TRANSFER_VIEW,
    ),
    "offer-transfer": Route(
        "POST",
        "transfers:offer",
        Action.TRANSFER_OFFER,
        a_person,
        lambda scene: {
            "offenders": [],
            "to": str(make.officer(team=make.team(in_force=scene.team.force)).public_id),
            "reason": WHY,
        },
        seen_by=Action.CASELOAD_VIEW,
        ok=201,
    ),
    "accept-transfer": Route(
        "POST",
        "transfers/{}/accept",
        Action.TRANSFER_DECIDE,
        an_offer_to,
        seen_by=Action.TRANSFER_VIEW,
    ),
    "decline-transfer": Route(
        "POST",
        "transfers/{}/decline",
        Action.TRANSFER_DECIDE,
        an_offer_to,
        lambda scene: {"reason": WHY},
        seen_by=Action.TRANSFER_VIEW,
    ),
    "withdraw-transfer": Route(
        "POST",
        "transfers/{}/withdraw",
        Action.TRANSFER_OFFER,
        an_offer_from,
        seen_by=Action.TRANSFER_VIEW,
    ),
}
