"""Whether people of different teams and characteristics are managed alike."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action
from audit.record import consult
from ui.views.page import READ, page, show, trail
from workflows.consistency import Group, Measure
from workflows.queries.consistency import report

BREAKDOWNS = {
    "team": "By team",
    "sex": "By sex",
    "age": "By age",
    "ethnicity_self_defined": "By ethnicity, as the person says",
    "ethnicity_officer_defined": "By ethnicity, as officers perceived it",
}


@page(Action.CONSISTENCY_VIEW, *READ)
def consistency(request: HttpRequest, by: Actor) -> HttpResponse:
    """Each group beside everyone; small groups and small numbers are not told."""
    found = report(actor=by, today=timezone.localdate())
    consult(by=by, action=Action.CONSISTENCY_VIEW, row_count=len(found))
    context = {
        "section": "endorse",
        "trail": trail(("Reviews and samples", reverse("ui:quality"))),
        "tables": [
            {"id": name, "title": BREAKDOWNS[name], "groups": [_line(one) for one in groups]}
            for name, groups in groupby(found, key=lambda one: one.breakdown)
        ],
    }
    return show(request, "consistency.html", context)


def _line(found: Group) -> dict[str, Any]:
    return {
        "name": found.name,
        "people": found.people,
        "parts": [_part(found, measure) for measure in Measure] if found.people else [],
    }


def _part(found: Group, measure: Measure) -> dict[str, Any]:
    part = found.parts[measure]
    if part.number is None or not found.people:
        return {"words": "Not told", "apart": False}
    share = round(100 * part.number / found.people)
    return {"words": f"{part.number} ({share} %)", "apart": part.is_apart}
