"""A team's caseload: who has how much, and whose people are late."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action
from audit.record import consult
from ui.views.caseload_parts import (
    managed_line,
    officer_line,
    preview_lines,
    summary_of,
    targets_of,
    teams_line,
)
from ui.views.page import READ, page, show
from workflows.errors import NotVisible
from workflows.queries import caseload as reads
from workflows.queries.reassignment import Preview


@page(Action.CASELOAD_REASSIGN, *READ)
def team(request: HttpRequest, by: Actor) -> HttpResponse:
    """The viewer's own team, or the first of the force."""
    teams = reads.teams_of(by)
    if not teams:
        raise NotVisible
    own = next((known for known in teams if known.pk in by.team_ids), teams[0])
    return redirect("ui:team-caseload", own.public_id)


@page(Action.CASELOAD_REASSIGN, *READ)
def team_caseload(request: HttpRequest, by: Actor, team: UUID) -> HttpResponse:
    """Who is overloaded, who is late; the people of one officer to choose from."""
    officer = uuid_of(request.GET.get("officer", ""))
    return show_caseload(request, by, team, officer=officer)


def show_caseload(
    request: HttpRequest,
    by: Actor,
    team: UUID,
    *,
    officer: UUID | None,
    preview: Preview | None = None,
    refusals: Mapping[str, Sequence[str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The caseload of a team with what was chosen on it. The look is recorded first."""
    today = timezone.localdate()
    found = reads.team_caseload(actor=by, team=team, today=today)
    chosen = next((load for load in found.officers if load.id and load.id == officer), None)
    rows = (
        reads.officer_people(actor=by, officer=officer, today=today) if chosen and officer else []
    )
    picked = set(request.POST.getlist("people"))
    consult(
        by=by,
        action=Action.CASELOAD_VIEW,
        subject=f"team:{team}",
        ids=[str(row.id) for row in rows],
        row_count=len(rows),
        filters={"officer": str(chosen.id)} if chosen else None,
    )
    context = {
        "section": "team",
        "team": {"public_id": found.id, "name": found.name},
        "teams": teams_line(by, found),
        "summary": summary_of(found),
        "officers": [officer_line(load, found, officer) for load in found.officers],
        "chosen": chosen and {"public_id": chosen.id, "label": chosen.name, "people": len(rows)},
        "people": [managed_line(row, picked) for row in rows],
        "picked_count": len(picked),
        "targets": targets_of(found, officer, request.POST.get("to", "")),
        "reason": request.POST.get("reason", ""),
        "refusals": refusals or {},
        "preview": preview and preview_lines(preview, today),
        "preview_url": reverse("ui:reassign-preview", args=[team]),
    }
    return show(request, "team.html", context, status=status)


def uuid_of(text: str) -> UUID | None:
    """The id in a part of an address or form; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None
