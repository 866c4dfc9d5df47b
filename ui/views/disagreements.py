"""Saying that a task stands in the wrong place, and reading what officers said."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.actor import Actor
from accounts.policy import Action
from audit.record import consult
from ui.views.page import READ, page, person_line, show, trail
from ui.views.task_form import TaskForm
from workflows.actions.disagreeing import disagree as say_so
from workflows.models import PriorityDisagreement
from workflows.queries.cursor import Cursor
from workflows.queries.disagreements import disagreements_page
from workflows.queries.task_rows import title
from workflows.steps.tasks import DisagreeWithPriority

#: Rows of a page.
ROWS = 50
DISAGREE = TaskForm(
    route="disagree",
    shape=DisagreeWithPriority,
    action=Action.PRIORITY_DISAGREE,
    act=say_so,
    title="It stands in the wrong place",
    hint="The order of the list is advice. Your supervisor reads this; the place of the task, its "
    "due date and every count stay.",
    submit="Save",
    said="Saved. The place of the task stays.",
    decides=False,
    icon="people",
)


@page(DISAGREE.action, "GET", "HEAD", "POST")
def disagree(request: HttpRequest, by: Actor, task: UUID) -> HttpResponse:
    """Saying that a task stands in the wrong place."""
    return DISAGREE.answer(request, by, task)


@page(Action.DISAGREEMENT_VIEW, *READ)
def disagreements(request: HttpRequest, by: Actor) -> HttpResponse:
    """What officers said, the newest first."""
    here = reverse("ui:disagreements")
    cursor = Cursor(here, {})
    keys = cursor.read_or_begin(request.GET.get("after", ""))
    found = disagreements_page(actor=by, after=keys[0] if keys else None, limit=ROWS)
    ids = [str(one.public_id) for one in found.rows]
    consult(by=by, action=Action.DISAGREEMENT_VIEW, ids=ids, row_count=len(ids))
    context = {
        "section": "endorse",
        "trail": trail(("To endorse", reverse("ui:to-endorse"))),
        "rows": [_line(one) for one in found.rows],
        "next_url": f"{here}?after={cursor.write(found.next)}" if found.next else "",
    }
    return show(request, "disagreements.html", context)


def _line(one: PriorityDisagreement) -> dict[str, Any]:
    return {
        "person": person_line(one.offender),
        "task_id": one.task.public_id,
        "title": title(one.task.kind, one.task.step),
        "is_open": one.task.is_open,
        "reason": one.reason,
        "would_do_first": one.would_do_first,
        "by": one.disagreed_by.display_name,
        "at": one.recorded_at,
    }
