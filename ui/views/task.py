"""One task: its form, whoever may fill it in; what was written, when it is done."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from rest_framework.serializers import Serializer

from accounts.actor import Actor
from accounts.policy import Action, grant, shows_all
from audit.record import consult
from offenders.errors import Invalid, RuleBroken, Stale
from offenders.models import Offender
from ui import forms, posting, words
from ui.views.page import marker_lines, page, person_line, say, see_other, show, trail
from ui.views.written import facts_of
from workflows.actions import steps
from workflows.actions import tasks as actions
from workflows.errors import NotVisible
from workflows.models import Kind, Task, Visit
from workflows.queries import person as people
from workflows.queries import task as reads
from workflows.queries.task_rows import title
from workflows.steps import FORMS

#: Words of the page while a step is saved as it was opened, and when someone was faster.
STALE = "This has changed since you opened it. Check what is new and send it again."

SUBMIT = {
    "record_outcome": "Save outcome",
    "write_up": "Save write-up",
    "assess": "Send for endorsement",
    "propose_end": "Send for endorsement",
}
HINTS = {"record_outcome": "Two minutes at the door. The full write-up comes after."}
SAID = {
    "record_outcome": "Outcome saved.",
    "write_up": "Write-up saved.",
    "claim": "The task is yours.",
    "release": "The task is back with the team.",
}


@page(Action.TASK_VIEW, "GET", "HEAD", "POST")
def task(request: HttpRequest, by: Actor, task: UUID) -> HttpResponse:
    """What must be recorded, and recording it. The action decides again what the page offers."""
    found = reads.visible(by, task)
    if request.method != "POST":
        return _shown(request, by, found)
    wanted = request.POST.get("step", "")
    if wanted in ("claim", "release"):
        return _moved(request, by, found, wanted)
    return _completed(request, by, found, wanted)


def _completed(request: HttpRequest, by: Actor, found: Task, step: str) -> HttpResponse:
    # A form of another step was open too long: what is open now is shown.
    shape = FORMS.get(found.step if step == found.step else "")
    if shape is None:
        return _shown(request, by, found, refusals={"": [STALE]}, status=412)
    form = shape(data=forms.read(request.POST, shape))
    if not form.is_valid():
        return _shown(request, by, found, form=form, status=400)

    def run() -> HttpResponse:
        steps.complete_step(
            by=by,
            task=found.public_id,
            step=step,
            values=form.validated_data,
            version=_version(request),
        )
        return _after(by, found)

    try:
        answer, is_replay = posting.once(
            request,
            by,
            run,
            action=Action.TASK_VIEW,
            offender_id=found.offender_id,
            subject=f"task:{found.public_id}",
        )
    except Invalid as error:
        refused = {error.field: [error.message]}
        return _shown(request, by, found, form=form, refusals=refused, status=400)
    except Stale:
        found = reads.visible(by, found.public_id)
        return _shown(request, by, found, form=form, refusals={"": [STALE]}, status=412)
    except RuleBroken as error:
        found = reads.visible(by, found.public_id)
        refused = {"": [error.message]}
        return _shown(request, by, found, form=form, refusals=refused, status=409)
    if not is_replay:
        say(request, SAID.get(step, "Saved."))
    return answer


def _after(by: Actor, found: Task) -> HttpResponse:
    """What was done; the list, for who kept a write-up of a person that has left their reach."""
    try:
        reads.visible(by, found.public_id)
    except NotVisible:
        return see_other("ui:tasks")
    return see_other("ui:task", found.public_id)


def _moved(request: HttpRequest, by: Actor, found: Task, wanted: str) -> HttpResponse:
    act = actions.claim if wanted == "claim" else actions.release
    act(by=by, task=found.public_id, version=_version(request))
    say(request, SAID[wanted])
    return see_other("ui:task", found.public_id)


def _version(request: HttpRequest) -> int:
    """The version that the page was made from; a page without one is stale."""
    typed = request.POST.get("version", "")
    if not typed.isascii() or not typed.isdigit() or len(typed) > len("2147483647"):
        raise Stale
    return int(typed)


def _shown(
    request: HttpRequest,
    by: Actor,
    found: Task,
    *,
    form: Serializer | None = None,
    refusals: Mapping[str, list[str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    allowed = actions.allowed_actions(by=by, task=found)
    context = {
        "section": "tasks",
        "trail": trail(("My tasks", reverse("ui:tasks"))),
        "refusals": refusals or {},
        "key": posting.new_key(),
        "task": _task_line(found),
        "person": _person(found),
        "form": _form(found, form, allowed),
        "step": {
            "name": found.step,
            "label": _step_label(found),
            "submit_label": SUBMIT.get(found.step, "Save"),
            "hint": HINTS.get(found.step, ""),
        },
        "can_claim": "claim" in allowed,
        "can_release": "release" in allowed,
        "held_by": _held_by(by, found),
        "done": None if found.is_open else _done(by, found),
        "earlier": _earlier(by, found) if found.is_open else [],
        **_beside(by, found),
    }
    consult(
        by=by,
        action=Action.TASK_VIEW,
        offender_id=found.offender_id,
        subject=f"task:{found.public_id}",
        purpose=("task", str(found.public_id)),
    )
    return show(request, "task.html", context, status=status)


def _task_line(found: Task) -> dict[str, Any]:
    return {
        "public_id": found.public_id,
        "kind": found.kind,
        "kind_label": title(found.kind, found.step),
        "due_on": found.due_on if found.is_open else None,
        "person_id": _about(found).public_id,
        "version": found.version,
    }


def _person(found: Task) -> dict[str, Any]:
    markers = people.markers_of([found.offender_id]).get(found.offender_id, [])
    return person_line(_about(found)) | {"markers": marker_lines(markers)}


def _about(found: Task) -> Offender:
    """Whom it is about: every human step has a person, by constraint."""
    if found.offender is None:
        raise NotVisible
    return found.offender


def _form(found: Task, form: Serializer | None, allowed: list[str]) -> Serializer | None:
    """The form as it was sent, or empty; none for who may not fill it in, or once it is done."""
    if not found.is_open or found.step not in allowed:
        return None
    return form or FORMS[found.step]()


def _step_label(found: Task) -> str:
    """The step's own name, where the head of the page names something else."""
    return "What happened" if found.step == "record_outcome" else ""


def _held_by(by: Actor, found: Task) -> str:
    if found.owner is None or found.owner_id == by.user_id:
        return ""
    return found.owner.display_name


def _beside(by: Actor, found: Task) -> dict[str, Any]:
    """What stands beside the form: why it is due, the last visits, a shared address."""
    today = timezone.localdate()
    if not found.is_open:
        return {}
    visits = people.last_visits_of([found.offender_id]).get(found.offender_id, [])
    is_visit = found.kind == Kind.HOME_VISIT
    permission = grant(by, Action.ADDRESS_REVEAL)
    return {
        "last_visits": [visit_line(visit) for visit in visits] if is_visit else [],
        "contributions": [
            {"points": part.points, "words": words.reason_words(part.code, part.value)}
            for part in reads.reasons(found, today)
        ],
        "warnings": _warnings(by, found) if is_visit else [],
        "can_reveal": is_visit and permission is not None and not permission.reason,
    }


def visit_line(visit: Visit) -> dict[str, Any]:
    """A past visit or attempt: its moment, or the day alone where nothing more is known."""
    return {
        "at": visit.occurred_at,
        "on": visit.occurred_on,
        "outcome_label": str(Visit.Outcome(visit.outcome).label),
    }


def _warnings(by: Actor, found: Task) -> list[str]:
    """Others at the same home whom the viewer may see: one trip, separate records (PRACTICE 12)."""
    others = people.others_at_home(by, _about(found))
    if not others:
        return []
    named = ", ".join(other.source_ref for other in others)
    return [f"{named} lives at the same address. One trip can do for both; record each by itself."]


def _earlier(by: Actor, found: Task) -> list[dict[str, Any]]:
    """What was written before: whoever reviews or endorses must see what they decide on."""
    steps_before = reads.earlier_of(found)
    return [
        _finished(by, step) | {"id": f"earlier-{place}"}
        for place, step in enumerate(steps_before, start=1)
    ]


def _finished(by: Actor, found: Task) -> dict[str, Any]:
    """Who did a step, when, and what was written where the viewer's grant leaves nothing out."""
    done = found.status == "DONE"
    written = reads.written_by(found) if done and shows_all(by, Action.TASK_VIEW) else None
    return {
        "words": f"{title(found.kind, found.step)}: {'done' if done else 'no longer needed'}",
        "by": found.owner.display_name if found.owner else "",
        "at": found.finished,
        "facts": facts_of(FORMS[found.step], written) if written else [],
    }


def _done(by: Actor, found: Task) -> dict[str, Any]:
    """Who did it and when, what was written, and what comes next."""
    following = reads.next_of(by, found)
    return _finished(by, found) | {
        "next": following
        and {
            "label": title(following.kind, following.step),
            "url": reverse("ui:task", args=[following.public_id]),
        },
    }
