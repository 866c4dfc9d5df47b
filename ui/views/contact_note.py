"""A contact that is not a visit."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from accounts.actor import Actor
from accounts.policy import Action
from ui.views.page import page
from ui.views.person_form import PersonForm
from workflows.actions import people as actions
from workflows.steps.notes import AddContactNote

FORM = PersonForm(
    route="contact-note",
    shape=AddContactNote,
    action=Action.CONTACT_NOTE_ADD,
    act=actions.add_contact_note,
    title="Contact note",
    hint="A note is not a visit: it does not move the visit date.",
    submit="Save note",
    said="Note saved.",
    icon="contact_note",
)


@page(FORM.action, "GET", "HEAD", "POST")
def contact_note(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """The form of a note, and keeping it."""
    return FORM.answer(request, by, person)
