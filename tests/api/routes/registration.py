"""Notifications, the end of registration and release."""

from accounts.policy import Action
from tests.api.routes.route import VIEW_PERSON, Route, about_step
from tests.api.scenes.registration import (
    PROPOSAL,
    detained,
    ending,
    notification,
    notified_before,
)
from tests.api.scenes.scene import WHY, spoken
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
    "notify-change": Route(
        "POST",
        "offenders/{}/notify-change",
        Action.NOTIFICATION_RECORD,
        notified_before,
        lambda scene: spoken({"item": "bank"} | notification()),
        VIEW_PERSON,
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
