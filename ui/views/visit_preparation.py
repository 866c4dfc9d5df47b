"""Before a visit: its preparation, and the timer of who goes alone."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action, shows_all
from ui import words
from ui.views.page import page, say, see_other
from ui.views.task_form import TaskForm
from workflows.actions.lone_timers import end_lone_visit, start_lone_visit
from workflows.actions.lone_visits import is_never_alone
from workflows.actions.naming import authorise_by_staff_number
from workflows.actions.preparing import prepare_visit
from workflows.errors import NotVisible
from workflows.models import LoneVisitWatch, Task, VisitPreparation
from workflows.queries.preparation import (
    authority_of,
    blank_checks,
    is_late,
    prepared_for,
    watch_of,
    who_authorises,
)
from workflows.steps.visit_preparation import (
    AuthoriseAlone,
    EndLoneVisit,
    PrepareVisit,
    StartLoneVisit,
)

PREPARE = TaskForm(
    route="prepare-visit",
    shape=PrepareVisit,
    action=Action.VISIT_PREPARE,
    act=prepare_visit,
    title="Prepare the visit",
    hint="Each system with when it was looked at, or why not. A visit without checks is recorded "
    "all the same, and says so.",
    submit="Save preparation",
    said="Preparation saved.",
    icon="home_visit",
    starts=lambda task: blank_checks(),
)


def _ask(task: Task) -> tuple[str, str]:
    """Where to ask for authority, while nobody gave it."""
    if task.offender is None or authority_words(task):
        return "", ""
    return reverse("ui:case-action", args=[task.offender.public_id]), "Ask for it by an action"


def _alone(task: Task) -> str:
    """Whether anybody may go alone, and who gives authority where nobody may yet."""
    authority = authority_words(task)
    if authority:
        return authority
    able = [one.display_name for one in who_authorises(task)]
    names, give = ", ".join(able) or "an inspector", "give" if len(able) > 1 else "gives"
    person = task.offender
    is_never = person is not None and is_never_alone(person, timezone.localdate())
    never = "It is refused for this person. " if is_never else ""
    return (
        "The timer gives no authority: going alone needs it beforehand, for this visit, and none "
        f"was given. {never}Ask {names}, who {give} it on the page of this task."
    )


START = TaskForm(
    route="start-lone-visit",
    shape=StartLoneVisit,
    action=Action.LONE_VISIT_START,
    act=start_lone_visit,
    title="Going in alone",
    hint="If you have not said by then that you are safe, supervisors and the inspector are told.",
    submit="Start the timer",
    said="The timer runs. Say when you are safe.",
    icon="lone_visit",
    besides=_alone,
    leads=_ask,
)
END = TaskForm(
    route="end-lone-visit",
    shape=EndLoneVisit,
    action=Action.LONE_VISIT_END,
    act=end_lone_visit,
    title="Safe",
    submit="I am safe",
    said="The timer has ended.",
    icon="lone_visit",
)

AUTHORISE = TaskForm(
    route="authorise-lone-visit",
    shape=AuthoriseAlone,
    action=Action.LONE_VISIT_AUTHORISE,
    act=authorise_by_staff_number,
    title="Authority to go alone",
    hint="Beforehand, for this visit and one attempt.",
    submit="Give authority",
    said="Authority given.",
    icon="lone_visit",
)


@page(PREPARE.action, "GET", "HEAD", "POST")
def prepare(request: HttpRequest, by: Actor, task: UUID) -> HttpResponse:
    """The form of a preparation, and writing it down."""
    return PREPARE.answer(request, by, task)


@page(START.action, "GET", "HEAD", "POST")
def start_alone(request: HttpRequest, by: Actor, task: UUID) -> HttpResponse:
    """Starting the timer of a lone visit."""
    return START.answer(request, by, task)


@page(END.action, "GET", "HEAD", "POST")
def end_alone(request: HttpRequest, by: Actor, task: UUID) -> HttpResponse:
    """Ending the timer of a lone visit; one's own also where the person is out of one's sight."""
    try:
        return END.answer(request, by, task)
    except NotVisible:
        if request.method != "POST":
            raise
        end_lone_visit(by=by, task=task)
        say(request, END.said)
        return see_other("ui:tasks")


@page(AUTHORISE.action, "GET", "HEAD", "POST")
def authorise_alone(request: HttpRequest, by: Actor, task: UUID) -> HttpResponse:
    """Giving authority to go alone."""
    return AUTHORISE.answer(request, by, task)


def before_visit(by: Actor, found: Task, allowed: list[str]) -> dict[str, Any]:
    """What the page of a visit shows of what goes before it, and what it offers. Two reads more."""
    shows_text = shows_all(by, Action.TASK_VIEW)
    prepared, missing = prepared_for(found) if found.is_open and shows_text else (None, [])
    watch = watch_of(found) if "end_lone_visit" in allowed else None
    routes = {
        "prepare": ("ui:prepare-visit", "Prepare the visit"),
        "authorise_lone_visit": ("ui:authorise-lone-visit", "Authorise going alone"),
        "start_lone_visit": ("ui:start-lone-visit", "Going in alone"),
        "end_lone_visit": ("ui:end-lone-visit", "I am safe"),
    }
    return {
        "preparation": preparation_facts(prepared) if prepared else [],
        "unchecked": ", ".join(missing),
        "authority": authority_words(found) if "record_outcome" in allowed else "",
        "watch": watch_line(watch) if watch else None,
        "offered": [
            {"url": reverse(route, args=[found.public_id]), "label": label}
            for name, (route, label) in routes.items()
            if name in allowed
        ],
    }


def authority_words(found: Task) -> str:
    """Who may go alone to the visit that is to be made, and who said so."""
    authority = authority_of(found)
    if authority is None:
        return ""
    goes, said = authority.officer.display_name, authority.authorised_by.display_name
    return f"{goes} may go alone, once. Authorised by {said}, {_moment(authority.authorised_at)}."


def watch_line(watch: LoneVisitWatch) -> dict[str, Any]:
    """Who is out alone, until when, and whether it rang."""
    return {
        "officer": watch.officer.display_name,
        "until": watch.expected_end_at,
        "rang": watch.alarm_raised_at is not None,
    }


def preparation_facts(prepared: VisitPreparation) -> list[dict[str, str]]:
    """A preparation as pairs of label and words."""
    by = f"{prepared.prepared_by.display_name}, {_moment(prepared.prepared_at)}"
    going = [one.user.display_name for one in prepared.staff.all()] + [prepared.partner]
    facts = [
        ("Written down after the visit" if is_late(prepared) else "Prepared by", by),
        ("Purposes", ", ".join(one.get_purpose_display() for one in prepared.purposes.all())),
        ("Safety", prepared.get_safety_level_display()),
        ("Dangers and precautions", prepared.safety_assessment),
        ("Going", ", ".join(filter(None, going))),
        ("Planned", _moment(prepared.planned_at) if prepared.planned_at else ""),
        *(
            (
                check.get_system_display(),
                _moment(check.done_at) if check.done_at else f"Not done: {check.not_done_reason}",
            )
            for check in prepared.checks.all()
        ),
    ]
    return [{"label": label, "words": said} for label, said in facts if said]


def _moment(at: Any) -> str:
    return words.london_moment(at)
