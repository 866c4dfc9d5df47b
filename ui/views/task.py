"""One task: its form, whoever may fill it in; what was written, when it is done."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from rest_framework.serializers import Serializer

from accounts import kept_forms
from accounts.actor import Actor
from accounts.policy import Action, shows_all
from audit.record import consult
from offenders.errors import Invalid, RuleBroken, Stale
from ui import forms, kept, posting
from ui.views import task_parts as parts
from ui.views.page import page, say, see_other, show, trail
from ui.views.proposal_parts import proposed
from ui.views.sending import STALE
from ui.views.task_moves import moves
from ui.views.triage_parts import indicator
from ui.views.visit_preparation import before_visit
from ui.views.written import typed_of
from workflows.actions import steps
from workflows.actions import tasks as actions
from workflows.actions.drafts import save_draft
from workflows.errors import NotVisible
from workflows.models import AssessmentDraft, Task
from workflows.queries import task as reads
from workflows.queries.drafts import draft_of, goes_on_with
from workflows.queries.starting import narrowed
from workflows.steps import FORMS

#: Pressed to let go of what was kept of an earlier try.
FORGET = "forget"
#: Pressed to keep what is written so far.
DRAFT = "draft"
#: What the buttons under the form do.
MOVES: dict[str, Callable[..., Task]] = {"claim": actions.claim, "release": actions.release}

SUBMIT = {
    "review_case": "Save review",
    "check_case": "Save check",
    "record_outcome": "Save outcome",
    "write_up": "Save write-up",
    "assess": "Send for endorsement",
    "propose_end": "Send for endorsement",
    "consider_warrant": "Send to an inspector",
    "draft_plan": "Send for endorsement",
    "triage_indicator": "Save triage",
    "check_triage": "Save decision",
}
HINTS = {"record_outcome": "Two minutes at the door. The full write-up comes after."}
SAID = {
    "review_case": "Review saved.",
    "check_case": "Check saved.",
    "record_outcome": "Outcome saved.",
    "write_up": "Write-up saved.",
    "triage_indicator": "Triage saved.",
    "check_triage": "Decision saved.",
    "claim": "The task is yours.",
    "release": "The task is back with the team.",
    "draft": "Draft saved. Nothing is handed in yet.",
}


@page(Action.TASK_VIEW, "GET", "HEAD", "POST")
def task(request: HttpRequest, by: Actor, task: UUID) -> HttpResponse:
    """What must be recorded, and recording it. The action decides again what the page offers."""
    found = reads.visible(by, task)
    if request.method != "POST":
        return _typed_before(request, by, found)
    if FORGET in request.POST:
        kept_forms.forget(by, _address(found))
        return see_other("ui:task", found.public_id)
    if DRAFT in request.POST:
        return _drafted(request, by, found)
    wanted = request.POST.get("step", "")
    if wanted in MOVES:
        return _moved(request, by, found, wanted)
    return _completed(request, by, found, wanted)


def _typed_before(request: HttpRequest, by: Actor, found: Task) -> HttpResponse:
    """The page; with what was typed on it before the officer's session ended, if anything."""
    typed = kept.typed_before(by, _address(found))
    if typed is None:
        return _shown(request, by, found)
    form = FORMS[found.step](forms.read(typed.fields, FORMS[found.step]))
    return _shown(request, by, found, form=form, kept_at=typed.at)


def _completed(request: HttpRequest, by: Actor, found: Task, step: str) -> HttpResponse:
    shape = FORMS[found.step]
    form = shape(data=forms.read(request.POST, shape))
    if not form.is_valid():
        return _shown(request, by, found, form=form, status=400)

    def run() -> HttpResponse:
        steps.complete_step(
            by=by,
            task=found.public_id,
            step=step,
            values=form.validated_data,
            version=posting.version_read(request),
        )
        return _after(by, found)

    try:
        answer, is_replay = _once(request, by, found, run)
    except Invalid as error:
        refused = error.words()
        return _shown(request, by, found, form=form, refusals=refused, status=400)
    except Stale:
        found = reads.visible(by, found.public_id)
        return _shown(request, by, found, form=form, refusals={"": [STALE]}, status=412)
    except RuleBroken as error:
        found = reads.visible(by, found.public_id)
        refused = {"": [error.message]}
        return _shown(request, by, found, form=form, refusals=refused, status=409)
    if not is_replay:
        kept_forms.forget(by, _address(found))
        say(request, SAID.get(step, "Saved."))
    return answer


def _once(
    request: HttpRequest, by: Actor, found: Task, run: Callable[[], HttpResponse]
) -> tuple[HttpResponse, bool]:
    return posting.once(
        request,
        by,
        run,
        action=Action.TASK_VIEW,
        offender_id=found.offender_id,
        subject=f"task:{found.public_id}",
    )


def _after(by: Actor, found: Task) -> HttpResponse:
    """What was done; the list, for who kept a write-up of a person that has left their reach."""
    try:
        reads.visible(by, found.public_id)
    except NotVisible:
        return see_other("ui:tasks")
    return see_other("ui:task", found.public_id)


def _moved(request: HttpRequest, by: Actor, found: Task, wanted: str) -> HttpResponse:
    def run() -> HttpResponse:
        MOVES[wanted](by=by, task=found.public_id, version=posting.version_read(request))
        return see_other("ui:task", found.public_id)

    answer, is_replay = _once(request, by, found, run)
    if not is_replay:
        say(request, SAID[wanted])
    return answer


def _drafted(request: HttpRequest, by: Actor, found: Task) -> HttpResponse:
    """Keep the form as it was typed, readable or not."""
    shape = FORMS[found.step]
    typed = forms.read(request.POST, shape)

    def run() -> HttpResponse:
        save_draft(by=by, task=found.public_id, values=typed, version=posting.version_read(request))
        return see_other("ui:task", found.public_id)

    try:
        answer, is_replay = _once(request, by, found, run)
    except (Stale, RuleBroken) as error:
        said = STALE if isinstance(error, Stale) else error.message
        status = 412 if isinstance(error, Stale) else 409
        found = reads.visible(by, found.public_id)
        form = shape(typed)
        return _shown(request, by, found, form=form, refusals={"": [said]}, status=status)
    if not is_replay:
        kept_forms.forget(by, _address(found))
        say(request, SAID[DRAFT])
    return answer


def _form(found: Task, form: Serializer | None, draft: AssessmentDraft | None) -> Serializer:
    """What was sent, or the form as it goes on; with what fits the person alone."""
    return narrowed(form or FORMS[found.step](goes_on_with(found, draft)), found)


def _address(found: Task) -> str:
    return reverse("ui:task", args=[found.public_id])


def _shown(
    request: HttpRequest,
    by: Actor,
    found: Task,
    *,
    form: Serializer | None = None,
    refusals: Mapping[str, list[str]] | None = None,
    kept_at: datetime | None = None,
    status: int = 200,
) -> HttpResponse:
    allowed = actions.allowed_actions(by=by, task=found)
    fillable = found.is_open and found.step in allowed
    draft = draft_of(found) if fillable and form is None else None
    context = {
        "section": "tasks",
        "trail": trail(("My tasks", reverse("ui:tasks"))),
        "refusals": refusals or {},
        "key": posting.new_key(),
        "task": parts.task_line(found),
        "person": parts.person(found),
        "subject": reads.subject_of(by, found) if shows_all(by, Action.TASK_VIEW) else "",
        "form": _form(found, form, draft) if fillable else None,
        "draft": draft and {"by": draft.author.display_name, "at": draft.saved_at},
        "can_draft": fillable and DRAFT in allowed,
        "typed": typed_of(form) if form and not fillable else [],
        "kept_at": kept_at,
        "drawn_for": kept_forms.sealed(by, _address(found)),
        "step": {
            "name": found.step,
            "label": parts.step_label(found),
            "submit_label": SUBMIT.get(found.step, "Save"),
            "hint": HINTS.get(found.step, ""),
        },
        "can_claim": "claim" in allowed,
        "can_release": "release" in allowed,
        "held_by": parts.held_by(by, found),
        "done": None if found.is_open else parts.done(by, found),
        "earlier": parts.earlier(by, found) if found.is_open else [],
        "compared": parts.compared(by, found),
        "proposed": proposed(by, found, timezone.localdate()),
        "indicator": indicator(by, found),
        **parts.beside(by, found),
        **before_visit(by, found, allowed),
        **moves(by, found, allowed),
    }
    parts.looked_at(by, found)
    _consult_indicator(by, found, context["indicator"])
    return show(request, "task.html", context, status=status)


def _consult_indicator(by: Actor, found: Task, told: dict[str, Any] | None) -> None:
    """The look at what an indicator says is on record as one at its own page is."""
    if told and told["seen"] is not None:
        consult(
            by=by,
            action=Action.INDICATOR_VIEW,
            offender_id=found.offender_id,
            subject=f"indicator:{told['seen']}",
            purpose=("task", str(found.public_id)),
        )
