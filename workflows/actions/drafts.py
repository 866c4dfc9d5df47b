"""Keeping an assessment that is not finished, to come back to it."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts.actor import Actor
from accounts.models import User
from accounts.policy import Action
from audit.models import Operation
from offenders.errors import RuleBroken
from workflows.actions.locking import lock_person, visible_task
from workflows.actions.locking import officer as signed_in
from workflows.engine import transitions
from workflows.errors import TaskNotOpen
from workflows.models import AssessmentDraft, Task
from workflows.queries.drafts import DRAFTED
from workflows.steps import FORMS

#: Characters of one draft, as JSON. Forty factors of four thousand are less.
MOST_KEPT = 250_000


@transaction.atomic
def save_draft(
    *, by: Actor, task: UUID, values: Mapping[str, Any], version: int | None = None
) -> Task:
    """Keep what is written so far of a step, in place of what was kept before.

    No fact and no clock changes. Raises NotVisible, NotPermitted, Stale, TaskNotOpen, TaskBusy;
    RuleBroken `draft_too_long`.
    """
    lock_person(visible_task(by, task).offender_id)
    row = visible_task(by, task)
    Task.objects.require(by, Action.ASSESSMENT_DRAFT, row)
    if row.step not in DRAFTED:
        raise TaskNotOpen
    kept = _plain(
        {str(name): values[str(name)] for name in FORMS[row.step]().fields if name in values}
    )
    if len(json.dumps(kept)) > MOST_KEPT:
        raise RuleBroken("draft_too_long", "That is more than a draft can hold.")
    transitions.touch(row, version=version)
    keep(row, kept, author=signed_in(by))
    audit.record(
        by=by,
        action=Action.ASSESSMENT_DRAFT,
        operation=Operation.COLLECTION,
        offender_id=row.offender_id,
        subject=f"task:{row.public_id}",
        purpose=("task", str(row.public_id)),
    )
    return row


def keep(
    task: Task, values: Mapping[str, Any], *, author: User, submitted: bool = False
) -> AssessmentDraft:
    """Put the draft of a task in place of the one before. Called inside an action."""
    now = timezone.now()
    begun = AssessmentDraft.objects.filter(task__process=task.process_id).order_by("pk").first()
    draft, _ = AssessmentDraft.objects.update_or_create(
        task=task,
        defaults={
            "values": _plain(values),
            "author": author,
            "saved_at": now,
            "submitted_at": now if submitted else None,
        },
        create_defaults={
            "values": _plain(values),
            "author": author,
            "started_at": begun.started_at if begun else now,
            "saved_at": now,
            "submitted_at": now if submitted else None,
        },
    )
    return draft


def _plain(values: Mapping[str, Any]) -> Any:
    """Values as JSON has them: days as text, and no NUL, which PostgreSQL cannot keep."""
    return _without_nul(json.loads(json.dumps(values, cls=DjangoJSONEncoder)))


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [_without_nul(one) for one in value]
    if isinstance(value, dict):
        return {name: _without_nul(one) for name, one in value.items()}
    return value
