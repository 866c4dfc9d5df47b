"""The force that an extract or an officer belongs to."""

from django.db import transaction

import audit.record as audit
from accounts.actions import create_force
from accounts.actor import Actor
from accounts.models import Force
from accounts.policy import Action
from audit.models import Operation


@transaction.atomic
def force_of_code(*, by: Actor, code: str) -> Force:
    """The force with that code; made where there is none, and named after it.

    Raises NotPermitted where it has to be made and `by` may not manage accounts.
    """
    known = Force.objects.filter(code=code).first()
    if known is not None:
        return known
    force = create_force(by=by, code=code, name=code)
    audit.record(
        by=by,
        action=Action.ACCOUNT_MANAGE,
        operation=Operation.CONFIGURATION,
        subject=f"force:{code}",
    )
    return force
