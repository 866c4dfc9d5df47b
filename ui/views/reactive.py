"""Reactive management: who could be proposed, who fails a criterion, and proposing somebody."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action, grant
from audit.record import consult
from ui.views.page import READ, page, person_line, show
from ui.views.person_form import PersonForm
from workflows.actions.reactive import propose_reactive
from workflows.queries.reactive import Candidate, eligible, failing
from workflows.reactive import BY_HAND, WORDS
from workflows.steps import ProposeReactive

FORM = PersonForm(
    route="propose-reactive",
    shape=ProposeReactive,
    action=Action.REACTIVE_PROPOSE,
    act=propose_reactive,
    title="Propose reactive management",
    hint="A sergeant recommends it or not, then an inspector decides. Until then visits go on.",
    submit="Send proposal",
    said="Proposal sent.",
    icon="reactive_proposal",
    starts=lambda person: {"criteria": [{"criterion": one.value} for one in BY_HAND]},
)


@page(FORM.action, "GET", "HEAD", "POST")
def propose(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """The form of a proposal, and sending it."""
    return FORM.answer(request, by, person)


@page(Action.REACTIVE_VIEW, *READ)
def reactive(request: HttpRequest, by: Actor) -> HttpResponse:
    """Who fails no criterion that facts answer; for supervisors, who is reactive and fails one."""
    today = timezone.localdate()
    reviews = grant(by, Action.REACTIVE_REVIEW) is not None
    ready = eligible(actor=by, today=today)
    wrong = failing(actor=by, today=today) if reviews else []
    about = [str(one.person.public_id) for one in (*wrong, *ready)]
    consult(by=by, action=Action.REACTIVE_VIEW, ids=about, row_count=len(about))
    context = {
        "section": "people",
        "reviews": reviews,
        "proposes": grant(by, Action.REACTIVE_PROPOSE) is not None,
        "failing": [_line(one) for one in wrong],
        "eligible": [_line(one) for one in ready],
    }
    return show(request, "reactive.html", context)


def _line(found: Candidate) -> dict[str, Any]:
    manager = found.person.offender_manager
    return person_line(found.person) | {
        "officer_label": manager.display_name if manager else "nobody yet",
        "fails": [WORDS[one] for one in found.fails],
    }
