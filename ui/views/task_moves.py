"""Doing a task later, and giving it to somebody else: what is no step of it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.actor import Actor
from accounts.policy import Action, shows_all
from ui.views.page import page
from ui.views.task_form import TaskForm
from workflows.actions.naming import reassign_by_staff_number
from workflows.actions.tasks import defer
from workflows.models import Task
from workflows.queries.deferrals import put_off
from workflows.steps.tasks import DeferTask, GiveTask

DEFER = TaskForm(
    route="defer-task",
    shape=DeferTask,
    action=Action.TASK_DEFER,
    act=defer,
    title="Do it later",
    hint="The due date, its place in the list and the count of overdue work stay. Past the due "
    "date only a supervisor defers.",
    submit="Defer task",
    said="Deferred. The due date stays.",
    icon="clock",
)
REASSIGN = TaskForm(
    route="reassign-task",
    shape=GiveTask,
    action=Action.TASK_REASSIGN,
    act=reassign_by_staff_number,
    title="Give this task to somebody else",
    hint="This task alone: the person stays with their offender manager.",
    submit="Give task",
    said="The task has been given away.",
    icon="people",
)

#: What the page of a task offers, by the word of `allowed_actions`.
OFFERED = {
    "defer": ("ui:defer-task", "Do it later"),
    "reassign": ("ui:reassign-task", "Give to somebody else"),
}


@page(DEFER.action, "GET", "HEAD", "POST")
def defer_task(request: HttpRequest, by: Actor, task: UUID) -> HttpResponse:
    """Saying that a task will be done later."""
    return DEFER.answer(request, by, task)


@page(REASSIGN.action, "GET", "HEAD", "POST")
def reassign_task(request: HttpRequest, by: Actor, task: UUID) -> HttpResponse:
    """Giving one task to a colleague."""
    return REASSIGN.answer(request, by, task)


def moves(by: Actor, found: Task, allowed: list[str]) -> dict[str, Any]:
    """Until when a task is put off, and what else can be done with it. Two reads where it is."""
    return {
        "moves": [
            {"url": reverse(route, args=[found.public_id]), "label": label}
            for name, (route, label) in OFFERED.items()
            if name in allowed
        ],
        "put_off": _put_off(by, found) if found.is_open and found.deferred_until else None,
    }


def _put_off(by: Actor, found: Task) -> dict[str, Any] | None:
    """Why it waits. What was typed only where nothing is left out for the viewer."""
    known = put_off([found.pk]).get(found.pk)
    if known is None:
        return None
    reason = known.reason if shows_all(by, Action.TASK_VIEW) else ""
    return {"until": known.until, "by": known.by, "reason": reason}
