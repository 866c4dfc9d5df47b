"""Notifications, the end of registration and release."""

from accounts.policy import Action
from tests.api.routes.route import Route, about_step
from tests.api.scenes.registration import PROPOSAL, detained, ending, notification
from tests.api.scenes.scene import WHY
from tests.api.scenes.tasks import a_task, after

REGISTRATION: dict[str, Route] = {
    "complete-record-notification": about_step(
        "record-notification",
        Action.NOTIFICATION_RECORD,
        a_task("record_notification"),
        notification,
    ),
    "complete-check-notification": about_step(
        "check-notification",
        Action.NOTIFICATION_CHECK,
        after("record_notification", notification, "check_notification"),
        lambda: {"decision": "accept", "comment": WHY},
    ),
    "complete-propose-end": about_step(
        "propose-end", Action.REGISTRATION_END, a_task("propose_end", ending), lambda: PROPOSAL
    ),
    "complete-endorse-end": about_step(
        "endorse-end",
        Action.REGISTRATION_END_ENDORSE,
        after("propose_end", lambda: PROPOSAL, "endorse_end", ending),
        lambda: {"decision": "return", "comment": WHY},
    ),
    "complete-plan-release": about_step(
        "plan-release",
        Action.RELEASE_PLAN,
        a_task("plan_release", detained),
        lambda: {"release_expected_on": None, "plan": WHY},
    ),
}
