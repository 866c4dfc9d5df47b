"""Preparing a home visit: checks, safety, who goes. Part of the visit, nothing owed of its own."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts.actor import Actor
from accounts.policy import Action
from audit.models import Operation
from offenders.errors import Invalid
from workflows.actions.locking import (
    lock_person,
    officer,
    visible_task,
    visitor_of_staff_number,
)
from workflows.engine import transitions
from workflows.errors import TaskNotOpen
from workflows.models import (
    Kind,
    PreparationPurpose,
    PreparationStaff,
    SystemCheck,
    Task,
    VisitPreparation,
)

#: The step of a visit that is still to be made.
VISIT_STEP = "record_outcome"


def permitted_visit(by: Actor, task: UUID, action: Action) -> Task:
    """The open home visit `task`, its person locked, where `by` may do `action` on it.

    Raises NotVisible, NotPermitted, TaskNotOpen, TaskBusy.
    """
    lock_person(visible_task(by, task).offender_id)
    row = visible_task(by, task)
    Task.objects.require(by, action, row)
    if row.kind != Kind.HOME_VISIT or row.step != VISIT_STEP or not row.is_open:
        raise TaskNotOpen
    return row


@transaction.atomic
def prepare_visit(
    *, by: Actor, task: UUID, version: int | None = None, **values: Any
) -> VisitPreparation:
    """Write down the preparation of a visit. `values`: of the form PrepareVisit.

    Another one stands instead of it, and both are kept. Raises as `permitted_visit`, Stale;
    Invalid: `in_future` (a check), `done_or_why_not`, `twice`, `unknown_officer`.
    """
    row = permitted_visit(by, task, Action.VISIT_PREPARE)
    user, now = officer(by), timezone.now()
    _refuse_checks(values["checks"], now)
    numbers = sorted({number.strip() for number in values["going"]} - {""})
    named = (visitor_of_staff_number(user, number, field="going") for number in numbers)
    going = {found.pk: found for found in named}
    transitions.touch(row, version=version)
    preparation = VisitPreparation.objects.create(
        process=row.process,
        planned_at=values["planned_at"],
        safety_level=values["safety_level"],
        safety_assessment=values["safety_assessment"],
        partner=values["partner"],
        prepared_by=user,
        prepared_at=now,
    )
    PreparationPurpose.objects.bulk_create(
        PreparationPurpose(preparation=preparation, purpose=one) for one in values["purposes"]
    )
    PreparationStaff.objects.bulk_create(
        PreparationStaff(preparation=preparation, user=one) for one in going.values()
    )
    SystemCheck.objects.bulk_create(
        SystemCheck(preparation=preparation, **check) for check in values["checks"]
    )
    audit.record(
        by=by,
        action=Action.VISIT_PREPARE,
        operation=Operation.COLLECTION,
        offender_id=row.offender_id,
        subject=f"task:{row.public_id}",
        purpose=("task", str(row.public_id)),
        payload={"preparation": str(preparation.public_id), "safety": preparation.safety_level},
    )
    return preparation


def used_by(process_id: int, occurred_at: dt.datetime) -> VisitPreparation | None:
    """The preparation that stood when an attempt was made.

    Where none stood, one that was written down afterwards and says that it was planned for that
    very day: its checks still count by when they were made.
    """
    newest = VisitPreparation.objects.filter(process=process_id).order_by("-prepared_at", "-pk")
    if (stood := newest.filter(prepared_at__lte=occurred_at).first()) is not None:
        return stood
    day = timezone.localdate(occurred_at)
    planned = newest.filter(planned_at__isnull=False)
    return next((one for one in planned if timezone.localdate(one.planned_at) == day), None)


def carry_over(*, from_process: int, to_process: int, since: dt.datetime | None) -> None:
    """Leave what was prepared after an attempt with the visit that is still to be made."""
    if since is not None:
        later = VisitPreparation.objects.filter(process=from_process, prepared_at__gt=since)
        later.exclude(visits__process=from_process).update(process=to_process)


def _refuse_checks(checks: list[dict[str, Any]], now: dt.datetime) -> None:
    seen = set()
    for place, check in enumerate(checks):
        at = f"checks.{place}"
        done_at, reason = check["done_at"], check["not_done_reason"].strip()
        if check["system"] in seen:
            raise Invalid("twice", "Each system once.", field=f"{at}.system")
        seen.add(check["system"])
        if done_at is not None and done_at > now:
            raise Invalid("in_future", "It has not been looked at yet.", field=f"{at}.done_at")
        if (done_at is None) == (not reason):
            said = "Say when it was looked at, or why it was not."
            raise Invalid("done_or_why_not", said, field=f"{at}.done_at")
