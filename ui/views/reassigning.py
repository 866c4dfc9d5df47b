"""Moving people between offender managers: look, check, decide, undo."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from rest_framework import serializers

from accounts import kept_forms
from accounts.actor import Actor
from accounts.models import Role
from accounts.policy import Action
from audit.record import consult
from offenders.errors import Invalid, RuleBroken, Stale
from ui import forms, posting
from ui.views.caseload import caseload_of, show_caseload, uuid_of
from ui.views.caseload_parts import (
    NOBODY,
    from_labels,
    preview_lines,
    receivers_label,
    split_lines,
)
from ui.views.page import READ, SEND, page, see_other, show, trail
from workflows.actions import caseload as actions
from workflows.actions.undoing import UNDO_WITHIN, undo_reassignment
from workflows.errors import NotVisible
from workflows.models import ReassignmentMove
from workflows.queries.moving import Preview
from workflows.queries.reassignment import visible
from workflows.steps.fields import LineField, PublicIdField, StrictSerializer
from workflows.steps.reassignment import PreviewReassignment, Reassign

STALE = "Some of these people changed since you looked. Check again what changes."


class OfficerOrNobody(PublicIdField):
    """Whose people they are, as the address of the caseload says it."""

    def to_internal_value(self, data: Any) -> str:  # type: ignore[override]
        return NOBODY if data == NOBODY else str(super().to_internal_value(data))


class Listed(StrictSerializer):
    """Where the officer was when they chose, so that they come back to it."""

    team = PublicIdField()
    officer = OfficerOrNobody()


class Look(Listed, PreviewReassignment):
    """Who would move to whom."""


class Move(Listed, Reassign):
    """Who moves to whom, and why."""


class Confirmed(Move):
    """The same with proof of what was shown."""

    seen = LineField(max_length=64)


class Undone(StrictSerializer):
    """Which reassignment is taken back."""

    reassignment = PublicIdField()


@page(Action.CASELOAD_REASSIGN, *SEND)
def preview(request: HttpRequest, by: Actor, team: UUID) -> HttpResponse:
    """Both workloads before and after. Nothing is saved."""
    form = Look(data=_sent(request, Look))
    if not form.is_valid():
        return _refused(request, by, form.errors)
    values = form.validated_data
    try:
        seen = actions.preview_reassignment(by=by, **_who(values))
    except (Invalid, RuleBroken) as error:
        return _refused(request, by, {"to": [error.message]})
    return show_caseload(
        request, by, team, officer=values["officer"], preview=seen, is_split="moves" in values
    )


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
            reason=values["reason"],
            over_capacity=values.get("over_capacity", ""),
            seen=values["seen"],
            **_who(values),
        )
        return see_other("ui:reassigned", done.public_id)

    try:
        answer, is_replay = posting.once(request, by, run, action=Action.CASELOAD_REASSIGN)
    except Stale:
        return _check(request, by, values, stale=STALE, status=412)
    except RuleBroken as error:
        return _check(request, by, values, stale=error.message, status=409)
    except Invalid as error:
        return _refused(request, by, {error.field: [error.message]})
    if not is_replay:
        kept_forms.forget(by, caseload_of(values["team"], values["officer"]))
    return answer


@page(Action.CASELOAD_REASSIGN, *READ)
def reassigned(request: HttpRequest, by: Actor, reassignment: UUID) -> HttpResponse:
    """What was done, and the one step that undoes it."""
    found = visible(by, reassignment)
    moves = list(found.moves.all())
    froms = sorted({m.from_manager.display_name if m.from_manager else "nobody" for m in moves})
    tos = sorted({move.to_manager.display_name for move in moves})
    until = found.decided_at + UNDO_WITHIN
    consult(
        by=by,
        action=Action.CASELOAD_VIEW,
        subject=f"reassignment:{reassignment}",
        ids=[str(move.offender.public_id) for move in moves],
        row_count=len(moves),
    )
    context = {
        "section": "team",
        "key": posting.new_key(),
        "team": moves[0].to_team,
        "reassignment": {
            "public_id": found.public_id,
            "count": len(moves),
            "from_label": ", ".join(froms),
            "to_label": ", ".join(tos),
            "at": found.undone_at or found.decided_at,
            "undo_until": until if timezone.now() < until and _may_undo(by, moves) else None,
            "undone": found.undone_at is not None,
            "stayed": sum(not move.returned for move in moves),
        },
    }
    return show(request, "reassign_done.html", context)


def _may_undo(by: Actor, moves: Iterable[ReassignmentMove]) -> bool:
    """Whether they would go back to a team for which the officer decides."""
    return by.role == Role.INSPECTOR or all(move.from_team_id in by.team_ids for move in moves)


@page(Action.CASELOAD_REASSIGN, *SEND)
def undo(request: HttpRequest, by: Actor) -> HttpResponse:
    """Give everyone back, as one step, whose officer has not changed since."""
    form = Undone(data={"reassignment": request.POST.get("reassignment", "")})
    if not form.is_valid():
        raise NotVisible
    wanted = form.validated_data["reassignment"]

    def run() -> HttpResponse:
        undo_reassignment(by=by, reassignment=wanted)
        return see_other("ui:reassigned", wanted)

    subject = f"reassignment:{wanted}"
    return posting.once(request, by, run, action=Action.CASELOAD_REASSIGN, subject=subject)[0]


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
        seen = actions.preview_reassignment(by=by, **_who(values))
    except (Invalid, RuleBroken) as error:
        return _refused(request, by, {"to": [error.message]})
    if seen.refused:
        said = "That officer may not have all of these people. Choose another, or fewer people."
        return _refused(request, by, {"to": [said]}, preview=seen)
    if seen.overloaded and not values.get("over_capacity"):
        said = "An officer would have more than they can carry. Say why, or give them fewer people."
        return _refused(request, by, {"over_capacity": [said]}, preview=seen)
    consult(
        by=by,
        action=Action.CASELOAD_VIEW,
        subject=f"team:{values['team']}",
        ids=[str(row.id) for row in seen.people],
        row_count=len(seen.people),
    )
    caseload = caseload_of(values["team"], values["officer"])
    context = {
        "section": "team",
        "trail": trail(("Caseload", caseload)),
        "drawn_for": kept_forms.sealed(by, caseload),
        "team": {"public_id": values["team"]},
        "from_id": values["officer"],
        "to_id": values.get("to", ""),
        "from_label": ", ".join(from_labels(seen)),
        "to_label": receivers_label(seen),
        "reason": values["reason"],
        "over_capacity": values.get("over_capacity", ""),
        "people": split_lines(seen),
        "is_split": "moves" in values,
        "preview": preview_lines(seen, today),
        "seen": seen.digest,
        "stale": stale,
        "key": posting.new_key(),
    }
    return show(request, "reassign_check.html", context, status=status)


def _who(values: Mapping[str, Any]) -> dict[str, Any]:
    """Who goes to whom, as the actions take it."""
    return {name: values[name] for name in ("offenders", "to", "moves") if name in values}


def _refused(
    request: HttpRequest, by: Actor, errors: Mapping[str, Any], *, preview: Preview | None = None
) -> HttpResponse:
    """The caseload again, with what was chosen and what is wrong."""
    team = uuid_of(request.POST.get("team", ""))
    if team is None:
        raise NotVisible
    refusals = {name: [str(text) for text in _flat(found)] for name, found in errors.items()}
    officer = request.POST.get("officer", "")
    is_split = "moves" in request.POST
    if is_split and preview is None:
        preview = _split_again(request, by)
    return show_caseload(
        request,
        by,
        team,
        officer=officer,
        preview=preview,
        is_split=is_split,
        refusals=refusals,
        status=400,
    )


def _split_again(request: HttpRequest, by: Actor) -> Preview | None:
    """What was sent of a split, so that it is not lost with a missing reason."""
    form = Look(data=_sent(request, Look))
    if not form.is_valid():
        return None
    try:
        return actions.preview_reassignment(by=by, **_who(form.validated_data))
    except (Invalid, RuleBroken):
        return None


def _flat(errors: Any) -> list[Any]:
    """Messages of a field; those of a list's items once, without their places."""
    if isinstance(errors, Mapping):
        return list(dict.fromkeys(text for inner in errors.values() for text in inner))
    return list(errors)


def _sent(request: HttpRequest, shape: type[serializers.Serializer]) -> dict[str, Any]:
    """The form with its ticked boxes; none ticked is no answer.

    A split that was suggested says who goes to whom, as "person:officer", instead.
    """
    typed = forms.read(request.POST, shape)
    for name in ("offenders", "moves"):
        typed.pop(name, None)
    if split := request.POST.getlist("moves"):
        typed.pop("to", None)
        pairs = [pair.partition(":") for pair in split]
        return typed | {"moves": {person: officer for person, _, officer in pairs}}
    picked = request.POST.getlist("offenders")
    return typed | ({"offenders": picked} if picked else {})
