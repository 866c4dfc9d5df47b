"""Who is away and who covers: the list, recording an absence and calling one off."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from rest_framework.serializers import Serializer

from accounts.actor import Actor
from accounts.policy import Action, Reach, grant
from audit.record import consult
from ui import forms, posting
from ui.views.away_parts import away_lines
from ui.views.page import READ, SEND, page, say, see_other, show, trail
from ui.views.sending import send
from workflows.actions import absences as actions
from workflows.steps.absences import RecordAbsence


@page(Action.ABSENCE_VIEW, *READ)
def absences(request: HttpRequest, by: Actor) -> HttpResponse:
    """Officers of the team who are away, or will be."""
    lines = away_lines(by, timezone.localdate())
    consult(
        by=by,
        action=Action.ABSENCE_VIEW,
        ids=[str(line["public_id"]) for line in lines],
        row_count=len(lines),
    )
    context = {
        "section": "team",
        "away": lines,
        "away_tasks": reverse("ui:tasks") + "?whose=absent",
    }
    return show(request, "absences.html", context)


@page(Action.ABSENCE_RECORD, "GET", "HEAD", "POST")
def record(request: HttpRequest, by: Actor) -> HttpResponse:
    """The form of an absence, and keeping it."""
    if request.method != "POST":
        return _shown(request, by, RecordAbsence())
    form = RecordAbsence(data=forms.read(request.POST, RecordAbsence))
    if not form.is_valid():
        return _shown(request, by, form, status=400)

    def run() -> HttpResponse:
        actions.record_absence(by=by, **form.validated_data)
        return see_other("ui:absences")

    shown = partial(_shown, request, by, form)
    said = "Absence recorded."
    return send(request, by, run, shown=shown, said=said, action=Action.ABSENCE_RECORD)


@page(Action.ABSENCE_CANCEL, *SEND)
def cancel(request: HttpRequest, by: Actor, absence: UUID) -> HttpResponse:
    """Call an absence off, or end it early."""
    actions.cancel_absence(by=by, absence=absence)
    say(request, "The absence has ended.")
    return see_other("ui:absences")


def _shown(
    request: HttpRequest,
    by: Actor,
    form: Serializer,
    *,
    refusals: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    consult(by=by, action=Action.ABSENCE_RECORD)
    permission = grant(by, Action.ABSENCE_RECORD)
    context = {
        "section": "team",
        "trail": trail(("Absences", reverse("ui:absences"))),
        "own_only": permission is not None and permission.reach is Reach.OWN,
        "form": form,
        "refusals": refusals or {},
        "key": posting.new_key(),
    }
    return show(request, "absence_record.html", context, status=status)
