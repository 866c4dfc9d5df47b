"""Authority to go alone, given on a page: the officer is named by staff number."""

from uuid import UUID

from accounts.actor import Actor
from workflows.actions.locking import of_staff_number, officer
from workflows.actions.tasks import authorise_lone_visit
from workflows.models import LoneVisitAuthority


def authorise_by_staff_number(
    *,
    by: Actor,
    task: UUID,
    staff_number: str,
    risk_assessment: str,
    version: int | None = None,
) -> LoneVisitAuthority:
    """As `authorise_lone_visit`. Raises Invalid `unknown_officer` as well."""
    goes = of_staff_number(officer(by), staff_number.strip(), field="staff_number")
    return authorise_lone_visit(
        by=by,
        task=task,
        officer=goes.public_id,
        risk_assessment=risk_assessment,
        version=version,
    )
