"""Absences and delegations."""

from accounts.models import Role
from accounts.policy import Action
from tests import make
from tests.api.routes.route import Route
from tests.api.scenes.scene import day, spoken
from tests.api.scenes.standing_in import a_delegation, an_absence, decisions_to

STANDING_IN: dict[str, Route] = {
    "absences": Route("GET", "absences", Action.ABSENCE_VIEW, an_absence),
    # Each caller says that they are away themselves.
    "record-absence": Route(
        "POST",
        "absences:record",
        Action.ABSENCE_RECORD,
        body=lambda scene: {"kind": "course", "from_on": day(1), "until_on": day(3)},
        ok=201,
    ),
    # An officer calls off their own; here it is the manager's.
    "cancel-absence": Route(
        "POST",
        "absences/{}/cancel",
        Action.ABSENCE_CANCEL,
        an_absence,
        seen_by=Action.ABSENCE_VIEW,
        rule_refuses=frozenset({Role.OFFENDER_MANAGER}),
    ),
    "delegations": Route("GET", "delegations", Action.DELEGATION_VIEW, a_delegation),
    # Each caller gives their own decisions to a supervisor of the force.
    "grant-delegation": Route(
        "POST",
        "delegations:grant",
        Action.DELEGATION_GRANT,
        body=lambda scene: spoken(
            decisions_to(make.officer(Role.SUPERVISOR, team=scene.team)),
        ),
        ok=201,
    ),
    "revoke-delegation": Route(
        "POST",
        "delegations/{}/revoke",
        Action.DELEGATION_REVOKE,
        a_delegation,
        seen_by=Action.DELEGATION_VIEW,
    ),
}
