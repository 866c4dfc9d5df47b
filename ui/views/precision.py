"""How often indicators of each source and type led to something."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action, grant
from audit.record import consult
from risk.indicator_types import type_of
from risk.precision import Precision, Proposal
from ui.views.page import READ, page, show, trail
from workflows.queries import precision as reads


@page(Action.INDICATOR_LEDGER_VIEW, *READ)
def precision(request: HttpRequest, by: Actor) -> HttpResponse:
    """The last twelve months, each share with how sure it is."""
    today = timezone.localdate()
    found = reads.precision(actor=by, today=today)
    consult(by=by, action=Action.INDICATOR_LEDGER_VIEW, row_count=len(found))
    context = {
        "section": "endorse",
        "trail": trail(("Reviews and samples", reverse("ui:quality"))),
        "lines": [_line(one) for one in found],
        "proposals": [_proposal(one) for one in reads.proposed(found, today)],
        "may_propose": grant(by, Action.RULES_PROPOSE) is not None,
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


def _proposal(found: Proposal) -> dict[str, Any]:
    asked = urlencode({"rule": found.figure, "to": found.factor})
    return {
        "type": type_of(found.code).name,
        "led": found.led,
        "judged": found.judged,
        "overall": f"{100 * found.overall:.0f} %",
        "now": found.factor_now,
        "to": found.factor,
        "url": f"{reverse('ui:rules-propose')}?{asked}",
    }
