"""What an officer typed is not lost with their session, nor with a page that refuses it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from accounts import kept_forms
from accounts.actor import Actor

#: The input that says for whom a page was drawn (`accounts.kept_forms`).
SEAL = "drawn_for"
#: Inputs that nobody typed.
NOT_TYPED = frozenset(
    {SEAL, "csrfmiddlewaretoken", "key", "version", "step", "team", "officer", "draft"}
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed before, and when."""

    fields: QueryDict
    at: datetime


def keep(request: HttpRequest) -> str:
    """Keep what was sent with a form that cannot be saved. The page to come back to, or "".

    Only of a form that we drew, and only for the officer for whom we drew it.
    """
    seal = _seal(request)
    if seal is None or not kept_forms.keep(seal, _typed(request)):
        return ""
    return seal.page


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """The way to sign in and back. What was being sent is kept and drawn again, never sent."""
    if request.method == "GET":
        return redirect_to_login(request.get_full_path())
    page = keep(request)
    if not page:
        return redirect("ui:sign-in")
    messages.warning(request, "It was not saved. What you typed is kept for an hour: sign in.")
    return redirect_to_login(page)


def writer(request: HttpRequest) -> str:
    """The public id of the officer for whom the form that was sent was drawn, or ""."""
    seal = _seal(request)
    return seal.user if seal else ""


def typed_before(by: Actor, page: str) -> Typed | None:
    """What the officer had typed on the page when their session ended."""
    found = kept_forms.kept(by, page)
    if found is None:
        return None
    typed, at = found
    fields = QueryDict(mutable=True)
    for name, values in typed.items():
        fields.setlist(name, values)
    return Typed(fields, at)


def lines(request: HttpRequest) -> list[dict[str, Any]]:
    """What was typed, to be copied from a page that could not take it.

    Said back only where the form was ours: a page of another site puts no words into ours.
    """
    if _seal(request) is None:
        return []
    found = ((name, "\n".join(values)) for name, values in _typed(request).items())
    return [
        {"label": name.replace("_", " ").capitalize(), "words": text, "id": f"typed-{name}"}
        for name, text in found
        if " " in text.strip()  # words, and not the value of a choice
    ]


def _seal(request: HttpRequest) -> kept_forms.Seal | None:
    if request.method != "POST":
        return None
    return kept_forms.opened(request.POST.get(SEAL, ""))


def _typed(request: HttpRequest) -> Mapping[str, list[str]]:
    return {
        name: values
        for name, values in request.POST.lists()
        if name not in NOT_TYPED and any(value.strip() for value in values)
    }
