"""Reactive management."""

from accounts.policy import Action
from tests.api.routes.route import VIEW_PERSON, Route, about_step
from tests.api.scenes.reactive import (
    a_reactive_proposal,
    a_recommended_proposal,
    a_settled_person,
    managed_reactively,
    reactive_proposal,
)
from tests.api.scenes.scene import WHY
from tests.api.scenes.tasks import a_task

REACTIVE: dict[str, Route] = {
    "reactive-candidates": Route("GET", "reactive?state=eligible", Action.REACTIVE_VIEW),
    "propose-reactive": Route(
        "POST",
        "offenders/{}/propose-reactive",
        Action.REACTIVE_PROPOSE,
        a_settled_person,
        lambda scene: reactive_proposal(),
        VIEW_PERSON,
        201,
    ),
    "complete-recommend-reactive": about_step(
        "recommend-reactive",
        Action.REACTIVE_RECOMMEND,
        a_reactive_proposal,
        lambda: {"recommendation": "recommended", "recommendation_comment": WHY},
    ),
    "complete-authorise-reactive": about_step(
        "authorise-reactive",
        Action.REACTIVE_AUTHORISE,
        a_recommended_proposal,
        lambda: {"authority": "authorised", "authority_comment": WHY},
    ),
    "complete-review-reactive": about_step(
        "review-reactive",
        Action.REACTIVE_REVIEW,
        a_task("review_reactive", managed_reactively),
        lambda: {"outcome": "continues", "comment": WHY},
    ),
}
