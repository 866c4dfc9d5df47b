"""How much an officer can carry: what was set, and setting it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from rest_framework.serializers import Serializer

from accounts import kept_forms
from accounts.actor import Actor
from accounts.models import Capacity, User
from accounts.models.capacity import WHOLE
from accounts.policy import Action, grant
from audit.record import consult
from ui import forms, kept, posting
from ui.views.page import page, see_other, show, trail
from ui.views.sending import send
from workflows.actions.capacity import set_capacity
from workflows.queries.capacity import set_of, visible_officer
from workflows.steps.capacity import SetCapacity


@page(Action.CAPACITY_SET, "GET", "HEAD", "POST")
def capacity(request: HttpRequest, by: Actor, officer: UUID) -> HttpResponse:
    """Every capacity that was set of an officer, and the form of another."""
    found = visible_officer(by, officer)
    address = reverse("ui:capacity", args=[officer])
    if request.method != "POST":
        typed = kept.typed_before(by, address)
        form = SetCapacity(forms.read(typed.fields, SetCapacity)) if typed else SetCapacity()
        return _shown(request, by, found, form, kept_at=typed.at if typed else None)
    form = SetCapacity(data=forms.read(request.POST, SetCapacity))
    if not form.is_valid():
        return _shown(request, by, found, form, status=400)

    def run() -> HttpResponse:
        set_capacity(by=by, officer=officer, **form.validated_data)
        return see_other("ui:capacity", officer)

    return send(
        request,
        by,
        run,
        shown=partial(_shown, request, by, found, form),
        said="Capacity saved. Workloads are measured against it from its day on.",
        address=address,
        action=Action.CAPACITY_SET,
        subject=f"user:{officer}",
    )


def _shown(
    request: HttpRequest,
    by: Actor,
    found: User,
    form: Serializer,
    *,
    refusals: dict[str, list[str]] | None = None,
    kept_at: Any = None,
    status: int = 200,
) -> HttpResponse:
    consult(by=by, action=Action.CAPACITY_SET, subject=f"user:{found.public_id}")
    team = found.team
    back = reverse("ui:team-caseload", args=[team.public_id]) if team else reverse("ui:team")
    context = {
        "section": "team",
        "trail": trail(("Caseload", back)),
        "officer": {"public_id": found.public_id, "label": found.display_name},
        "is_own": found.pk == by.user_id,
        "can_train": grant(by, Action.TRAINING_RECORD) is not None,
        "rows": [_line(row) for row in set_of(found)],
        "form": form,
        "refusals": refusals or {},
        "key": posting.new_key(),
        "kept_at": kept_at,
        "drawn_for": kept_forms.sealed(by, reverse("ui:capacity", args=[found.public_id])),
    }
    return show(request, "capacity.html", context, status=status)


def _line(row: Capacity) -> dict[str, Any]:
    because = f"{row.reduction}% less: {row.get_because_display().lower()}" if row.reduction else ""
    return {
        "from_on": row.from_on,
        "full_time": int(row.fte * WHOLE),
        "because": because,
        "by": row.set_by.display_name,
        "at": row.recorded_at,
    }
