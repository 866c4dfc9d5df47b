"""Actions about an officer whom a page names by staff number; the API names them by id."""

from collections.abc import Sequence
from uuid import UUID

from accounts.actor import Actor
from accounts.models import User
from offenders.errors import Invalid
from offenders.models import ConflictOfInterest
from risk.models import Indicator
from workflows.actions.handing_over import declare_conflict
from workflows.actions.indicators import restricting
from workflows.actions.locking import of_staff_number, officer
from workflows.actions.tasks import authorise_lone_visit, reassign_task
from workflows.models import LoneVisitAuthority, Task


def authorise_by_staff_number(
    *,
    by: Actor,
    task: UUID,
    staff_number: str,
    risk_assessment: str,
    version: int | None = None,
) -> LoneVisitAuthority:
    """As `authorise_lone_visit`. Raises Invalid `unknown_officer` as well."""
    return authorise_lone_visit(
        by=by,
        task=task,
        officer=_named(by, staff_number).public_id,
        risk_assessment=risk_assessment,
        version=version,
    )


def reassign_by_staff_number(
    *, by: Actor, task: UUID, staff_number: str, reason: str, version: int | None = None
) -> Task:
    """As `reassign_task`. Raises Invalid `unknown_officer` as well."""
    to = _named(by, staff_number).public_id
    return reassign_task(by=by, task=task, to=to, reason=reason, version=version)


def declare_by_staff_number(
    *, by: Actor, offender: UUID, staff_number: str, version: int | None = None
) -> ConflictOfInterest:
    """As `declare_conflict`. Raises Invalid `unknown_officer` as well."""
    user = _named(by, staff_number).public_id
    return declare_conflict(by=by, offender=offender, user=user, version=version)


def restrict_by_staff_number(
    *, by: Actor, indicator: UUID, users: Sequence[str], reason: str
) -> Indicator:
    """As `restrict_indicator`. Raises Invalid `unknown_officer` as well."""
    named = [_named(by, number, field="users").public_id for number in users]
    return restricting.restrict_indicator(by=by, indicator=indicator, users=named, reason=reason)


def keep_secret_by_staff_number(
    *, by: Actor, indicator: UUID, supervisor: str, reason: str
) -> Indicator:
    """As `keep_secret`. Raises Invalid `unknown_officer` as well."""
    tasked = _named(by, supervisor, field="supervisor").public_id
    return restricting.keep_secret(by=by, indicator=indicator, supervisor=tasked, reason=reason)


def name_by_staff_number(*, by: Actor, indicator: UUID, user: str, reason: str) -> Indicator:
    """As `name_user`. Raises Invalid `unknown_officer` as well."""
    named = _named(by, user, field="user").public_id
    return restricting.name_user(by=by, indicator=indicator, user=named, reason=reason)


def _named(by: Actor, staff_number: str, *, field: str = "staff_number") -> User:
    """The officer with that number, by the same rule as where they are named by id."""
    found = of_staff_number(officer(by), staff_number.strip(), field=field)
    if not found.is_active:
        raise Invalid("unknown_officer", "That officer's account is closed.", field=field)
    return found
