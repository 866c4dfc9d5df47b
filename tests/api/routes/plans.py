"""Risk management plans."""

from accounts.policy import Action
from tests.api.routes.route import Route, about_step, records_of
from tests.api.scenes.plans import a_longer_interval, a_plan, a_plan_review, a_planned_person
from tests.api.scenes.scene import WHY
from tests.workflows import planning

PLANS: dict[str, Route] = {
    "complete-draft-plan": about_step(
        "draft-plan", Action.PLAN_DRAFT, a_plan_review, planning.values
    ),
    "complete-endorse-plan": about_step(
        "endorse-plan", Action.PLAN_ENDORSE, a_plan, lambda: planning.AGREED
    ),
    "complete-approve-interval": about_step(
        "approve-interval",
        Action.PLAN_APPROVE_INTERVAL,
        a_longer_interval,
        lambda: {"interval_decision": "agree", "interval_comment": WHY},
    ),
    "offender-plans": records_of("plans", a_planned_person),
}
