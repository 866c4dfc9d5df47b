"""A team's caseload, and moving people between its officers: look, check, decide, undo."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers

from accounts.actor import Actor
from accounts.policy import Action
from audit.record import consult
from offenders.errors import Invalid, RuleBroken, Stale
from ui import forms, posting, words
from ui.views.page import READ, SEND, page, say, see_other, show, trail
from ui.words import RISK_WORDS
from workflows.actions import caseload as actions
from workflows.errors import NotVisible
from workflows.models import Reassignment
from workflows.queries import caseload as reads
from workflows.queries.caseload import ManagedPerson, OfficerLoad, TeamCaseload
from workflows.queries.reassignment import Preview
from workflows.steps.fields import LineField, PublicIdField, StrictSerializer, TextField

#: Order of the stretches in a workload bar.
BANDS = (*reversed(RISK_WORDS), "not_assessed")
STALE = "Some of these people changed since you looked. Check again what changes."


class Move(StrictSerializer):
    """Who goes from whom to whom, and why."""

    team = PublicIdField()
    officer = PublicIdField()
    people = serializers.ListField(
        child=PublicIdField(),
        min_length=1,
        max_length=actions.MOST_PEOPLE,
        error_messages={"required": "Choose at least one person"},
    )
    to = PublicIdField(error_messages={"required": "Choose who takes them"})
    reason = TextField(max_length=2000, error_messages={"required": "Give the reason"})


class Look(Move):
    """The same before anyone has decided: the reason may still be missing."""

    reason = TextField(max_length=2000, required=False, allow_blank=True)


class Confirmed(Move):
    """The same with proof of what was shown."""

    snapshot = LineField(max_length=100)


class Undone(StrictSerializer):
    """Which reassignment is taken back."""

    reassignment = PublicIdField()


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
    officer = _uuid(request.GET.get("officer", ""))
    return _caseload(request, by, team, officer=officer)


@page(Action.CASELOAD_REASSIGN, *SEND)
def preview(request: HttpRequest, by: Actor, team: UUID) -> HttpResponse:
    """Both workloads before and after. Nothing is saved."""
    form = Look(data=_sent(request, Look))
    if not form.is_valid():
        return _refused(request, by, form.errors)
    values = form.validated_data
    try:
        seen = actions.preview_reassignment(by=by, offenders=values["people"], to=values["to"])
    except (Invalid, RuleBroken) as error:
        return _refused(request, by, {"to": [error.message]})
    return _caseload(request, by, team, officer=values["officer"], preview=seen)


@page(Action.CASELOAD_REASSIGN, *SEND)
def check(request: HttpRequest, by: Actor) -> HttpResponse:
    """Everything that will change, on a page of its own, before it does."""
    form = Move(data=_sent(request, Move))
    if not form.is_valid():
        return _refused(request, by, form.errors)
    return _check(request, by, form.validated_data)


@page(Action.CASELOAD_REASSIGN, *SEND)
def confirm(request: HttpRequest, by: Actor) -> HttpResponse:
    """Move all of them, or none. What changed since the check page is shown and asked again."""
    form = Confirmed(data=_sent(request, Confirmed))
    if not form.is_valid():
        return _refused(request, by, form.errors)
    values = form.validated_data

    def run() -> HttpResponse:
        done = actions.reassign_caseload(
            by=by,
            offenders=values["people"],
            to=values["to"],
            reason=values["reason"],
            seen=values["snapshot"],
        )
        return see_other("ui:reassigned", done.public_id)

    try:
        return posting.once(request, by, run)[0]
    except Stale:
        return _check(request, by, values, stale=STALE, status=412)
    except RuleBroken as error:
        return _check(request, by, values, stale=error.message, status=409)


@page(Action.CASELOAD_REASSIGN, *READ)
def reassigned(request: HttpRequest, by: Actor, reassignment: UUID) -> HttpResponse:
    """What was done, and the one step that undoes it."""
    found = _visible(by, reassignment)
    moves = list(found.moves.select_related("from_manager", "to_manager", "to_team", "offender"))
    froms = sorted({m.from_manager.display_name if m.from_manager else "nobody" for m in moves})
    until = found.decided_at + actions.UNDO_WITHIN
    consult(
        by=by,
        action=Action.CASELOAD_VIEW,
        subject=f"reassignment:{reassignment}",
        ids=[str(move.offender.public_id) for move in moves],
        row_count=len(moves),
    )
    context = {
        "section": "team",
        "team": moves[0].to_team,
        "reassignment": {
            "public_id": found.public_id,
            "count": len(moves),
            "from_label": ", ".join(froms),
            "to_label": moves[0].to_manager.display_name,
            "at": found.undone_at or found.decided_at,
            "undo_until": until if timezone.now() < until else None,
            "undone": found.undone_at is not None,
            "stayed": sum(not move.returned for move in moves),
        },
    }
    return show(request, "reassign_done.html", context)


@page(Action.CASELOAD_REASSIGN, *SEND)
def undo(request: HttpRequest, by: Actor) -> HttpResponse:
    """Give everyone back, as one step, whose officer has not changed since."""
    form = Undone(data={"reassignment": request.POST.get("reassignment", "")})
    if not form.is_valid():
        raise NotVisible
    found = actions.undo_reassignment(by=by, reassignment=form.validated_data["reassignment"])
    say(request, "The reassignment was undone.")
    return see_other("ui:reassigned", found.public_id)


def _caseload(
    request: HttpRequest,
    by: Actor,
    team: UUID,
    *,
    officer: UUID | None,
    preview: Preview | None = None,
    refusals: Mapping[str, Sequence[str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    found = reads.team_caseload(actor=by, team=team, today=today)
    chosen = next((load for load in found.officers if load.id and load.id == officer), None)
    rows = reads.officer_people(actor=by, officer=chosen.id, today=today) if chosen else []
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
        "teams": _teams(by, found),
        "summary": _summary(found),
        "officers": [_officer_line(load, found, officer) for load in found.officers],
        "chosen": chosen and {"public_id": chosen.id, "label": chosen.name, "people": len(rows)},
        "people": [_person_line(row, picked) for row in rows],
        "picked_count": len(picked),
        "targets": _targets(found, officer, request.POST.get("to", "")),
        "reason": request.POST.get("reason", ""),
        "refusals": refusals or {},
        "preview": preview and _preview(preview, today),
        "preview_url": reverse("ui:reassign-preview", args=[team]),
    }
    return show(request, "team.html", context, status=status)


def _check(
    request: HttpRequest,
    by: Actor,
    values: Mapping[str, Any],
    *,
    stale: str = "",
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    try:
        seen = actions.preview_reassignment(by=by, offenders=values["people"], to=values["to"])
    except (Invalid, RuleBroken) as error:
        return _refused(request, by, {"to": [error.message]})
    if seen.refused:
        said = "That officer may not have all of these people. Choose another, or fewer people."
        return _refused(request, by, {"to": [said]})
    consult(
        by=by,
        action=Action.CASELOAD_VIEW,
        subject=f"team:{values['team']}",
        ids=[str(row.id) for row in seen.people],
        row_count=len(seen.people),
    )
    caseload = reverse("ui:team-caseload", args=[values["team"]])
    context = {
        "section": "team",
        "trail": trail(("Caseload", f"{caseload}?officer={values['officer']}")),
        "team": {"public_id": values["team"]},
        "from_id": values["officer"],
        "to_id": values["to"],
        "from_label": ", ".join(change.name for change in seen.officers[:-1]),
        "to_label": seen.officers[-1].name,
        "reason": values["reason"],
        "people": [_person_line(row, set()) for row in seen.people],
        "preview": _preview(seen, today),
        "snapshot": seen.digest,
        "stale": stale,
        "key": posting.new_key(),
    }
    return show(request, "reassign_check.html", context, status=status)


def _refused(request: HttpRequest, by: Actor, errors: Mapping[str, Any]) -> HttpResponse:
    """The caseload again, with what was chosen and what is wrong."""
    team = _uuid(request.POST.get("team", ""))
    if team is None:
        raise NotVisible
    refusals = {name: [str(text) for text in _flat(found)] for name, found in errors.items()}
    officer = _uuid(request.POST.get("officer", ""))
    return _caseload(request, by, team, officer=officer, refusals=refusals, status=400)


def _flat(errors: Any) -> list[Any]:
    """Messages of a field; those of a list's items once, without their places."""
    if isinstance(errors, Mapping):
        return list(dict.fromkeys(text for inner in errors.values() for text in inner))
    return list(errors)


def _sent(request: HttpRequest, shape: type[serializers.Serializer]) -> dict[str, Any]:
    """The form with its ticked boxes; none ticked is no answer."""
    typed = forms.read(request.POST, shape)
    typed.pop("people", None)
    picked = request.POST.getlist("people")
    return typed | ({"people": picked} if picked else {})


def _visible(by: Actor, reassignment: UUID) -> Reassignment:
    return actions.visible_reassignment(by, reassignment)


def _teams(by: Actor, found: TeamCaseload) -> list[dict[str, Any]]:
    teams = reads.teams_of(by)
    return [
        {
            "name": known.name,
            "url": reverse("ui:team-caseload", args=[known.public_id]),
            "current": known.public_id == found.id,
        }
        for known in teams
    ] * (len(teams) > 1)


def _summary(found: TeamCaseload) -> str:
    officers = sum(load.id is not None for load in found.officers)
    said = (
        words.count_words(officers, "officer", "officers"),
        words.count_words(found.people, "person", "people"),
        f"{found.overdue} overdue",
    )
    return " · ".join(said)


def _officer_line(load: OfficerLoad, found: TeamCaseload, officer: UUID | None) -> dict[str, Any]:
    url = reverse("ui:team-caseload", args=[found.id])
    return {
        "label": load.name or "Nobody",
        "url": f"{url}?officer={load.id}" if load.id else "",
        "note": "" if load.can_receive or load.id is None else "Takes nobody on",
        "people": load.people,
        "overdue": load.overdue,
        "current": load.id is not None and load.id == officer,
        **_bar(load),
    }


def _bar(load: Any) -> dict[str, Any]:
    points: Mapping[str, Decimal] = load.level_points
    return {
        "bands": [
            {"level": level, "points": f"{points[level]:g}"} for level in BANDS if points.get(level)
        ],
        "capacity": load.capacity,
        "percent": load.percent,
    }


def _person_line(row: ManagedPerson, picked: set[str]) -> dict[str, Any]:
    return {
        "public_id": row.id,
        "reference": row.reference,
        "surname": row.surname,
        "initial": row.initial,
        "level": row.level,
        "next_kind_label": words.kind_words(row.next_kind),
        "due_on": row.due_on,
        "area": row.area,
        "points": f"{row.points:g}",
        "picked": str(row.id) in picked,
        "restricted": False,  # the list holds only whom the viewer may see
    }


def _targets(found: TeamCaseload, officer: UUID | None, chosen: str) -> list[dict[str, Any]]:
    """Who can take people on, with how full they are. Another team's officers: an inspector."""
    return [
        {
            "value": str(load.id),
            "label": f"{load.name}, {load.percent}%",
            "chosen": str(load.id) == chosen,
        }
        for load in found.officers
        if load.can_receive and load.id != officer
    ]


def _preview(seen: Preview, today: dt.date) -> dict[str, Any]:
    refused = {row.reference for row in seen.people if row.id in seen.refused}
    checks = [
        {"reference": reference, "words": "may not go to that officer: conflict of interest"}
        for reference in sorted(refused)
    ]
    checks += [
        {"reference": row.reference, "words": _imminent(row, today)} for row in seen.imminent
    ]
    sides = [
        {"label": change.name, "before": _bar(change.before), "after": _bar(change.after)}
        for change in seen.officers
    ]
    before = [change.before.points for change in seen.officers]
    after = [change.after.points for change in seen.officers]
    return {
        "sides": sides,
        "gap_before": f"{max(before) - min(before):g}",
        "gap_after": f"{max(after) - min(after):g}",
        "checks": checks or [{"reference": "", "words": "Nothing falls due within a week."}],
    }


def _imminent(row: ManagedPerson, today: dt.date) -> str:
    if row.due_on is None:
        return ""
    late = words.due_words(row.due_on, today)[0]
    when = words.day_label(row.due_on, today)
    return f"{words.kind_words(row.next_kind)} {when}, {late}. The new manager needs a handover."


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
