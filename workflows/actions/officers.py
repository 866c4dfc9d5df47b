"""Officers who may not go on: their account closes, or their vetting lapses (PRACTICE 15)."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts.actions import deactivate
from accounts.actor import Actor
from accounts.models import User
from accounts.policy import Action
from audit.models import Operation
from workflows.actions.handing_over import hand_over
from workflows.models import Task


@transaction.atomic
def close_account(*, by: Actor, officer: User) -> int:
    """Close an account and give its open work to the team's supervisor, in one transaction.

    Returns how many people it was about. Raises NotPermitted, TaskBusy.
    """
    deactivate(by=by, officer=officer)
    moved = hand_over(by=by, user=officer)
    audit.record(
        by=by,
        action=Action.ACCOUNT_MANAGE,
        operation=Operation.CONFIGURATION,
        subject=f"user:{officer.public_id}",
        payload={"closed": True, "people": moved},
    )
    return moved


def hand_over_lapsed(*, today: dt.date | None = None) -> int:
    """Give the open work of officers whose vetting has lapsed to their teams' supervisors.

    Returns how many people it was about. Safe to run twice: who has no open work left is passed
    over. Accounts that an extract named and nobody opened keep the people it gave them.
    """
    day = today or timezone.localdate()
    holding = Task.objects.open().filter(owner__is_active=True, owner__vetting_expires_on__lt=day)
    lapsed = User.objects.filter(pk__in=holding.values("owner")).order_by("pk")
    by = Actor.system("hand-over-lapsed")
    return sum(hand_over(by=by, user=officer) for officer in lapsed)
