"""Release planning (PRACTICE 5)."""

from typing import Any

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import User
from offenders.errors import Invalid
from offenders.models import Offender
from workflows.actions.stepping import Written
from workflows.models import Kind, ReleaseCheck, Task


def plan_release(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Record when release is expected and what must be ready.

    Raises Invalid `in_past` for a release expected before today.
    """
    today = timezone.localdate()
    expected = values["release_expected_on"]
    if expected is not None and expected < today:
        raise Invalid("in_past", "That day is past.", field="release_expected_on")
    ReleaseCheck.objects.create(
        offender=person,
        checked_on=today,
        release_expected_on=expected,
        plan=values["plan"],
        checked_by=user,
    )
    return Written(fulfilled=((Kind.RELEASE_PLANNING, ""),))
