"""Saying that one would order the work otherwise. It is read, and it moves nothing."""

from uuid import UUID

from django.db import transaction

import audit.record as audit
from accounts.actor import Actor
from accounts.policy import Action
from audit.models import Operation
from offenders.errors import Stale
from workflows.actions.locking import lock_person, officer, require_reason, visible_task
from workflows.errors import TaskNotOpen
from workflows.models import PriorityDisagreement, Task


@transaction.atomic
def disagree(
    *, by: Actor, task: UUID, reason: str, would_do_first: str, version: int | None = None
) -> PriorityDisagreement:
    """Keep that an officer disagrees with the place of an open task, and what they would do first.

    Its place, its due date and every count stay. Raises NotVisible, NotPermitted, ReasonRequired,
    TaskNotOpen, Stale.
    """
    lock_person(visible_task(by, task).offender_id)
    row = visible_task(by, task)
    Task.objects.require(by, Action.PRIORITY_DISAGREE, row)
    require_reason(by, Action.PRIORITY_DISAGREE, reason, team_id=row.team_id)
    if not row.is_open:
        raise TaskNotOpen
    # Nothing of the task changes, so neither does its version.
    if version is not None and version != row.version:
        raise Stale
    said = PriorityDisagreement.objects.create(
        task=row,
        offender_id=row.offender_id,
        reason=reason,
        would_do_first=would_do_first,
        disagreed_by=officer(by),
    )
    audit.record(
        by=by,
        action=Action.PRIORITY_DISAGREE,
        operation=Operation.COLLECTION,
        offender_id=row.offender_id,
        subject=f"task:{row.public_id}",
        purpose=("task", str(row.public_id)),
        reason=reason,
        payload={"would_do_first": would_do_first},
    )
    return said
