"""The static scores of one person: the page, and the forms that calculate, record and void."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.actor import Actor
from accounts.policy import Action, shows_all
from audit.record import consult
from offenders.models import Offender
from ui.views import score_parts as parts
from ui.views.looking import ask_for_reason, must_say_why, typed_reason, whole_record
from ui.views.page import page, person_line, show, trail
from ui.views.person_form import PersonForm
from workflows.actions import static_scores as actions
from workflows.errors import NotVisible
from workflows.queries import person as reads
from workflows.queries.static_scores import axes, scores_page, standing_scores
from workflows.steps.static_scores import CalculateScores, RecordOfficialScore, VoidScore

#: Scores shown, newest first; the API has them all.
MOST_SHOWN = 30

CALCULATE = PersonForm(
    route="calculate-scores",
    shape=CalculateScores,
    action=Action.STATIC_SCORE_CALCULATE,
    act=actions.calculate_scores,
    title="Calculate scores",
    hint="From the published tables, with sex, date of birth and status of the record. Calculated "
    "here, not the official value. Leave empty what is not known: the score is then provisional. "
    "No level and no date follows from it.",
    submit="Calculate and save",
    said="Scores saved. They are not the official value.",
    icon="assessment",
)
OFFICIAL = PersonForm(
    route="official-score",
    shape=RecordOfficialScore,
    action=Action.STATIC_SCORE_RECORD_OFFICIAL,
    act=actions.record_official_score,
    title="Record an official value",
    hint="As it was given. It is preferred to one that was calculated here; both are kept.",
    submit="Save value",
    said="Official value saved.",
    icon="assessment",
)


def _score_words(person: Offender, score: UUID) -> str:
    """Which score it is."""
    found = person.static_scores.filter(public_id=score).first()
    if found is None:
        raise NotVisible
    return parts.subject(found)


VOID = PersonForm(
    route="void-score",
    shape=VoidScore,
    action=Action.STATIC_SCORE_VOID,
    act=actions.void_score,
    title="Void a score",
    hint="It is kept, with why, and counts no more. The one before it stands again.",
    submit="Void score",
    said="The score is void.",
    icon="assessment",
    besides=_score_words,
)


@page(Action.OFFENDER_VIEW, "GET", "HEAD", "POST")
def scores(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """Every score of a person, and the four axes. Where a reason is needed it comes by POST."""
    found = reads.visible(by, person)
    permission = whole_record(by)
    reason = ""
    if must_say_why(by, permission, found):
        form = typed_reason(request)
        if form is None or not form.is_valid():
            address = reverse("ui:scores", args=[found.public_id])
            to_people = trail(("People", reverse("ui:people")))
            return ask_for_reason(request, by, found, form, address=address, trail=to_people)
        reason = form.validated_data["reason"]
    context = _whole(by, found)
    consult(by=by, action=Action.OFFENDER_VIEW, offender_id=found.pk, reason=reason)
    return show(request, "static_scores.html", context)


def _whole(by: Actor, found: Offender) -> dict[str, Any]:
    may = reads.allowed(by, found, [*parts.OFFERED, Action.STATIC_SCORE_VOID])
    standing = standing_scores(found)
    page_of = scores_page(found, limit=MOST_SHOWN)
    shows_text = shows_all(by, Action.OFFENDER_VIEW)
    can_void = Action.STATIC_SCORE_VOID in may
    back = {"label": found.source_ref, "url": reverse("ui:person", args=[found.public_id])}
    return {
        "section": "people",
        "trail": [*trail(("People", reverse("ui:people"))), back],
        "person": person_line(found),
        "axes": parts.axes_lines(axes(found, standing)),
        "standing": parts.standing_lines(standing),
        "links": parts.links(found, may),
        "scores": [
            parts.score_line(by, found, one, may_void=can_void, shows_text=shows_text)
            for one in page_of.rows
        ],
        "has_more": page_of.next is not None,
    }


@page(CALCULATE.action, "GET", "HEAD", "POST")
def calculate(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """The form of a calculation, and keeping what came out."""
    return CALCULATE.answer(request, by, person)


@page(OFFICIAL.action, "GET", "HEAD", "POST")
def official(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """The form of an official value, and keeping it."""
    return OFFICIAL.answer(request, by, person)


@page(VOID.action, "GET", "HEAD", "POST")
def void(request: HttpRequest, by: Actor, person: UUID, score: UUID) -> HttpResponse:
    """Voiding a score that was entered wrongly."""
    return VOID.answer(request, by, person, score=score)
