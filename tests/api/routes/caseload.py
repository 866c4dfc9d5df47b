"""Who has whom: teams, counts, reassignments and capacity."""

from accounts.policy import Action
from tests.api.routes.route import Route
from tests.api.scenes.caseload import a_reassignment
from tests.api.scenes.scene import (
    WHY,
    a_person,
    a_team,
    an_officer,
    day,
)
from tests.api.scenes.visits import a_visit

CASELOAD: dict[str, Route] = {
    "preview-reassignment": Route(
        "POST",
        "reassignments:preview",
        Action.CASELOAD_REASSIGN,
        a_person,
        lambda scene: {"offenders": ["THE PERSON"], "to": str(scene.second.public_id)},
        Action.CASELOAD_VIEW,
    ),
    "reassignments": Route(
        "POST",
        "reassignments",
        Action.CASELOAD_REASSIGN,
        a_person,
        lambda scene: {
            "offenders": ["THE PERSON"],
            "to": str(scene.second.public_id),
            "reason": WHY,
        },
        Action.CASELOAD_VIEW,
        201,
    ),
    "reassignment": Route(
        "GET",
        "reassignments/{}",
        Action.CASELOAD_VIEW,
        a_reassignment,
        seen_by=Action.CASELOAD_VIEW,
    ),
    "undo-reassignment": Route(
        "POST",
        "reassignments/{}/undo",
        Action.CASELOAD_REASSIGN,
        a_reassignment,
        seen_by=Action.CASELOAD_VIEW,
    ),
    "recent-reassignments": Route(
        "GET", "reassignments:recent", Action.CASELOAD_REASSIGN, a_reassignment
    ),
    "suggest-split": Route(
        "POST",
        "reassignments:suggest",
        Action.CASELOAD_REASSIGN,
        a_person,
        lambda scene: {"team": str(scene.team.public_id), "offenders": ["THE PERSON"]},
        Action.CASELOAD_VIEW,
    ),
    "caseload-counts": Route("GET", "caseload-counts", Action.CASELOAD_VIEW),
    "team-caseload": Route(
        "GET",
        "teams/{}/caseload",
        Action.CASELOAD_REASSIGN,
        a_team,
        a_visit,
        seen_by=Action.CASELOAD_REASSIGN,
    ),
    "teams": Route("GET", "teams", Action.CASELOAD_REASSIGN),
    "team-officers": Route(
        "GET",
        "teams/{}/officers",
        Action.CASELOAD_REASSIGN,
        a_team,
        seen_by=Action.CASELOAD_REASSIGN,
    ),
    "capacities": Route(
        "GET",
        "officers/{}/capacities",
        Action.CAPACITY_SET,
        an_officer,
        seen_by=Action.CAPACITY_SET,
    ),
    # An officer beyond one's reach is not there.
    "set-capacity": Route(
        "POST",
        "officers/{}/capacity",
        Action.CAPACITY_SET,
        an_officer,
        lambda scene: {"from_on": day(0), "full_time": 60, "reason": WHY},
        seen_by=Action.CAPACITY_SET,
        ok=201,
    ),
}
