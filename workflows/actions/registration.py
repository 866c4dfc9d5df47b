"""The end of registration: proposed by one officer, endorsed by another (PRACTICE 1)."""

from typing import Any

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import User
from offenders import actions as people
from offenders.errors import RuleBroken
from offenders.models import Offender
from workflows.actions.stepping import Written
from workflows.facts import registration_of
from workflows.models import Task


def propose_end(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Propose to end registration, with what was checked."""
    task.process.data = {**task.process.data, "proposed_by": user.pk}
    task.process.save(update_fields=["data"])
    return Written(reason=values["reason"])


def endorse_end(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """End registration, or return it. Nothing is owed to the person from then on.

    Raises RuleBroken: `own_proposal`, `registration_not_over`.
    """
    proposer = User.objects.get(pk=task.process.data["proposed_by"])
    if proposer == user:
        raise RuleBroken("own_proposal", "Someone other than the proposer must decide.")
    if values["decision"] == "return":
        return Written(reason=values["comment"], payload={"decision": "return"})
    if not registration_of(person, today=timezone.localdate()).has_ended:
        raise RuleBroken(
            "registration_not_over", "A notification period or an order still holds the person."
        )
    people.end_registration(
        offender=person,
        ended_on=timezone.localdate(),
        proposed_by=proposer,
        endorsed_by=user,
    )
    return Written(reason=values["comment"], payload={"decision": "endorse"})
