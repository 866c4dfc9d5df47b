"""People who are missing or said to be dead, and warrants to enter."""

from accounts.policy import Action
from tests.api.routes.route import VIEW_PERSON, Route, about_person, about_step
from tests.api.scenes.scene import WHY, day
from tests.api.scenes.unfound import (
    ENQUIRY,
    a_missing_person,
    a_task_of_a_missing_person,
    enquired_after_twice,
    someone_not_resident,
    someone_said_to_be_dead,
)
from tests.api.scenes.warrants import (
    RECOMMENDATION,
    a_warrant_applied_for,
    a_warrant_recommended,
    entry_failed,
    warrant_decision,
    warrant_of,
)

UNFOUND: dict[str, Route] = {
    "complete-decide-missing": about_step(
        "decide-missing",
        Action.MISSING_DECIDE,
        someone_not_resident,
        lambda: {"decision": "not_missing", "reason": WHY},
    ),
    "complete-confirm-missing": about_step(
        "confirm-missing",
        Action.MISSING_CONFIRM,
        a_task_of_a_missing_person("confirm_missing"),
        lambda: {"decision": "confirm", "comment": WHY},
    ),
    "complete-record-enquiry": about_step(
        "record-enquiry",
        Action.MISSING_ENQUIRE,
        a_task_of_a_missing_person("record_enquiry"),
        lambda: ENQUIRY,
    ),
    "complete-review-enquiry": about_step(
        "review-enquiry", Action.MISSING_REVIEW, enquired_after_twice, lambda: {"review": WHY}
    ),
    "complete-verify-death": about_step(
        "verify-death",
        Action.DEATH_VERIFY,
        someone_said_to_be_dead,
        lambda: {"decision": "refuted", "reference": "", "comment": WHY},
    ),
    "complete-consider-warrant": about_step(
        "consider-warrant", Action.WARRANT_CONSIDER, entry_failed, lambda: RECOMMENDATION
    ),
    "complete-decide-warrant": about_step(
        "decide-warrant", Action.WARRANT_DECIDE, a_warrant_recommended, warrant_decision
    ),
    "report-missing": about_person(
        "report-missing", Action.MISSING_REPORT, lambda scene: {"reason": WHY}
    ),
    "locate-person": Route(
        "POST",
        "offenders/{}/locate",
        Action.MISSING_LOCATE,
        a_missing_person,
        lambda scene: {"on": day(0), "found_in": "community", "how": WHY},
        VIEW_PERSON,
    ),
    "report-death": about_person(
        "report-death", Action.DEATH_REPORT, lambda scene: {"source": WHY}
    ),
    "entry-warrant-result": Route(
        "POST",
        "offenders/{}/entry-warrant-result",
        Action.WARRANT_RESULT,
        a_warrant_applied_for,
        lambda scene: {"warrant": warrant_of(scene), "result": "granted", "on": day(0)},
        VIEW_PERSON,
    ),
}
