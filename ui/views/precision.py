"""How often indicators of each source and type led to something."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action
from audit.record import consult
from risk.indicator_types import type_of
from risk.precision import Precision
from ui.views.page import READ, page, show, trail
from workflows.queries import precision as reads


@page(Action.INDICATOR_LEDGER_VIEW, *READ)
def precision(request: HttpRequest, by: Actor) -> HttpResponse:
    """The last twelve months, each share with how sure it is."""
    found = reads.precision(actor=by, today=timezone.localdate())
    consult(by=by, action=Action.INDICATOR_LEDGER_VIEW, row_count=len(found))
    context = {
        "section": "endorse",
        "trail": trail(("Reviews and samples", reverse("ui:quality"))),
        "lines": [_line(one) for one in found],
    }
    return show(request, "precision.html", context)


def _line(found: Precision) -> dict[str, Any]:
    low, high = found.interval or (0.0, 0.0)
    return {
        "source": found.source.replace("_", " "),
        "type": type_of(found.code).name,
        "judged": found.judged,
        "led": found.led,
        "aside": found.aside,
        "share": f"{100 * (found.share or 0):.0f} %",
        "interval": f"{100 * low:.0f} to {100 * high:.0f} %",
    }
