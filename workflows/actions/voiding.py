"""Voiding a wrong visit: it is kept, with why, and counts no more (PRACTICE 12)."""

from uuid import UUID

from django.db import transaction

import audit.record as audit
from accounts.actor import Actor
from accounts.models import User
from accounts.policy import Action
from audit.models import Operation
from offenders import actions as people
from offenders.actions.counting import save_changed, stamp
from offenders.models import Offender
from workflows.actions.case_actions import withdraw_actions
from workflows.actions.detail_changes import withdraw_changed
from workflows.actions.indicators.following import take_back_what_followed
from workflows.actions.locking import lock_person, officer, require_reason, visible_person
from workflows.actions.write_up_rows import reference_of
from workflows.engine import transitions
from workflows.errors import NotVisible
from workflows.models import Visit, VisitDirection, WriteUpAction
from workflows.queries.voidable import refusals
from workflows.reconcile import reconcile


@transaction.atomic
def void_visit(
    *, by: Actor, offender: UUID, visit: UUID, reason: str, version: int | None = None
) -> Visit:
    """Void one's own wrong entry, or as a supervisor anyone's. What is owed is worked out again.

    The write-up or review that it opened is withdrawn with it. Nobody takes their own visit out of
    a supervisor's sight, nor their own failed attempt that gives cause (PRACTICE 11). What an
    extract stated is a supervisor's to void, and is not taken over again. Raises NotVisible,
    NotPermitted, ReasonRequired, Stale, TaskBusy; RuleBroken: `already_void`, `not_yours`,
    `under_review`.
    """
    person = lock_person(visible_person(by, offender).pk, version=version)
    Offender.objects.require(by, Action.VISIT_VOID, person)
    require_reason(by, Action.VISIT_VOID, reason, team_id=person.team_id)
    found = Visit.objects.filter(offender=person, public_id=visit).first()
    if found is None:
        raise NotVisible
    if refusal := refusals(by, [found]).get(found.pk):
        raise refusal
    user = officer(by)
    found.voided_by, found.void_reason = user, reason
    stamp(found, "voided_at", "voided_by", "void_reason")
    save_changed(person)
    _take_back(person, found, user)
    if found.process is not None:
        transitions.cancel_steps(found.process, visit=found)
    reconcile(person, because=Action.VISIT_VOID)
    take_back_what_followed(
        f"visit:{found.public_id}", by=by, person=person, reason=f"Visit voided: {reason}"
    )
    audit.record(
        by=by,
        action=Action.VISIT_VOID,
        operation=Operation.ALTERATION,
        offender_id=person.pk,
        subject=f"visit:{found.public_id}",
        reason=reason,
    )
    return found


def _take_back(person: Offender, visit: Visit, user: User) -> None:
    """What it said of devices and details, of the next visit and of what to do counts no more."""
    people.void_holding_lines(offender=person, reference=reference_of(visit))
    directed = VisitDirection.objects.filter(given_in=visit, withdrawn_at__isnull=True)
    directed.update(withdrawn_at=visit.voided_at)
    withdraw_changed(visit)
    rows = WriteUpAction.objects.filter(write_up__visit=visit).select_related("raised")
    raised = [row.raised for row in rows]
    withdraw_actions(raised, by=user, reason=f"Visit voided: {visit.void_reason}")
