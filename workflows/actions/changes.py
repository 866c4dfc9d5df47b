"""Significant changes in a person's life: each asks for a reassessment before its time."""

import datetime as dt
from uuid import UUID

from django.db import transaction

import audit.record as audit
from accounts.actor import Actor
from accounts.policy import Action
from audit.models import Operation
from offenders.actions.counting import refuse_future, save_changed
from offenders.errors import Invalid
from offenders.models import Offender
from risk import actions as risk
from risk.models import SignificantChange
from workflows.actions.locking import lock_person, officer, require_reason, visible_person
from workflows.actions.reactive import end_relief
from workflows.reconcile import reconcile


@transaction.atomic
def record_change(
    *,
    by: Actor,
    offender: UUID,
    what: SignificantChange.What,
    occurred_on: dt.date,
    text: str,
    known_on: dt.date | None = None,
    version: int | None = None,
) -> SignificantChange:
    """Record a change. A reassessment is due soon after it was known (rule `arms.review.change`).

    Also of somebody who is missing (PRACTICE 13), detained or abroad. Raises NotVisible,
    NotPermitted, Stale, TaskBusy; Invalid: `in_future`, `known_before_it_happened`.
    """
    person = lock_person(visible_person(by, offender).pk, version=version)
    Offender.objects.require(by, Action.CHANGE_RECORD, person)
    require_reason(by, Action.CHANGE_RECORD, text, team_id=person.team_id)
    refuse_future(occurred_on, field="occurred_on")
    known = known_on or occurred_on
    refuse_future(known, field="known_on")
    if known < occurred_on:
        said = "Nobody knew of it before it happened."
        raise Invalid("known_before_it_happened", said, field="known_on")
    change = risk.record_change(
        offender=person,
        what=what,
        occurred_on=occurred_on,
        known_on=known,
        text=text,
        recorded_by=officer(by),
    )
    save_changed(person)
    # Whoever is managed reactively stays so until the reassessment that it asks for (PRACTICE 16).
    end_relief(person, user=officer(by), because="significant change", is_trigger=False)
    reconcile(person, because=Action.CHANGE_RECORD)
    audit.record(
        by=by,
        action=Action.CHANGE_RECORD,
        operation=Operation.COLLECTION,
        offender_id=person.pk,
        subject=f"significant_change:{change.public_id}",
        payload={
            "what": what,
            "occurred_on": occurred_on.isoformat(),
            "known_on": known.isoformat(),
            "text": text,
        },
    )
    return change
