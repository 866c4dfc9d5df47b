"""Visits: before, at the door, after, and going alone."""

import datetime as dt

from django.utils import timezone

from accounts.models import Role
from accounts.policy import Action
from tests import make
from tests.api.routes.route import (
    VIEW_PERSON,
    Route,
    about_person,
    about_step,
    about_task,
    records_of,
)
from tests.api.scenes.scene import (
    WHY,
    day,
)
from tests.api.scenes.tasks import a_task, after
from tests.api.scenes.visits import (
    a_visit,
    a_visit_of_concern,
    a_visited_person,
    an_officer_out_alone,
    visit_of,
)

VISITS: dict[str, Route] = {
    "authorise-lone-visit": about_task(
        "authorise-lone-visit",
        Action.LONE_VISIT_AUTHORISE,
        a_task("record_outcome"),
        lambda scene: {"officer": str(scene.manager.public_id), "risk_assessment": WHY},
    ),
    "complete-record-outcome": about_step(
        "record-outcome", Action.VISIT_RECORD, a_task("record_outcome"), make.outcome
    ),
    "complete-write-up": about_step(
        "write-up",
        Action.VISIT_WRITE_UP,
        after("record_outcome", make.outcome, "write_up"),
        lambda: make.write_up(entry_reason=WHY),  # none of the callers was there
    ),
    "complete-review": about_step(
        "review",
        Action.VISIT_REVIEW,
        a_visit_of_concern,
        lambda: {"decision": "accepted", "comment": WHY},
    ),
    "void-visit": Route(
        "POST",
        "offenders/{}/void-visit",
        Action.VISIT_VOID,
        a_visited_person,
        lambda scene: {"visit": visit_of(scene), "reason": WHY},
        seen_by=Action.OFFENDER_VIEW,
        rule_refuses=frozenset({Role.OFFENDER_MANAGER}),
    ),
    "bring-visit-forward": about_person(
        "bring-visit-forward",
        Action.VISIT_BRING_FORWARD,
        lambda scene: {"visit_by": day(2), "reason": WHY},
    ),
    "due-visits": Route("GET", "due-visits", Action.DUE_VISITS_READ),
    "offender-visits": records_of("visits"),
    "visit": Route(
        "GET", "visits/{}", VIEW_PERSON, a_visit, seen_by=VIEW_PERSON, is_beyond_card=True
    ),
    "prepare-visit": about_task(
        "prepare",
        Action.VISIT_PREPARE,
        a_task("record_outcome"),
        lambda scene: {
            "purposes": ["risk_factors"],
            "safety_level": "usual",
            "safety_assessment": WHY,
        },
    ),
    "start-lone-visit": about_task(
        "start-lone-visit",
        Action.LONE_VISIT_START,
        a_task("record_outcome"),
        lambda scene: {
            "expected_end_at": (timezone.now() + dt.timedelta(hours=1)).isoformat(),
        },
    ),
    "end-lone-visit": about_task(
        "safe",
        Action.LONE_VISIT_END,
        an_officer_out_alone,
        lambda scene: {"note": WHY},
    ),
}
