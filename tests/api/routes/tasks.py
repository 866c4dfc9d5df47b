"""Tasks, and what is done with one that is no step of it."""

from accounts.models import Role
from accounts.policy import Action
from tests.api.routes.route import VIEW_TASK, Route, about_person, about_step, about_task
from tests.api.scenes.scene import WHY, day
from tests.api.scenes.tasks import a_free_task, a_task, an_action

TASKS: dict[str, Route] = {
    "tasks": Route("GET", "tasks", VIEW_TASK),
    "task": Route("GET", "tasks/{}", VIEW_TASK, a_task("record_outcome"), seen_by=VIEW_TASK),
    "task-form": Route(
        "GET", "tasks/{}/form", VIEW_TASK, a_task("record_outcome"), seen_by=VIEW_TASK
    ),
    "task-priority": Route(
        "GET", "tasks/{}/priority", VIEW_TASK, a_task("record_outcome"), seen_by=VIEW_TASK
    ),
    "disagree": about_task(
        "disagreement",
        Action.PRIORITY_DISAGREE,
        a_task("record_outcome"),
        lambda scene: {"reason": WHY, "would_do_first": "Another visit"},
    ),
    "disagreements": Route("GET", "disagreements", Action.DISAGREEMENT_VIEW),
    "claim-task": about_task("claim", Action.TASK_CLAIM, a_free_task, lambda scene: {}),
    # An officer releases what they hold themselves; here it is the manager who holds it.
    "release-task": Route(
        "POST",
        "tasks/{}/release",
        Action.TASK_RELEASE,
        a_task("record_outcome"),
        seen_by=VIEW_TASK,
        rule_refuses=frozenset({Role.OFFENDER_MANAGER}),
    ),
    "reassign-task": about_task(
        "reassign",
        Action.TASK_REASSIGN,
        a_task("record_outcome"),
        lambda scene: {"to": str(scene.second.public_id), "reason": WHY},
    ),
    "defer-task": about_task(
        "defer",
        Action.TASK_DEFER,
        a_task("record_outcome"),
        lambda scene: {"until": day(3), "reason": WHY},
    ),
    "raise-case-action": about_person(
        "case-actions",
        Action.CASE_ACTION_RAISE,
        lambda scene: {"text": WHY, "due_on": day(3)},
        201,
    ),
    "complete-finish-action": about_step(
        "finish-action",
        Action.CASE_ACTION_FINISH,
        an_action,
        lambda: {"outcome": "done", "evidence": WHY},
    ),
}
