"""Reviews of cases, dip samples and what waits for a second person."""

from accounts.policy import Action
from tests import make
from tests.api.routes.route import Route, about_step
from tests.api.scenes.samples import a_sample, a_sampled_person
from tests.api.scenes.scene import a_person
from tests.api.scenes.tasks import a_task

SUPERVISING: dict[str, Route] = {
    "complete-review-case": about_step(
        "review-case", Action.CASE_REVIEW, a_task("review_case"), make.case_review
    ),
    "case-reviews": Route(
        "GET",
        "offenders/{}/case-reviews",
        Action.CASE_REVIEW_VIEW,
        a_person,
        seen_by=Action.CASE_REVIEW_VIEW,
    ),
    "complete-check-case": about_step(
        "check-case", Action.DIP_SAMPLE_CHECK, a_sampled_person, make.case_review
    ),
    "dip-samples": Route("GET", "dip-samples", Action.DIP_SAMPLE_VIEW),
    "draw-dip-sample": Route(
        "POST",
        "dip-samples:draw",
        Action.DIP_SAMPLE_DRAW,
        a_person,
        lambda scene: {"team": str(scene.team.public_id), "size": 1},
        Action.DIP_SAMPLE_DRAW,
        201,
    ),
    "dip-sample": Route(
        "GET",
        "dip-samples/{}",
        Action.DIP_SAMPLE_VIEW,
        a_sample,
        seen_by=Action.DIP_SAMPLE_VIEW,
    ),
    "quality": Route("GET", "quality", Action.DIP_SAMPLE_VIEW),
    "consistency": Route("GET", "consistency", Action.CONSISTENCY_VIEW),
    "indicator-precision": Route("GET", "indicator-precision", Action.INDICATOR_LEDGER_VIEW),
    "endorsements": Route("GET", "endorsements", Action.ENDORSEMENT_VIEW),
    "directions": Route("GET", "directions", Action.CASE_REVIEW),
}
