"""Voiding a wrong visit: it is kept, with why, and counts no more (PRACTICE 12)."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts.actor import Actor
from accounts.models import Role
from accounts.policy import Action
from audit.models import Operation
from offenders.errors import RuleBroken
from offenders.models import Offender
from workflows.actions.locking import lock_person, officer, require_reason, visible_person
from workflows.engine import transitions
from workflows.errors import NotVisible
from workflows.models import Visit
from workflows.reconcile import reconcile


@transaction.atomic
def void_visit(
    *, by: Actor, offender: UUID, visit: UUID, reason: str, version: int | None = None
) -> Visit:
    """Void one's own wrong entry, or as a supervisor anyone's. What is owed is worked out again.

    The write-up or review that an effective visit opened is withdrawn with it. Raises NotVisible,
    NotPermitted, ReasonRequired, Stale, TaskBusy; RuleBroken: `already_void`, `taken_over` (an
    extract stated it), `not_yours`.
    """
    person = lock_person(visible_person(by, offender).pk, version=version)
    Offender.objects.require(by, Action.VISIT_VOID, person)
    require_reason(by, Action.VISIT_VOID, reason, team_id=person.team_id)
    found = Visit.objects.filter(offender=person, public_id=visit).first()
    if found is None:
        raise NotVisible
    _refuse(by, found)
    found.voided_at, found.voided_by, found.void_reason = timezone.now(), officer(by), reason
    found.save(update_fields=["voided_at", "voided_by", "void_reason"])
    if found.outcome == Visit.Outcome.EFFECTIVE and found.process is not None:
        transitions.cancel_process(found.process)
    reconcile(person, because=Action.VISIT_VOID)
    audit.record(
        by=by,
        action=Action.VISIT_VOID,
        operation=Operation.ALTERATION,
        offender_id=person.pk,
        subject=f"visit:{found.public_id}",
        reason=reason,
    )
    return found


def _refuse(by: Actor, visit: Visit) -> None:
    if visit.voided_at is not None:
        raise RuleBroken("already_void", "This visit is void already.")
    if visit.origin == Visit.Origin.IMPORTED:
        raise RuleBroken("taken_over", "It comes from another record: correct it there.")
    if visit.recorded_by_id != by.user_id and by.role != Role.SUPERVISOR:
        raise RuleBroken("not_yours", "Only who recorded it or a supervisor voids a visit.")
