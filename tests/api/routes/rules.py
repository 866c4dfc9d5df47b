"""Versions of the rules."""

from accounts.policy import Action
from tests.api.routes.route import (
    Route,
)
from tests.api.scenes.rules import a_proposal, rules_proposal
from tests.api.scenes.scene import WHY, spoken

RULES: dict[str, Route] = {
    "rule-sets": Route("GET", "rule-sets", Action.RULES_VIEW),
    "rule-set": Route("GET", "rule-sets/{}", Action.RULES_VIEW, a_proposal),
    "rule-effects": Route("GET", "rule-sets/{}/effects", Action.RULES_VIEW, a_proposal),
    "try-rules": Route(
        "POST",
        "rule-sets:what-if",
        Action.RULES_TRY,
        body=lambda scene: {"changes": {"visit.interval.medium": "4m"}},
    ),
    "propose-rules": Route(
        "POST",
        "rule-sets:propose",
        Action.RULES_PROPOSE,
        body=lambda scene: spoken(rules_proposal()),
        ok=201,
    ),
    "approve-rules": Route(
        "POST",
        "rule-sets/{}/approve",
        Action.RULES_APPROVE,
        a_proposal,
        lambda scene: {"reason": WHY},
    ),
    "withdraw-rules": Route(
        "POST",
        "rule-sets/{}/withdraw",
        Action.RULES_WITHDRAW,
        a_proposal,
        lambda scene: {"reason": WHY},
    ),
}
