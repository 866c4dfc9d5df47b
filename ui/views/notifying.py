"""A change that a person notified, where no task asked for it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from accounts.actor import Actor
from accounts.policy import Action
from ui.views.page import page
from ui.views.person_form import PersonForm
from workflows.actions.notifying import notify_change as act
from workflows.steps.notification import NotifyChange

FORM = PersonForm(
    route="notify-change",
    shape=NotifyChange,
    action=Action.NOTIFICATION_RECORD,
    act=act,
    title="A change was notified",
    hint="Within three days beginning with the change (SOA 2003 s.84). Another officer checks the "
    "record. A new home stands at once; the one before is kept with its last day.",
    submit="Save notification",
    said="Notification saved. Another officer checks it.",
    icon="calendar",
    decides=True,
)


@page(FORM.action, "GET", "HEAD", "POST")
def notify_change(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """The form of a change, and recording that it was notified."""
    return FORM.answer(request, by, person)
