"""A team's caseload: who has how much, and whose people are late."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts import kept_forms
from accounts.actor import Actor
from accounts.policy import Action, grant
from audit.record import consult
from ui import kept
from ui.views.away_parts import away_lines
from ui.views.caseload_parts import (
    NOBODY,
    chosen_line,
    managed_line,
    officer_line,
    preview_lines,
    recent_line,
    split_lines,
    summary_of,
    targets_of,
    teams_line,
    unmanaged_line,
)
from ui.views.page import READ, page, show
from ui.views.team_then import asks_then, show_then
from workflows.actions.undoing import UNDO_WITHIN
from workflows.errors import NotVisible
from workflows.queries import caseload as reads
from workflows.queries import reassignment as reassignments
from workflows.queries import transfers
from workflows.queries.caseload import ManagedPerson, TeamCaseload
from workflows.queries.deferrals import number_put_off
from workflows.queries.moving import Preview


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
    """Who is overloaded, who is late; the people of one officer, or of nobody, to choose from.

    With `as_of` or `known_at` in the address, as the team stood then.
    """
    if asks_then(request):
        return show_then(request, by, team)
    return show_caseload(request, by, team, officer=request.GET.get("officer", ""))


def show_caseload(
    request: HttpRequest,
    by: Actor,
    team: UUID,
    *,
    officer: str,
    preview: Preview | None = None,
    is_split: bool = False,
    notes: Sequence[str] = (),
    refusals: Mapping[str, Sequence[str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The caseload of a team with what was chosen on it. The look is recorded first.

    `officer` is whose people are listed: a public id, `NOBODY`, or "" for the officers alone.
    `is_split`: what is previewed gives people to several officers, as was suggested;
    `notes` say who is left out of it.
    """
    today = timezone.localdate()
    found = reads.team_caseload(actor=by, team=team, today=today)
    chosen = chosen_line(found, officer)
    rows = _people(by, found, officer, today) if chosen else []
    previewed = preview.people if preview else ()
    seen = dict.fromkeys(str(row.id) for row in (*rows, *previewed))
    consult(
        by=by,
        action=Action.CASELOAD_VIEW,
        subject=f"team:{team}",
        ids=list(seen),
        row_count=len(seen),
        filters={"officer": officer} if chosen else None,
    )
    typed, kept_at = _typed(request, by, caseload_of(team, officer))
    picked = set(typed.getlist("offenders"))
    offered = transfers.offered_to(by, [row.id for row in rows])
    context = {
        "section": "team",
        "team": {"public_id": found.id, "name": found.name},
        "teams": teams_line(found),
        "summary": summary_of(found),
        "put_off": number_put_off(actor=by, team=team, today=today),
        "unmanaged": unmanaged_line(found),
        "officers": [officer_line(load, found, officer) for load in found.officers],
        "recent": _recent(by, team),
        "offers_waiting": transfers.waiting_for(by, team),
        "may_offer": grant(by, Action.TRANSFER_OFFER) is not None,
        "away": away_lines(by, today, team=team),
        "away_tasks": reverse("ui:tasks") + "?whose=absent",
        "chosen": chosen and chosen | {"people": len(rows)},
        "people": [managed_line(row, picked, offered.get(row.id)) for row in rows],
        "picked_count": len(picked),
        "targets": targets_of(by, found, officer, typed.get("to", ""), today) if chosen else [],
        "reason": typed.get("reason", ""),
        "over_capacity": typed.get("over_capacity", ""),
        "split": split_lines(preview) if preview and is_split else [],
        "kept_at": kept_at,
        "drawn_for": kept_forms.sealed(by, caseload_of(team, officer)),
        "refusals": refusals or {},
        "preview": preview and preview_lines(preview, today),
        "notes": notes,
        "preview_url": reverse("ui:reassign-preview", args=[team]),
        "suggest_url": reverse("ui:suggest-split", args=[team]),
        "clear_url": caseload_of(team, officer) if is_split else "",
    }
    return show(request, "team.html", context, status=status)


def caseload_of(team: UUID, officer: str = "") -> str:
    """The address of a team's caseload, with whose people are listed."""
    address = reverse("ui:team-caseload", args=[team])
    return f"{address}?officer={officer}" if officer else address


def uuid_of(text: str) -> UUID | None:
    """The id in a part of an address or form; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _people(by: Actor, found: TeamCaseload, officer: str, today: date) -> list[ManagedPerson]:
    if officer == NOBODY:
        return reads.unmanaged_people(actor=by, team=found.id, today=today, scale=found.scale)
    return reads.officer_people(actor=by, officer=UUID(officer), today=today, scale=found.scale)


def _recent(by: Actor, team: UUID) -> list[dict[str, Any]]:
    now = timezone.now()
    found = reassignments.recent(actor=by, team=team, since=now - UNDO_WITHIN)
    return [recent_line(row) for row in found]


def _typed(request: HttpRequest, by: Actor, address: str) -> tuple[Any, Any]:
    """What was sent, or had been typed here before the session ended, and when that was."""
    before = None if request.method == "POST" else kept.typed_before(by, address)
    return (before.fields, before.at) if before else (request.POST, None)
