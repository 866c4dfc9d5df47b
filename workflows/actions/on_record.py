"""What was changed about a person, put on record."""

import audit.record as audit
from accounts.actor import Actor
from accounts.policy import Action
from audit.models import Operation
from offenders.models import Offender


def put_on_record(
    by: Actor, person: Offender, action: Action, *, reason: str, **payload: str
) -> None:
    """The one event of an alteration. `payload`: what it was changed to."""
    audit.record(
        by=by,
        action=action,
        operation=Operation.ALTERATION,
        offender_id=person.pk,
        reason=reason,
        payload=payload,
    )
