"""Why a task stands where it does: reasons, what changed since a day, what a visit would do."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action, grant
from offenders.errors import Invalid
from risk.differences import Difference
from risk.indicator_types import type_of
from ui import words
from ui.views import task_parts as parts
from ui.views.page import READ, page, show, trail
from workflows.errors import TaskNotOpen
from workflows.models import Task
from workflows.queries import task as reads
from workflows.queries.explaining import Behind, Explanation, IfVisited, Since, explanation
from workflows.queries.standing import known_from
from workflows.reason_words import difference_words

#: How far back what changed is shown where nobody says since when, days.
USUAL_DAYS = 7


@page(Action.TASK_VIEW, *READ)
def why(request: HttpRequest, by: Actor, task: UUID) -> HttpResponse:
    """What changed since a London day, from its first moment of which what was known is kept.

    Unless another is asked for it is a week ago, or the day since which that is kept.
    """
    found = reads.visible(by, task)
    today = timezone.localdate()
    kept = known_from()
    since, refused = _day(request.GET.get("since", ""), today, timezone.localdate(kept))
    told, refused = _told(by, found, None if refused else _moment(since, kept), refused)
    parts.looked_at(by, found)
    person, here = parts.person(found), reverse("ui:task", args=[found.public_id])
    context = {
        "section": "tasks",
        "trail": trail(
            ("My tasks", reverse("ui:tasks")), (found.process.offender.source_ref, here)
        ),
        "task": parts.task_line(found),
        "person": person,
        "since_on": since,
        "refused": refused,
        "may_disagree": grant(by, Action.PRIORITY_DISAGREE) is not None,
        "told": told and _lines(told),
    }
    return show(request, "why.html", context, status=400 if refused else 200)


def _day(typed: str, today: dt.date, first: dt.date) -> tuple[dt.date, str]:
    """The day that was typed; else the usual one, or the `first` of which something is kept."""
    usual = max(today - dt.timedelta(days=USUAL_DAYS), first)
    if not typed:
        return usual, ""
    try:
        return dt.date.fromisoformat(typed), ""
    except ValueError:
        return usual, "Enter a real date."


def _told(
    by: Actor, found: Task, since: dt.datetime | None, refused: str
) -> tuple[Explanation | None, str]:
    """The explanation; without what changed where that cannot be told, and then why not."""
    try:
        return explanation(by, found, since=since), refused
    except TaskNotOpen:
        return None, ""
    except Invalid as error:
        return explanation(by, found), error.message


def _moment(day: dt.date, kept: dt.datetime) -> dt.datetime:
    """The first of a London day from `kept` on, where that is of it."""
    midnight = timezone.make_aware(dt.datetime.combine(day, dt.time()))
    return kept if day == timezone.localdate(kept) else midnight


def _lines(told: Explanation) -> dict[str, Any]:
    return {
        "score": told.row.score,
        "is_critical": told.row.unactioned_critical,
        "contributions": [
            {"points": part.points, "words": words.reason_words(part.code, part.value)}
            for part in told.row.reasons
        ],
        "indicators": [_behind(one) for one in told.indicators],
        "since": told.since and _since(told.since),
        "if_visited": told.if_visited and _if_visited(told.if_visited),
    }


def _behind(one: Behind) -> dict[str, Any]:
    found = one.indicator
    return {
        "points": one.points,
        "name": type_of(found.code).name,
        "grade": f"{found.source_grade}{found.assessment_grade}",
        "received_at": found.received_at,
        "is_fading": one.is_fading,
    }


def _since(found: Since) -> dict[str, Any]:
    return {"score": found.score, "lines": [_difference(one) for one in found.differences]}


def _if_visited(found: IfVisited) -> dict[str, Any]:
    return {
        "place": found.move.was,
        "becomes": found.move.becomes,
        "among": found.among,
        "next_due_on": found.next_due_on,
    }


def _difference(one: Difference) -> dict[str, Any]:
    return {"points": f"{one.points:+d}", "words": difference_words(one)}
