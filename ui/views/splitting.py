"""A fair split of people among the officers of a team, to be looked at and decided on."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from rest_framework import serializers

from accounts.actor import Actor
from accounts.policy import Action
from offenders.errors import Invalid, RuleBroken
from ui import forms, words
from ui.views.caseload import show_caseload
from ui.views.caseload_parts import NOBODY
from ui.views.page import SEND, page
from ui.views.reassigning import Listed
from workflows.actions.splitting import Suggestion, suggest_split
from workflows.errors import NotVisible
from workflows.steps.fields import PublicIdField
from workflows.steps.reassignment import MOST_PEOPLE


class Wanted(Listed):
    """The people ticked; without any, everyone on the list."""

    offenders = serializers.ListField(child=PublicIdField(), max_length=MOST_PEOPLE, required=False)
    all_move = serializers.BooleanField(required=False)


@page(Action.CASELOAD_REASSIGN, *SEND)
def suggest(request: HttpRequest, by: Actor, team: UUID) -> HttpResponse:
    """The caseload with a split to preview. Nothing is saved."""
    typed = forms.read(request.POST, Wanted) | {"offenders": request.POST.getlist("offenders")}
    form = Wanted(data=typed)
    if not form.is_valid():
        raise NotVisible
    values = form.validated_data
    officer = values["officer"]
    try:
        found = suggest_split(
            by=by,
            team=team,
            all_move=values.get("all_move", False),
            **_whose(values["offenders"], officer),
        )
    except (Invalid, RuleBroken) as error:
        refusals = {getattr(error, "field", ""): [error.message]}
        return show_caseload(request, by, team, officer=officer, refusals=refusals, status=400)
    return show_caseload(
        request,
        by,
        team,
        officer=officer,
        preview=found.preview,
        is_split=True,
        notes=_notes(found),
    )


def _whose(picked: list[UUID], officer: str) -> dict[str, Any]:
    if picked:
        return {"offenders": picked}
    return {"unmanaged": True} if officer == NOBODY else {"officer": UUID(officer)}


def _notes(found: Suggestion) -> list[str]:
    """Who is not part of the split, and why."""
    notes = []
    if not found.split.moves:
        notes.append("No one need move.")
    elif found.split.stays:
        stay = words.count_words(len(found.split.stays), "person stays", "people stay")
        notes.append(f"{stay} with the officer they have.")
    notes += [
        f"{reference}: no officer of the team may have or can carry this person."
        for reference in found.references
    ]
    return notes
