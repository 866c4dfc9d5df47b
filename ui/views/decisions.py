"""What is decided about a person beside any task: status, level, mode, a visit sooner, a tie."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from rest_framework.serializers import Serializer

from accounts.actor import Actor
from accounts.policy import Action
from offenders.models import ManagementMode, Offender
from ui import words
from ui.views.page import page
from ui.views.person_form import PersonForm
from workflows.actions import people
from workflows.actions.naming import declare_by_staff_number
from workflows.actions.voiding import void_visit
from workflows.errors import NotVisible
from workflows.models import Visit
from workflows.obligations.visits import RANK
from workflows.steps import managing

STATUS = PersonForm(
    route="change-status",
    shape=managing.ChangeStatus,
    action=Action.STATUS_CHANGE,
    act=people.change_status,
    title="Change status",
    hint="Custody, hospital, release or a stay abroad. What is due is worked out again at once.",
    submit="Save status",
    said="Status saved. What is due was worked out again.",
    icon="address",
    decides=True,
)


def _higher(form: Serializer, person: Offender) -> Serializer:
    """`form` with the levels to which the person's can be raised, and no other."""
    field: Any = form.fields["level"]
    now = RANK[person.management_level]
    field.choices = [(level, label) for level, label in managing.LEVELS if RANK[level] > now]
    return form


LEVEL = PersonForm(
    route="change-level",
    shape=managing.ChangeLevel,
    action=Action.LEVEL_CHANGE,
    act=people.change_level,
    title="Raise the level",
    hint="Due dates follow at once. A lower level takes an assessment that another officer "
    "endorses.",
    submit="Save level",
    said="Level saved. Due dates were worked out again.",
    icon="assessment",
    fits=_higher,
    decides=True,
)
MODE = PersonForm(
    route="change-mode",
    shape=managing.ManageActively,
    action=Action.MODE_CHANGE,
    act=partial(people.change_mode, mode=ManagementMode.ACTIVE),
    title="Manage actively again",
    hint="Reactive management ends: a home visit is due soon after.",
    submit="Save decision",
    said="Managed actively again. A home visit is due.",
    icon="active_again",
    decides=True,
)
SOONER = PersonForm(
    route="bring-visit-forward",
    shape=managing.BringVisitForward,
    action=Action.VISIT_BRING_FORWARD,
    act=people.bring_visit_forward,
    title="Bring the visit forward",
    hint="A direction, kept with its reason. It never puts a visit off.",
    submit="Save direction",
    said="The visit is brought forward.",
    icon="visit",
    decides=True,
)
CONFLICT = PersonForm(
    route="declare-conflict",
    shape=managing.DeclareConflict,
    action=Action.CONFLICT_DECLARE,
    act=declare_by_staff_number,
    title="Declare a conflict of interest",
    hint="From then on whoever has the tie sees nothing of this person, and their open work on "
    "them goes to the supervisor. You cannot take it back yourself.",
    submit="Declare conflict",
    said="Conflict declared.",
    icon="person",
    decides=True,
)


def _visit_words(person: Offender, visit: UUID) -> str:
    """Which visit it is, as the timeline names it."""
    found = person.visits.filter(public_id=visit).first()
    if found is None:
        raise NotVisible
    outcome = str(Visit.Outcome(found.outcome).label)
    at = found.occurred_at
    when = words.london_moment(at) if at else words.long_day(found.occurred_on)
    return f"{outcome}, {when}"


VOID = PersonForm(
    route="void-visit",
    shape=managing.VoidVisit,
    action=Action.VISIT_VOID,
    act=void_visit,
    title="Void a visit",
    hint="It is kept, with why, and counts no more. What is due is worked out again without it.",
    submit="Void visit",
    said="The visit is void. What is due was worked out again.",
    icon="visit",
    besides=_visit_words,
    decides=True,
)


@page(STATUS.action, "GET", "HEAD", "POST")
def change_status(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """Saying where the person is from a day on."""
    return STATUS.answer(request, by, person)


@page(LEVEL.action, "GET", "HEAD", "POST")
def change_level(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """Raising the management level outside an assessment."""
    return LEVEL.answer(request, by, person)


@page(MODE.action, "GET", "HEAD", "POST")
def change_mode(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """Ending reactive management."""
    return MODE.answer(request, by, person)


@page(SOONER.action, "GET", "HEAD", "POST")
def bring_visit_forward(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """Directing that the next visit is made sooner."""
    return SOONER.answer(request, by, person)


@page(CONFLICT.action, "GET", "HEAD", "POST")
def declare_conflict(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """Declaring a tie between an officer and the person."""
    return CONFLICT.answer(request, by, person)


@page(VOID.action, "GET", "HEAD", "POST")
def void(request: HttpRequest, by: Actor, person: UUID, visit: UUID) -> HttpResponse:
    """Voiding a visit that was entered wrongly."""
    return VOID.answer(request, by, person, visit=visit)
