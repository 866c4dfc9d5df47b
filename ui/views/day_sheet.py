"""The visit list for the car: by postcode, with room to write. Printed, so it says by whom."""

import datetime as dt
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action
from audit.record import consult
from ui import words
from ui.views.page import READ, marker_lines, page, person_line, show, trail
from ui.views.task_parts import visit_line
from workflows.queries.day_sheet import SheetVisit, open_visits
from workflows.queries.task_rows import title

#: How far ahead a sheet looks, in days, and what its filter offers.
AHEAD = {"0": "Due by today", "7": "Due in 7 days", "28": "Due in 28 days"}
USUAL = "7"
WHOSE = {"mine": "My visits", "team": "My team's visits"}


@page(Action.DAY_SHEET_PRINT, *READ)
def day_sheet(request: HttpRequest, by: Actor) -> HttpResponse:
    """Open visits due soon and everything overdue, with addresses. Never an offence or a birth."""
    today = timezone.localdate()
    ahead = request.GET.get("ahead", USUAL) if request.GET.get("ahead") in AHEAD else USUAL
    whose = request.GET.get("whose", "mine") if request.GET.get("whose") in WHOSE else "mine"
    due_by = today + dt.timedelta(days=int(ahead))
    sheet = open_visits(by, today=today, due_by=due_by, mine=whose == "mine")
    shown = sheet.visits
    consult(
        by=by,
        action=Action.DAY_SHEET_PRINT,
        ids=[str(visit.task.public_id) for visit in shown],
        row_count=len(shown),
        filters={"due_by": due_by, "whose": whose},
    )
    context = {
        "section": "tasks",
        "trail": trail(("My tasks", reverse("ui:tasks"))),
        "officer_label": f"{WHOSE[whose]}, {AHEAD[ahead].lower()}",
        "areas": [
            {
                "postcode": district,
                "is_first": is_first,
                "visits": [_line(visit, today) for visit in visits],
            }
            for (is_first, district), visits in groupby(
                shown, key=lambda visit: (visit.is_first, visit.district)
            )
        ],
        "left_off": sheet.left_off,
        "filters": [
            _filter("whose", "Whose", WHOSE, whose),
            _filter("ahead", "Due", AHEAD, ahead),
        ],
    }
    return show(request, "day_sheet.html", context)


def _line(visit: SheetVisit, today: dt.date) -> dict[str, Any]:
    home = visit.home
    parts = (home.line_1, home.town, home.postcode) if home else ()
    return person_line(visit.person) | {
        "kind_label": title(visit.task.kind, visit.task.step),
        "level": visit.task.level,
        "due_on": visit.task.due_on,
        "attempt": words.try_again(visit.task.attempt_by, today) if visit.task.attempt_by else "",
        "points": visit.row.score,
        "markers": marker_lines(visit.markers),
        "address": ", ".join(filter(None, parts)),
        "last_visits": [visit_line(one) for one in visit.last_visits],
    }


def _filter(name: str, label: str, known: dict[str, str], chosen: str) -> dict[str, Any]:
    return {
        "name": name,
        "label": label,
        "options": [
            {"value": value, "label": text, "chosen": value == chosen}
            for value, text in known.items()
        ],
    }
