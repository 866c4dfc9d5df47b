"""A particular action about one person, with a day."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from accounts.actor import Actor
from accounts.policy import Action
from ui.views.page import page
from ui.views.person_form import PersonForm
from workflows.actions.case_actions import raise_action
from workflows.steps import RaiseAction

FORM = PersonForm(
    route="case-action",
    shape=RaiseAction,
    action=Action.CASE_ACTION_RAISE,
    act=raise_action,
    title="Action",
    hint="It becomes a task of whoever does it, due on the day you give.",
    submit="Save action",
    said="Action saved.",
    icon="case_action",
)


@page(FORM.action, "GET", "HEAD", "POST")
def case_action(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """The form of an action, and raising it."""
    return FORM.answer(request, by, person)
