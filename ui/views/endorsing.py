"""To endorse: everything that waits for a second person."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Role
from accounts.policy import Action
from audit.record import consult
from ui import words
from ui.views.page import READ, page, show
from workflows.queries.case_reviews import overdue_directions
from workflows.queries.cursor import Cursor
from workflows.queries.endorsing import TITLES, Endorsement, endorsements_page
from workflows.queries.inbox import goes_on

#: Rows of a page.
ROWS = 50


@page(Action.ENDORSEMENT_VIEW, *READ)
def to_endorse(request: HttpRequest, by: Actor) -> HttpResponse:
    """First due first. An inspector may ask for what no supervisor of a team may decide on."""
    today = timezone.localdate()
    step = request.GET.get("step", "")
    step = step if step in TITLES else ""
    only_nobody = request.GET.get("show") == "nobody"
    asked = {"step": step, "show": "nobody" if only_nobody else ""}
    cursor = Cursor(reverse("ui:to-endorse"), asked)
    keys = cursor.read_or_begin(request.GET.get("after", ""))
    found = endorsements_page(
        actor=by,
        today=today,
        step=step or None,
        has_nobody=only_nobody,
        after=_after(keys),
        limit=ROWS,
    )
    ids = [one.task.id for one in found.rows]
    consult(by=by, action=Action.ENDORSEMENT_VIEW, ids=ids, row_count=len(ids), filters=asked)
    context = {
        "section": "endorse",
        "rows": [_line(one, today) for one in found.rows],
        "steps": [
            {"value": value, "label": label, "chosen": value == step}
            for value, label in [("", "All kinds"), *TITLES.items()]
        ],
        "only_nobody": only_nobody,
        "is_inspector": by.role == Role.INSPECTOR,
        "overdue_directions": overdue_directions(by, today),
        "first_url": _address(asked) if request.GET.get("after") else "",
        "next_url": _address(asked | {"after": cursor.write(found.next)}) if found.next else "",
    }
    return show(request, "to_endorse.html", context)


def _line(one: Endorsement, today: dt.date) -> dict[str, Any]:
    waits = (today - one.waiting_since).days
    return {
        "public_id": one.task.id,
        "kind": one.task.kind,
        "title": one.task.title,
        "reference": one.task.reference,
        "surname": one.task.surname,
        "initial": one.task.initial,
        "level": one.task.level,
        "due_on": one.task.due_on,
        "team": one.task.team,
        "waits": words.days(waits) if waits else "Since today",
        "author": one.author,
        "owed": _owed_words(one, today),
        "is_own": one.is_own,
        "has_nobody": one.has_nobody,
    }


def _owed_words(one: Endorsement, today: dt.date) -> str:
    """That the duty is late which waits for the decision; empty where it is not."""
    if one.owed_on is None or one.owed_on >= today:
        return ""
    late = words.days((today - one.owed_on).days)
    return f"{words.kind_words(one.task.kind)} was due {words.long_day(one.owed_on)}: {late} late"


def _after(keys: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    """The key that a page goes on after; the beginning for one of an order before this one."""
    return keys if keys and goes_on(keys, "priority") else None


def _address(asked: dict[str, str]) -> str:
    kept = {name: value for name, value in asked.items() if value}
    return f"{reverse('ui:to-endorse')}?{urlencode(kept)}" if kept else reverse("ui:to-endorse")
