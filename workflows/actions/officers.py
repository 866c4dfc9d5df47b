"""Officers who may not go on: their account closes, or their vetting lapses (PRACTICE 15)."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

import audit.record as audit
from accounts.actions import deactivate
from accounts.actor import Actor
from accounts.models import Absence, Delegation, User
from accounts.policy import Action, require
from accounts.standing import may_not_go_on
from audit.models import Operation
from offenders.models import Offender
from workflows.actions.handing_over import hand_over
from workflows.errors import TaskBusy
from workflows.models import Task


@dataclass(slots=True)
class HandedOver:
    """What a run did: people whose work moved, and officers left for the next run."""

    people: int = 0
    busy: int = 0


@transaction.atomic
def close_account(*, by: Actor, officer: User) -> int:
    """Close an account and give its open work to the team's supervisor, in one transaction.

    Returns how many people it was about. Raises NotPermitted, TaskBusy.
    """
    require(by, Action.ACCOUNT_MANAGE)
    moved = hand_over(by=by, user=officer)  # which locks the account first
    deactivate(by=by, officer=officer)
    audit.record(
        by=by,
        action=Action.ACCOUNT_MANAGE,
        operation=Operation.CONFIGURATION,
        subject=f"user:{officer.public_id}",
        payload={
            "before": {"is_active": True},
            "after": {"is_active": False},
            "people": moved,
        },
    )
    return moved


def hand_over_lapsed(*, today: dt.date | None = None) -> HandedOver:
    """Give the open work of officers who may not go on to their teams' supervisors.

    Those whose vetting has lapsed or was never given, and those with a closed account to whom work
    came all the same: an extract may still name them. Safe to run twice: who has no work left is
    passed over, and an officer on whose people somebody works this moment is left for the next
    run. Accounts that an extract named and nobody opened keep the people it gave them.
    """
    by, done = Actor.system("hand-over-lapsed"), HandedOver()
    for officer in _still_at_work(today or timezone.localdate()):
        try:
            done.people += hand_over(by=by, user=officer)
        except TaskBusy:
            done.busy += 1
    return done


def _still_at_work(day: dt.date) -> list[User]:
    """Officers who may not go on and have people, open tasks, cover or delegations."""
    has_people = Exists(Offender.objects.filter(offender_manager=OuterRef("pk")))
    has_tasks = Exists(Task.objects.open().filter(owner=OuterRef("pk")))
    covers = Exists(Absence.objects.ending_after(day).covered().filter(cover=OuterRef("pk")))
    either = Q(delegator=OuterRef("pk")) | Q(delegate=OuterRef("pk"))
    delegations = Exists(Delegation.objects.ending_after(timezone.now()).filter(either))
    left = has_people | has_tasks | covers | delegations
    return list(User.objects.filter(may_not_go_on(day)).filter(left).order_by("pk"))
