"""Registering somebody new: the form, who may be on record already, and keeping it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from rest_framework.serializers import ChoiceField, Serializer

from accounts import kept_forms
from accounts.actor import Actor
from accounts.policy import Action
from accounts.teams import teams_in_reach
from audit.record import consult
from offenders.models import Offender
from ui import forms, kept, posting
from ui.views.page import page, see_other, show, trail
from ui.views.person_parts import manager_words
from ui.views.sending import send
from workflows.actions.registering import register_person
from workflows.queries.duplicates import alike, might_be
from workflows.steps.registering import RegisterPerson

ABOUT = {
    "hint": "For somebody of whom no extract has come. Nobody has assessed them yet: they are "
    "visited as high, and everything owed is opened at once. Orders and warnings are added on "
    "their page.",
    "submit": "Register",
}


@page(Action.OFFENDER_REGISTER, "GET", "HEAD", "POST")
def register(request: HttpRequest, by: Actor) -> HttpResponse:
    """The form, and registering who is typed into it; then their page."""
    address = reverse("ui:register")
    shown = partial(_shown, request, by)
    if request.method != "POST":
        typed = kept.typed_before(by, address)
        if typed is None:
            return shown(_of_reach(by, RegisterPerson(_only_team(by))))
        again = RegisterPerson(forms.read(typed.fields, RegisterPerson))
        return shown(_of_reach(by, again), kept_at=typed.at)
    if "forget" in request.POST:
        kept_forms.forget(by, address)
        return see_other(address)
    form = _of_reach(by, RegisterPerson(data=forms.read(request.POST, RegisterPerson)))
    if not form.is_valid():
        return shown(form, status=400)
    values = form.validated_data | {"team": UUID(form.validated_data["team"])}

    def run() -> HttpResponse:
        return see_other("ui:person", register_person(by=by, **values).public_id)

    return send(
        request,
        by,
        run,
        shown=partial(shown, form),
        said="Registered. What is owed was opened.",
        address=address,
        action=Action.OFFENDER_REGISTER,
    )


def _teams(by: Actor) -> list[tuple[str, str]]:
    """The teams for which the viewer registers people, as choices."""
    found = teams_in_reach(by, Action.OFFENDER_REGISTER)
    return [(str(team.public_id), team.name) for team in found]


def _only_team(by: Actor) -> dict[str, Any]:
    """The team that it can only be."""
    teams = _teams(by)
    return {"team": teams[0][0]} if len(teams) == 1 else {}


def _of_reach(by: Actor, form: Serializer) -> Serializer:
    """`form`, in which the team is chosen from those of the viewer's reach."""
    asked = form.fields["team"]
    form.fields["team"] = ChoiceField(
        label=asked.label,
        choices=_teams(by),
        error_messages={name: "Choose the team" for name in ("required", "invalid_choice")},
    )
    return form


def _shown(
    request: HttpRequest,
    by: Actor,
    form: Serializer,
    *,
    refusals: dict[str, Any] | None = None,
    kept_at: Any = None,
    status: int = 200,
) -> HttpResponse:
    address = reverse("ui:register")
    typed = form.validated_data if refusals else None
    is_asked = typed is not None and might_be(by, typed)
    found = alike(by, typed) if typed is not None and is_asked else []
    if not is_asked:
        # Whether it is another person is asked where somebody is like them, and nowhere else.
        del form.fields["is_another_person"]
    consult(
        by=by,
        action=Action.OFFENDER_REGISTER,
        ids=[str(one.public_id) for one in found],
        row_count=len(found) if is_asked else None,
    )
    context = {
        "section": "people",
        "trail": trail(("People", reverse("ui:people"))),
        "about": ABOUT | {"address": address},
        "alike": [_line(one) for one in found],
        "others": is_asked and not found,
        "version": None,
        "form": form,
        "refusals": refusals or {},
        "key": posting.new_key(),
        "kept_at": kept_at,
        "drawn_for": kept_forms.sealed(by, address),
        "back": {"url": reverse("ui:people"), "label": "Back to people"},
    }
    return show(request, "register.html", context, status=status)


def _line(one: Offender) -> dict[str, str]:
    """Somebody who is on record: never a name where theirs may be written otherwise."""
    ended = ", registration ended" if one.registration_ended_on else ""
    return {
        "reference": one.source_ref,
        "url": reverse("ui:person", args=[one.public_id]),
        "words": f"{one.team.name}, {manager_words(one)}{ended}",
    }
