"""What officers decide about a person: where they are, their level, how they are managed."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts.actor import Actor
from accounts.policy import Action
from audit.models import Operation
from offenders import actions as people
from offenders.actions.counting import save_changed
from offenders.errors import RuleBroken
from offenders.models import (
    Address,
    ContactNote,
    ManagementLevel,
    ManagementMode,
    Offender,
    Status,
)
from workflows.actions.deciding import refuse_own_work
from workflows.actions.directing import refuse_direction
from workflows.actions.handing_over import declare_conflict
from workflows.actions.locking import lock_person, officer, require_reason, visible_person
from workflows.actions.missing import close_as_located, open_report_of
from workflows.actions.on_record import put_on_record
from workflows.actions.reactive import end_relief, end_relief_away
from workflows.models import VisitDirection
from workflows.obligations.visits import RANK
from workflows.reconcile import reconcile

__all__ = [
    "add_contact_note",
    "bring_visit_forward",
    "change_level",
    "change_mode",
    "change_status",
    "declare_conflict",
    "reveal_address",
]


@transaction.atomic
def change_status(
    *,
    by: Actor,
    offender: UUID,
    status: Status,
    on: dt.date,
    release_expected_on: dt.date | None = None,
    reason: str = "",
    version: int | None = None,
) -> Offender:
    """Record where a person is from `on`. What is owed follows in the same transaction.

    Nobody goes missing this way: a report opens the enquiries, and another confirms it (PRACTICE
    13). Whoever was reported missing is located by it. Raises NotVisible, NotPermitted, Stale,
    TaskBusy; RuleBroken `report_first`; and what `offenders` refuses.
    """
    person = _permitted(by, offender, Action.STATUS_CHANGE, reason=reason, version=version)
    if status == Status.MISSING:
        raise RuleBroken("report_first", "Report the person missing: a supervisor confirms it.")
    people.change_status(
        offender=person, status=status, on=on, release_expected_on=release_expected_on
    )
    report = open_report_of(person)
    if report is not None:
        how = reason or "Recorded as a change of status"
        close_as_located(report, by=officer(by), on=on, found_in=status, how=how)
    end_relief_away(person, user=officer(by), status=status)
    reconcile(person, because=Action.STATUS_CHANGE)
    put_on_record(by, person, Action.STATUS_CHANGE, reason=reason, status=status, on=on.isoformat())
    return person


@transaction.atomic
def change_level(
    *,
    by: Actor,
    offender: UUID,
    level: ManagementLevel,
    reason: str,
    decided_on: dt.date,
    version: int | None = None,
) -> Offender:
    """Raise the management level outside an assessment. Due dates follow at once.

    It is lowered by an assessment that another officer endorses. Raises NotVisible, NotPermitted,
    ReasonRequired, Stale, TaskBusy; RuleBroken `endorsement_needed`, `own_work`; and what
    `offenders` refuses.
    """
    person = _permitted(by, offender, Action.LEVEL_CHANGE, reason=reason, version=version)
    refuse_own_work(by, [person.offender_manager_id])
    before = person.management_level
    if RANK[level] < RANK[before]:
        raise RuleBroken(
            "endorsement_needed", "A lower level needs an assessment that another officer endorses."
        )
    people.change_level(
        offender=person, level=level, decided_on=decided_on, decided_by=officer(by), reason=reason
    )
    end_relief(person, user=officer(by), because="management level raised")
    reconcile(person, because=Action.LEVEL_CHANGE)
    put_on_record(by, person, Action.LEVEL_CHANGE, reason=reason, before=before, level=level)
    return person


@transaction.atomic
def change_mode(
    *,
    by: Actor,
    offender: UUID,
    mode: ManagementMode,
    reason: str,
    decided_on: dt.date,
    version: int | None = None,
) -> Offender:
    """Decide to manage a person actively again: an inspector's decision (PRACTICE 16).

    Reactive management takes three people (`workflows.actions.reactive`). Raises NotVisible,
    NotPermitted, ReasonRequired, Stale, TaskBusy; RuleBroken `proposal_needed`, `own_work`; and
    what `offenders` refuses.
    """
    person = _permitted(by, offender, Action.MODE_CHANGE, reason=reason, version=version)
    refuse_own_work(by, [person.offender_manager_id])
    if mode == ManagementMode.REACTIVE:
        raise RuleBroken(
            "proposal_needed", "Reactive management is proposed, recommended and authorised."
        )
    people.change_mode(
        offender=person, mode=mode, decided_on=decided_on, decided_by=officer(by), reason=reason
    )
    reconcile(person, because=Action.MODE_CHANGE)
    put_on_record(by, person, Action.MODE_CHANGE, reason=reason, mode=mode)
    return person


@transaction.atomic
def bring_visit_forward(
    *, by: Actor, offender: UUID, visit_by: dt.date, reason: str, version: int | None = None
) -> VisitDirection:
    """Direct that the next home visit be made by an earlier day (PRACTICE 4).

    Raises NotVisible, NotPermitted, ReasonRequired, Stale, TaskBusy; Invalid: `in_past`,
    `not_earlier`; RuleBroken: `no_visit_owed`, `visited_today`.
    """
    person = _permitted(by, offender, Action.VISIT_BRING_FORWARD, reason=reason, version=version)
    refuse_direction(person, visit_by)
    today = timezone.localdate()
    direction = VisitDirection.objects.create(
        offender=person, visit_by=visit_by, reason=reason, given_on=today, given_by=officer(by)
    )
    save_changed(person)
    reconcile(person, because=Action.VISIT_BRING_FORWARD)
    put_on_record(
        by, person, Action.VISIT_BRING_FORWARD, reason=reason, visit_by=visit_by.isoformat()
    )
    return direction


@transaction.atomic
def add_contact_note(
    *,
    by: Actor,
    offender: UUID,
    kind: ContactNote.Kind,
    occurred_at: dt.datetime,
    text: str,
) -> ContactNote:
    """Note a contact that is no visit: nothing becomes due or done by it (PRACTICE 9).

    Raises NotVisible, NotPermitted, TaskBusy; Invalid `in_future`.
    """
    person = _permitted(by, offender, Action.CONTACT_NOTE_ADD)
    note = people.add_contact_note(
        offender=person, kind=kind, occurred_at=occurred_at, text=text, recorded_by=officer(by)
    )
    audit.record(
        by=by,
        action=Action.CONTACT_NOTE_ADD,
        operation=Operation.COLLECTION,
        offender_id=person.pk,
        occurred_at=occurred_at,
        payload={"note": str(note.public_id), "kind": kind},
    )
    return note


def reveal_address(*, by: Actor, offender: UUID, reason: str = "") -> list[Address]:
    """A person's present addresses, home first. The look is on record before they are returned.

    Raises NotVisible, NotPermitted, ReasonRequired, AuditUnavailable.
    """
    person = visible_person(by, offender)
    Offender.objects.require(by, Action.ADDRESS_REVEAL, person)
    require_reason(by, Action.ADDRESS_REVEAL, reason, team_id=person.team_id)
    audit.consult(by=by, action=Action.ADDRESS_REVEAL, offender_id=person.pk, reason=reason)
    present = person.addresses.filter(until_on__isnull=True)
    return sorted(present, key=lambda address: (address.kind not in Address.HOME, address.pk))


def _permitted(
    by: Actor, offender: UUID, action: Action, *, reason: str = "", version: int | None = None
) -> Offender:
    """The person, locked, where `by` may do `action` and typed a reason where one is needed."""
    person = lock_person(visible_person(by, offender).pk, version=version)
    Offender.objects.require(by, action, person)
    require_reason(by, action, reason, team_id=person.team_id)
    return person
