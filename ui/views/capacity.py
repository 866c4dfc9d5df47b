"""How much an officer can carry: what was set, and setting it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from accounts.actor import Actor
from accounts.models import Capacity, User
from accounts.models.capacity import WHOLE
from accounts.policy import Action, grant
from ui.views.officer_form import OfficerForm
from ui.views.page import page
from workflows.actions.capacity import set_capacity
from workflows.queries.capacity import set_of, visible_officer
from workflows.steps.capacity import SetCapacity


def _before(by: Actor, found: User) -> dict[str, Any]:
    return {
        "can_train": grant(by, Action.TRAINING_RECORD) is not None,
        "rows": [_line(row) for row in set_of(found)],
    }


def _line(row: Capacity) -> dict[str, Any]:
    because = f"{row.reduction}% less: {row.get_because_display().lower()}" if row.reduction else ""
    return {
        "from_on": row.from_on,
        "full_time": int(row.fte * WHOLE),
        "because": because,
        "by": row.set_by.display_name,
        "at": row.recorded_at,
    }


FORM = OfficerForm(
    route="capacity",
    shape=SetCapacity,
    action=Action.CAPACITY_SET,
    act=set_capacity,
    title="Capacity",
    hint="It moves nobody and no due date. Workloads are measured against it.",
    submit="Save capacity",
    said="Capacity saved. Workloads are measured against it from its day on.",
    template="capacity.html",
    reach=visible_officer,
    before=_before,
    own="Nobody sets their own capacity. Ask an inspector.",
)


@page(FORM.action, "GET", "HEAD", "POST")
def capacity(request: HttpRequest, by: Actor, officer: UUID) -> HttpResponse:
    """Every capacity that was set of an officer, and the form of another."""
    return FORM.answer(request, by, officer)
