"""A court order with its conditions, and the warning markers on a person."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

import audit.record as audit
from accounts.actor import Actor
from accounts.policy import Action
from audit.models import Operation
from offenders import actions as people
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender, Order, OrderDischarge, WarningMarker
from workflows.actions.locking import lock_person, officer, require_reason, visible_person
from workflows.actions.on_record import put_on_record
from workflows.queries.person import discharge_of, order_of
from workflows.reconcile import reconcile


@transaction.atomic
def record_order(
    *,
    by: Actor,
    offender: UUID,
    kind: Order.Kind,
    made_on: dt.date,
    ends_on: dt.date | None = None,
    conditions: Iterable[Mapping[str, Any]] = (),
    version: int | None = None,
) -> Order:
    """Write down an order with its conditions. One that holds moves the end of registration.

    `conditions`: of the form RecordOrder. Raises NotVisible, NotPermitted, Stale, TaskBusy; Invalid
    and RuleBroken as `offenders.record_order`, and of a row as `offenders.add_condition`.
    """
    person = _permitted(by, offender, Action.ORDER_RECORD, "", version)
    order = people.record_order(offender=person, kind=kind, made_on=made_on, ends_on=ends_on)
    user = officer(by)
    for place, row in enumerate(conditions):
        at = f"conditions.{place}."
        given = {**row, "starts_on": row["starts_on"] or made_on}
        try:
            people.add_condition(offender=person, order=order, recorded_by=user, **given)
        except Invalid as error:
            raise Invalid(error.code, error.message, field=f"{at}{error.field}") from error
        except RuleBroken as error:
            raise Invalid(error.code, error.message, field=f"{at}text") from error
    reconcile(person, because=Action.ORDER_RECORD)
    audit.record(
        by=by,
        action=Action.ORDER_RECORD,
        operation=Operation.COLLECTION,
        offender_id=person.pk,
        subject=f"order:{order.public_id}",
        payload={"kind": kind, "made_on": made_on.isoformat()},
    )
    return order


@transaction.atomic
def discharge_order(
    *,
    by: Actor,
    offender: UUID,
    order: UUID,
    discharged_on: dt.date,
    court: str,
    reason: str,
    version: int | None = None,
) -> OrderDischarge:
    """Write down that a court discharged an order. Its conditions bind no more from that day on.

    What it held, its end of registration among it, is worked out as of that day, however late it is
    entered. Raises NotVisible, NotPermitted, ReasonRequired, Stale, TaskBusy; and what `offenders`
    refuses.
    """
    person = _permitted(by, offender, Action.ORDER_DISCHARGE, reason, version)
    found = order_of(person, order)
    discharge = people.discharge_order(
        offender=person,
        order=found,
        discharged_on=discharged_on,
        court=court,
        reason=reason,
        recorded_by=officer(by),
    )
    reconcile(person, because=Action.ORDER_DISCHARGE)
    put_on_record(
        by,
        person,
        Action.ORDER_DISCHARGE,
        reason=reason,
        order=str(found.public_id),
        discharged_on=discharged_on.isoformat(),
    )
    return discharge


@transaction.atomic
def void_discharge(
    *, by: Actor, offender: UUID, discharge: UUID, reason: str, version: int | None = None
) -> OrderDischarge:
    """Void a discharge that was written down wrongly (PRACTICE 12). The order binds as before.

    Raises NotVisible, NotPermitted, ReasonRequired, Stale, TaskBusy; RuleBroken: `already_void`,
    `registration_ended`, since two people ended it by what was on record.
    """
    person = _permitted(by, offender, Action.ORDER_DISCHARGE_VOID, reason, version)
    found = discharge_of(person, discharge)
    if person.registration_ended_on is not None and found.voided_at is None:
        raise RuleBroken("registration_ended", "The registration has been ended.")
    people.void_discharge(offender=person, discharge=found, voided_by=officer(by), reason=reason)
    reconcile(person, because=Action.ORDER_DISCHARGE_VOID)
    put_on_record(
        by, person, Action.ORDER_DISCHARGE_VOID, reason=reason, discharge=str(found.public_id)
    )
    return found


@transaction.atomic
def add_marker(
    *,
    by: Actor,
    offender: UUID,
    code: WarningMarker.Code,
    reason: str,
    version: int | None = None,
) -> WarningMarker:
    """Set a warning marker, with how it is known. From now on it stands wherever the person does.

    Raises NotVisible, NotPermitted, Stale, TaskBusy; RuleBroken `marker_known`.
    """
    person = _permitted(by, offender, Action.MARKER_ADD, reason, version)
    marker = people.add_marker(offender=person, code=code)
    put_on_record(by, person, Action.MARKER_ADD, reason=reason, code=code)
    return marker


@transaction.atomic
def withdraw_marker(
    *,
    by: Actor,
    offender: UUID,
    code: WarningMarker.Code,
    reason: str,
    version: int | None = None,
) -> WarningMarker:
    """Withdraw a warning marker from today on: a supervisor's or an inspector's, with why.

    Raises NotVisible, NotPermitted, ReasonRequired, Stale, TaskBusy; RuleBroken `no_such_marker`.
    """
    person = _permitted(by, offender, Action.MARKER_WITHDRAW, reason, version)
    marker = people.withdraw_marker(offender=person, code=code)
    put_on_record(by, person, Action.MARKER_WITHDRAW, reason=reason, code=code)
    return marker


def _permitted(
    by: Actor, offender: UUID, action: Action, reason: str, version: int | None
) -> Offender:
    person = lock_person(visible_person(by, offender).pk, version=version)
    Offender.objects.require(by, action, person)
    require_reason(by, action, reason, team_id=person.team_id)
    return person
