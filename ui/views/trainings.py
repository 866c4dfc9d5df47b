"""What an officer was trained in, and recording a course."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Training, User
from accounts.policy import Action
from ui.views.officer_form import OfficerForm
from ui.views.page import page
from workflows.actions.trainings import record_training
from workflows.queries.trainings import trainings_of, within_reach
from workflows.steps.training import RecordTraining


def _before(by: Actor, found: User) -> dict[str, Any]:
    today = timezone.localdate()
    return {"rows": [_line(row, today) for row in trainings_of(found)]}


def _line(row: Training, today: dt.date) -> dict[str, Any]:
    return {
        "label": str(row.get_code_display()),
        "completed_on": row.completed_on,
        "valid_until": row.valid_until,
        "is_over": row.valid_until < today,
        "by": row.recorded_by.display_name if row.recorded_by else "The force's administrator",
    }


FORM = OfficerForm(
    route="trainings",
    shape=RecordTraining,
    action=Action.TRAINING_RECORD,
    act=record_training,
    title="Trainings",
    hint="Only who has the training in date assesses with a tool that needs it. Thirty days "
    "before one ends the officer and the supervisors are told.",
    submit="Save training",
    said="Training saved.",
    template="trainings.html",
    reach=within_reach,
    before=_before,
    own="Nobody records their own training. Ask a supervisor or an inspector.",
)


@page(FORM.action, "GET", "HEAD", "POST")
def trainings(request: HttpRequest, by: Actor, officer: UUID) -> HttpResponse:
    """Every training of an officer, and the form of another."""
    return FORM.answer(request, by, officer)
