"""What was changed about a person, or about many at once, put on record."""

from collections.abc import Collection

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


def put_all_on_record(
    by: Actor,
    people: Collection[Offender],
    action: Action,
    *,
    subject: str,
    reason: str = "",
    **payload: object,
) -> None:
    """The one event of an alteration that is about many people, each of whom it names.

    `subject`: what was decided on, such as "reassignment:<uuid>". No `reason`: nobody typed one.
    """
    audit.record(
        by=by,
        action=action,
        operation=Operation.ALTERATION,
        subject=subject,
        reason=reason,
        row_count=len(people),
        payload=payload | {"people": [str(person.public_id) for person in people]},
    )
