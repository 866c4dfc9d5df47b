"""A contact that is not a visit."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from rest_framework.serializers import Serializer

from accounts import kept_forms
from accounts.actor import Actor
from accounts.policy import Action
from audit.record import consult
from offenders.errors import Invalid
from offenders.models import Offender
from ui import forms, kept, posting
from ui.views.page import marker_lines, page, person_line, say, see_other, show, trail
from workflows.actions import people as actions
from workflows.queries import person as reads
from workflows.steps.notes import AddContactNote


@page(Action.CONTACT_NOTE_ADD, "GET", "HEAD", "POST")
def contact_note(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """The form of a note, and keeping it."""
    found = reads.visible(by, person, Action.CONTACT_NOTE_ADD)
    address = reverse("ui:contact-note", args=[person])
    if request.method != "POST":
        return _typed_before(request, by, found)
    if "forget" in request.POST:
        kept_forms.forget(by, address)
        return see_other("ui:contact-note", person)
    form = AddContactNote(data=forms.read(request.POST, AddContactNote))
    if not form.is_valid():
        return _shown(request, by, found, form, status=400)

    def run() -> HttpResponse:
        actions.add_contact_note(by=by, offender=person, **form.validated_data)
        return see_other("ui:person", person)

    try:
        answer, is_replay = posting.once(
            request, by, run, action=Action.CONTACT_NOTE_ADD, offender_id=found.pk
        )
    except Invalid as error:
        refusals = {error.field: [error.message]}
        return _shown(request, by, found, form, refusals=refusals, status=400)
    if not is_replay:
        kept_forms.forget(by, address)
        say(request, "Note saved.")
    return answer


def _typed_before(request: HttpRequest, by: Actor, found: Offender) -> HttpResponse:
    """The page; with what was typed on it before the officer's session ended, if anything."""
    typed = kept.typed_before(by, reverse("ui:contact-note", args=[found.public_id]))
    if typed is None:
        return _shown(request, by, found, AddContactNote())
    form = AddContactNote(forms.read(typed.fields, AddContactNote))
    return _shown(request, by, found, form, kept_at=typed.at)


def _shown(
    request: HttpRequest,
    by: Actor,
    found: Offender,
    form: Serializer,
    *,
    refusals: dict[str, Any] | None = None,
    kept_at: datetime | None = None,
    status: int = 200,
) -> HttpResponse:
    consult(by=by, action=Action.CONTACT_NOTE_ADD, offender_id=found.pk)
    url = reverse("ui:person", args=[found.public_id])
    markers = reads.markers_of([found.pk]).get(found.pk, [])
    context = {
        "section": "people",
        "trail": trail(("People", reverse("ui:people")), (found.source_ref, url)),
        "person": person_line(found) | {"markers": marker_lines(markers)},
        "form": form,
        "refusals": refusals or {},
        "key": posting.new_key(),
        "kept_at": kept_at,
        "drawn_for": kept_forms.sealed(by, reverse("ui:contact-note", args=[found.public_id])),
    }
    return show(request, "contact_note.html", context, status=status)
