"""What the record says of those who were turned away: the same words from pages and API."""

from uuid import UUID

import audit.record as audit
from accounts.actor import Actor
from accounts.errors import NotPermitted, ReasonRequired
from offenders.models import Offender
from risk.models import Indicator
from workflows.errors import NotVisible
from workflows.models import Task, Visit


def record_refusal(
    *,
    by: Actor,
    error: NotVisible | NotPermitted,
    action: str,
    noun: str = "",
    public_id: UUID | None = None,
    reason: str = "",
) -> None:
    """Record that `by` was refused `action`, or what `error` says more exactly.

    Call it after the refused transaction has rolled back. A question for a reason is not a refusal
    and has words of its own. Raises AuditUnavailable.
    """
    subject = f"{noun}:{public_id}" if public_id else ""
    refused = getattr(error, "action", "") or action
    about = _person(noun, public_id)
    if isinstance(error, ReasonRequired):
        audit.ask_why(by=by, action=refused, subject=subject, offender_id=about)
    else:
        audit.refuse(by=by, action=refused, subject=subject, offender_id=about, reason=reason)


def _person(noun: str, public_id: UUID | None) -> int | None:
    """Whom it would have been about, for the record alone: the answer says nothing of it."""
    if public_id is None:
        return None
    if noun == "task":
        tasks = Task.objects.filter(public_id=public_id)
        return tasks.values_list("offender_id", flat=True).first()
    if noun == "visit":
        visits = Visit.objects.filter(public_id=public_id)
        return visits.values_list("offender_id", flat=True).first()
    if noun == "indicator":
        indicators = Indicator.objects.filter(public_id=public_id)
        return indicators.values_list("offender_id", flat=True).first()
    if noun == "offender":
        people = Offender.objects.filter(public_id=public_id)
        return people.values_list("pk", flat=True).first()
    return None
