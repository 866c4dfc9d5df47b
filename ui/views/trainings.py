"""What an officer was trained in, and recording a course."""

import datetime as dt
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from rest_framework.serializers import Serializer

from accounts import kept_forms
from accounts.actor import Actor
from accounts.models import Training, User
from accounts.policy import Action
from audit.record import consult
from ui import forms, kept, posting
from ui.views.page import page, see_other, show, trail
from ui.views.sending import send
from workflows.actions.trainings import record_training
from workflows.queries.trainings import trainings_of, within_reach
from workflows.steps.training import RecordTraining


@page(Action.TRAINING_RECORD, "GET", "HEAD", "POST")
def trainings(request: HttpRequest, by: Actor, officer: UUID) -> HttpResponse:
    """Every training of an officer, and the form of another."""
    found = within_reach(by, officer)
    address = reverse("ui:trainings", args=[officer])
    if request.method != "POST":
        typed = kept.typed_before(by, address)
        form = RecordTraining(forms.read(typed.fields, RecordTraining) if typed else {})
        return _shown(request, by, found, form, kept_at=typed.at if typed else None)
    if "forget" in request.POST:
        kept_forms.forget(by, address)
        return see_other(address)
    form = RecordTraining(data=forms.read(request.POST, RecordTraining))
    if not form.is_valid():
        return _shown(request, by, found, form, status=400)

    def run() -> HttpResponse:
        record_training(by=by, officer=officer, **form.validated_data)
        return see_other("ui:trainings", officer)

    return send(
        request,
        by,
        run,
        shown=partial(_shown, request, by, found, form),
        said="Training saved.",
        address=address,
        action=Action.TRAINING_RECORD,
        subject=f"user:{officer}",
    )


def _shown(
    request: HttpRequest,
    by: Actor,
    found: User,
    form: Serializer,
    *,
    refusals: dict[str, Any] | None = None,
    kept_at: dt.datetime | None = None,
    status: int = 200,
) -> HttpResponse:
    consult(by=by, action=Action.TRAINING_RECORD, subject=f"user:{found.public_id}")
    team, today = found.team, timezone.localdate()
    back = reverse("ui:team-caseload", args=[team.public_id]) if team else reverse("ui:team")
    context = {
        "section": "team",
        "trail": trail(("Caseload", back)),
        "officer": {"public_id": found.public_id, "label": found.display_name},
        "is_own": found.pk == by.user_id,
        "rows": [_line(row, today) for row in trainings_of(found)],
        "form": form,
        "refusals": refusals or {},
        "key": posting.new_key(),
        "kept_at": kept_at,
        "drawn_for": kept_forms.sealed(by, reverse("ui:trainings", args=[found.public_id])),
    }
    return show(request, "trainings.html", context, status=status)


def _line(row: Training, today: dt.date) -> dict[str, Any]:
    return {
        "label": str(row.get_code_display()),
        "completed_on": row.completed_on,
        "valid_until": row.valid_until,
        "is_over": row.valid_until < today,
        "by": row.recorded_by.display_name if row.recorded_by else "The force's administrator",
    }
