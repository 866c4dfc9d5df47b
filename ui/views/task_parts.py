"""One task's page, part by part: facts in, words and addresses of pages out."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action, grant, shows_all
from audit.record import consult
from offenders.models import Offender
from risk.models import Rating, Trend
from ui import words
from ui.views.page import marker_lines, person_line
from ui.views.review_parts import review_beside, visit_to_review
from ui.views.written import facts_of
from workflows.errors import NotVisible
from workflows.models import SUPERVISED, Kind, Task, Visit
from workflows.queries import assessing
from workflows.queries import person as people
from workflows.queries import task as reads
from workflows.queries.same_home import AtSameHome, at_same_home
from workflows.queries.task_rows import title
from workflows.queries.unfound import awaiting, reported_on
from workflows.steps import FORMS


def looked_at(by: Actor, found: Task) -> None:
    """Put the look at a task on record, before its page is sent."""
    consult(
        by=by,
        action=Action.TASK_VIEW,
        offender_id=found.offender_id,
        subject=f"task:{found.public_id}",
        purpose=("task", str(found.public_id)),
    )


def task_line(found: Task) -> dict[str, Any]:
    return {
        "public_id": found.public_id,
        "kind": found.kind,
        "kind_label": title(found.kind, found.step),
        "due_on": found.due_on if found.is_open else None,
        "person_id": person_of(found).public_id,
        "version": found.version,
    }


def person(found: Task) -> dict[str, Any]:
    markers = people.markers_of([found.offender_id]).get(found.offender_id, [])
    return person_line(person_of(found)) | {"markers": marker_lines(markers)}


def person_of(found: Task) -> Offender:
    """Whom it is about: every human step has a person, by constraint."""
    if found.offender is None:
        raise NotVisible
    return found.offender


def step_label(found: Task) -> str:
    """The step's own name, where the head of the page names something else."""
    return "What happened" if found.step == "record_outcome" else ""


def held_by(by: Actor, found: Task) -> str:
    if found.owner is None or found.owner_id == by.user_id:
        return ""
    return found.owner.display_name


def beside(by: Actor, found: Task) -> dict[str, Any]:
    """What stands beside the form: why it is due, the last visits, a shared address."""
    today = timezone.localdate()
    if not found.is_open:
        return {}
    visits = people.last_visits_of([found.offender_id]).get(found.offender_id, [])
    is_visit = found.kind == Kind.HOME_VISIT
    is_told = is_visit and shows_all(by, Action.TASK_VIEW)
    others = at_same_home(by, found)
    permission = grant(by, Action.ADDRESS_REVEAL)
    return {
        "last_visits": [visit_line(visit) for visit in visits] if is_visit else [],
        "contributions": [
            {"points": part.points, "words": words.reason_words(part.code, part.value)}
            for part in reads.reasons(by, found, today)
        ],
        "awaiting": awaiting(person_of(found)) if is_told else None,
        "warnings": _warnings(others) if is_visit else _untrained(by, found),
        "same_home": [line for other in others for line in _visit_too(other)],
        "can_reveal": is_visit and permission is not None and not permission.reason,
        "case": review_beside(by, person_of(found), today) if found.kind in SUPERVISED else None,
        "reviewed": visit_to_review(found) if shows_all(by, Action.TASK_VIEW) else None,
    }


def visit_line(visit: Visit) -> dict[str, Any]:
    """A past visit or attempt: its moment, or the day alone where nothing more is known."""
    return {
        "at": visit.occurred_at,
        "on": visit.occurred_on,
        "outcome_label": str(Visit.Outcome(visit.outcome).label),
    }


def _warnings(others: list[AtSameHome]) -> list[str]:
    """Others at the same home whom the viewer may see: one trip, separate records (PRACTICE 12)."""
    if not others:
        return []
    named = ", ".join(other.person.source_ref for other in others)
    return [f"{named} lives at the same address. One trip can do for both; record each by itself."]


def _visit_too(other: AtSameHome) -> list[dict[str, Any]]:
    """The visit to somebody at the same home, where one is to be made."""
    if other.visit is None:
        return []
    url = reverse("ui:task", args=[other.visit.public_id])
    return [{"reference": other.person.source_ref, "due_on": other.visit.due_on, "url": url}]


def compared(by: Actor, found: Task) -> dict[str, Any] | None:
    """The ratings that a step decides on beside those of the assessment before; None where none."""
    assessment = assessing.waiting_of(found) if found.is_open else None
    if assessment is None or not shows_all(by, Action.TASK_VIEW):
        return None
    rows, since = assessing.compared(assessment)
    if not rows:
        return None
    return {
        "since": since,
        "rows": [
            {
                "name": row.name,
                "was": _rating_words(row.was),
                "now": _rating_words(row.now),
                "trend": Trend(row.trend).label if row.trend else "",
                "differs": row.differs,
                "evidence": row.evidence,
            }
            for row in rows
        ],
    }


def _rating_words(rating: str) -> str:
    return str(Rating(rating).label) if rating else "Not rated"


def _untrained(by: Actor, found: Task) -> list[str]:
    """Before anything is typed: the tools with which the viewer may not assess today."""
    if found.step != "assess" or by.user_id is None:
        return []
    tools = assessing.untrained_for(by.user_id, assessing.tools_of(found), timezone.localdate())
    return [
        f"Your training in {tool.name} is not in date. Somebody who has it must assess."
        for tool in tools
    ]


def earlier(by: Actor, found: Task) -> list[dict[str, Any]]:
    """What was written before: whoever reviews or endorses must see what they decide on."""
    steps_before = reads.earlier_of(found)
    return [
        _finished(by, step) | {"id": f"earlier-{place}"}
        for place, step in enumerate(steps_before, start=1)
    ] + _reported(by, found)


def _reported(by: Actor, found: Task) -> list[dict[str, Any]]:
    """What was reported of a person, for who confirms, verifies or enquires."""
    if not shows_all(by, Action.TASK_VIEW):
        return []
    return [
        {
            "id": f"reported-{place}",
            "words": one.title,
            "by": one.by.display_name if one.by else "",
            "at": one.at,
            "facts": facts_of(one.shape, one.row),
        }
        for place, one in enumerate(reported_on(found), start=1)
    ]


def _finished(by: Actor, found: Task) -> dict[str, Any]:
    """Who did a step, when, and what was written where the viewer's grant leaves nothing out."""
    done = found.status == "DONE"
    written = reads.written_by(by, found) if done and shows_all(by, Action.TASK_VIEW) else None
    return {
        "words": f"{title(found.kind, found.step)}: {'done' if done else 'no longer needed'}",
        "by": found.owner.display_name if found.owner else "",
        "at": found.finished,
        "facts": facts_of(FORMS[found.step], written) if written else [],
    }


def done(by: Actor, found: Task) -> dict[str, Any]:
    """Who did it and when, what was written, and what comes next."""
    following = reads.next_of(by, found)
    return _finished(by, found) | {
        "next": following
        and {
            "label": title(following.kind, following.step),
            "url": reverse("ui:task", args=[following.public_id]),
        },
    }
