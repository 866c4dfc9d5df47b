"""Saying how much of a full-time caseload an officer can carry."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

from django.db import transaction

import audit.record as audit
from accounts import actions as accounts
from accounts import policy
from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Capacity
from accounts.models.capacity import WHOLE
from accounts.policy import Action
from audit.models import Operation
from offenders.errors import Invalid
from workflows.actions.locking import officer as officer_of
from workflows.queries.capacity import visible_officer


@transaction.atomic
def set_capacity(
    *,
    by: Actor,
    officer: UUID,
    from_on: dt.date,
    full_time: int,
    reason: str,
    reduction: int = 0,
    because: str = "",
) -> Capacity:
    """Set an officer's share of full time from a day on, in percent, less `reduction` percent.

    It moves nobody and no date: workloads are measured against it. Raises NotPermitted (also for
    one's own), ReasonRequired, NotVisible; Invalid where a reduction has no reason, or the other
    way round.
    """
    policy.require(by, Action.CAPACITY_SET, reason=reason)
    found = visible_officer(by, officer)
    if found.pk == by.user_id:
        raise NotPermitted("Nobody sets their own capacity. Ask an inspector.")
    if reduction and not because:
        raise Invalid("required", "Say why it is taken off.", field="because")
    if because and not reduction:
        raise Invalid("required", "Say how much is taken off.", field="reduction")
    made = accounts.set_capacity(
        by=officer_of(by),
        officer=found,
        from_on=from_on,
        fte=Decimal(full_time) / WHOLE,
        reduction=reduction,
        because=because,
    )
    audit.record(
        by=by,
        action=Action.CAPACITY_SET,
        operation=Operation.ALTERATION,
        subject=f"user:{found.public_id}",
        reason=reason,
        payload={
            "from_on": from_on.isoformat(),
            "full_time": full_time,
            "reduction": reduction,
            "because": because,
        },
    )
    return made
