"""What stands around a home visit in its task's answer: preparation, timer, others at the home."""

from typing import Any

from accounts.actor import Actor
from api.shapes.common import officer, person
from workflows.models import LoneVisitWatch, Task, VisitPreparation
from workflows.queries.preparation import prepared_for, watch_of
from workflows.queries.same_home import at_same_home


def around_visit(by: Actor, found: Task, *, shows_all: bool) -> dict[str, Any]:
    """The fields of TaskDetailAnswer that belong to visits; empty where a grant redacts."""
    if not shows_all:
        return {"preparation": None, "unchecked": [], "lone_visit": None, "same_home": []}
    prepared, missing = prepared_for(found)
    watch = watch_of(found)
    return {
        "preparation": _preparation(prepared) if prepared else None,
        "unchecked": missing,
        "lone_visit": _watch(watch) if watch else None,
        "same_home": [
            {"person": person(other.person), "task": other.visit and other.visit.public_id}
            for other in at_same_home(by, found)
        ],
    }


def _preparation(prepared: VisitPreparation) -> dict[str, Any]:
    return {
        "id": prepared.public_id,
        "prepared_at": prepared.prepared_at,
        "prepared_by": officer(prepared.prepared_by),
        "planned_at": prepared.planned_at,
        "purposes": [row.purpose for row in prepared.purposes.all()],
        "safety_level": prepared.safety_level,
        "safety_assessment": prepared.safety_assessment,
        "checks": [
            {
                "system": check.system,
                "done_at": check.done_at,
                "not_done_reason": check.not_done_reason,
            }
            for check in prepared.checks.all()
        ],
    }


def _watch(watch: LoneVisitWatch) -> dict[str, Any]:
    return {
        "officer": officer(watch.officer),
        "started_at": watch.started_at,
        "expected_end_at": watch.expected_end_at,
        "alarm_raised_at": watch.alarm_raised_at,
    }
