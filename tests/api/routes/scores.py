"""Static scores."""

from accounts.models import Role
from accounts.policy import Action
from tests.api.routes.route import Route, about_person, records_of
from tests.api.scenes.scene import WHY, day
from tests.api.scenes.scores import a_scored_person, facts_of_a_score, score_of

SCORES: dict[str, Route] = {
    "static-scores": records_of("static-scores", a_scored_person),
    "preview-static-scores": about_person(
        "static-scores:preview",
        Action.STATIC_SCORE_CALCULATE,
        lambda scene: facts_of_a_score(),
    ),
    "calculate-static-scores": about_person(
        "static-scores:calculate",
        Action.STATIC_SCORE_CALCULATE,
        lambda scene: facts_of_a_score(),
        ok=201,
    ),
    "record-official-score": about_person(
        "static-scores:record-official",
        Action.STATIC_SCORE_RECORD_OFFICIAL,
        lambda scene: {"tool": "rosh", "band": "high", "scored_on": day(-1)},
        ok=201,
    ),
    # Of what the manager calculated: an officer voids their own alone.
    "void-static-score": Route(
        "POST",
        "offenders/{}/static-scores:void",
        Action.STATIC_SCORE_VOID,
        a_scored_person,
        lambda scene: {"score": score_of(scene), "reason": WHY},
        seen_by=Action.OFFENDER_VIEW,
        rule_refuses=frozenset({Role.OFFENDER_MANAGER}),
    ),
    "try-static-scores": Route(
        "POST",
        "static-scores:what-if",
        Action.STATIC_SCORE_TRY,
        body=lambda scene: {"model": "1.0", "thresholds": "1.0"},
    ),
}
