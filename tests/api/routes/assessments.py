"""Assessments, levels, significant changes and who may assess."""

from accounts.policy import Action
from tests.api.routes.route import Route, about_person, about_step, about_task, records_of
from tests.api.scenes.assessments import ASSESSMENT, an_open_level
from tests.api.scenes.scene import WHY, an_officer, day
from tests.api.scenes.tasks import a_task, after

ASSESSMENTS: dict[str, Route] = {
    "complete-assess": about_step(
        "assess", Action.ASSESSMENT_PROPOSE, a_task("assess"), lambda: ASSESSMENT
    ),
    "complete-endorse": about_step(
        "endorse",
        Action.ASSESSMENT_ENDORSE,
        after("assess", lambda: ASSESSMENT, "endorse"),
        lambda: {"decision": "endorse", "comment": WHY},
    ),
    "save-draft": about_task(
        "draft",
        Action.ASSESSMENT_DRAFT,
        a_task("assess"),
        lambda scene: {"formulation": WHY, "ratings": [{"factor": "opportunity"}]},
    ),
    "complete-decide-level": about_step(
        "decide-level",
        Action.LEVEL_DECIDE,
        an_open_level,
        lambda: {"level": "medium", "reason": WHY},
    ),
    "record-change": about_person(
        "significant-changes",
        Action.CHANGE_RECORD,
        lambda scene: {"what": "loss_of_home", "occurred_on": day(0), "text": WHY},
        201,
    ),
    "record-training": Route(
        "POST",
        "officers/{}/trainings",
        Action.TRAINING_RECORD,
        an_officer,
        lambda scene: {"code": "mosovo", "completed_on": day(0), "valid_until": day(365)},
        seen_by=Action.TRAINING_RECORD,
        ok=201,
    ),
    "offender-assessments": records_of("assessments"),
}
