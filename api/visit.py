"""What stands around a home visit in its task's answer: preparation, timer, others at the home."""

from typing import Any

from accounts.actor import Actor
from api.shapes.common import officer, person
from workflows.models import LoneVisitAuthority, LoneVisitWatch, Task, VisitPreparation
from workflows.queries.preparation import authority_of, prepared_for, watch_of
from workflows.queries.same_home import at_same_home


def around_visit(by: Actor, found: Task, *, shows_all: bool) -> dict[str, Any]:
    """The fields of TaskDetailAnswer that belong to visits; empty where a grant redacts."""
    if not shows_all:
        return {
            "preparation": None,
            "unchecked": [],
            "lone_authority": None,
            "lone_visit": None,
            "same_home": [],
        }
    prepared, missing = prepared_for(found)
    watch = watch_of(found)
    is_to_be_made = found.is_open and found.step == "record_outcome"
    return {
        "preparation": preparation(prepared) if prepared else None,
        "unchecked": missing,
        "lone_authority": authority(authority_of(found) if is_to_be_made else None),
        "lone_visit": _watch(watch) if watch else None,
        "same_home": [
            {"person": person(other.person), "task": other.visit and other.visit.public_id}
            for other in at_same_home(by, found)
        ],
    }


def preparation(prepared: VisitPreparation) -> dict[str, Any]:
    """`prepared`, with its rows, as a PreparationAnswer."""
    return {
        "id": prepared.public_id,
        "prepared_at": prepared.prepared_at,
        "prepared_by": officer(prepared.prepared_by),
        "planned_at": prepared.planned_at,
        "going": [officer(row.user) for row in prepared.staff.all()],
        "partner": prepared.partner,
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


def authority(given: LoneVisitAuthority | None) -> dict[str, Any] | None:
    """`given` as an AuthorityAnswer; null where nobody gave any."""
    if given is None:
        return None
    return {
        "officer": officer(given.officer),
        "risk_assessment": given.risk_assessment,
        "authorised_by": officer(given.authorised_by),
        "authorised_for": officer(given.authorised_for),
        "authorised_at": given.authorised_at,
    }


def _watch(watch: LoneVisitWatch) -> dict[str, Any]:
    return {
        "officer": officer(watch.officer),
        "started_at": watch.started_at,
        "expected_end_at": watch.expected_end_at,
        "alarm_raised_at": watch.alarm_raised_at,
    }
