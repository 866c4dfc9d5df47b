"""A significant change in one person's life."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from accounts.actor import Actor
from accounts.policy import Action
from ui.views.page import page
from ui.views.person_form import PersonForm
from workflows.actions.changes import record_change
from workflows.steps.change import RecordChange

FORM = PersonForm(
    route="significant-change",
    shape=RecordChange,
    action=Action.CHANGE_RECORD,
    act=record_change,
    title="Significant change",
    hint="A risk reassessment is due soon after it.",
    submit="Save change",
    said="Change saved. The reassessment is brought forward.",
    icon="significant_change",
)


@page(FORM.action, "GET", "HEAD", "POST")
def significant_change(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """The form of a change, and recording it."""
    return FORM.answer(request, by, person)
