"""What was owed to a person on another day, and as it was known on another day."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action
from audit.record import consult
from offenders.errors import Invalid
from offenders.models import Offender
from rules import current
from rules.ruleset import Rule
from ui import forms, words
from ui.views.asking_then import AskThen, asked_of
from ui.views.looking import must_say_why, record_asking, whole_record
from ui.views.page import page, person_line, show, trail
from workflows.queries import person as reads
from workflows.queries.standing import AsKnown, Standing, Thing, standings
from workflows.queries.triage import RESTRICTED, hidden_of
from workflows.steps.reasons import ReasonField


class ReasonedAskThen(AskThen):
    """The same for who looks outside a team of their own."""

    reason = ReasonField(label="Why do you look?", help_text="It is kept in the record")


@page(Action.OFFENDER_VIEW, "GET", "HEAD", "POST")
def owed_then(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """The form, and below it the answer. By POST: a reason, where needed, is in no address."""
    found = reads.visible(by, person)
    asks_why = must_say_why(by, whole_record(by), found)
    shape = ReasonedAskThen if asks_why else AskThen
    # Whoever must say why sees nothing of the person before.
    context = _nobody(found) if asks_why else _head(found)
    if request.method != "POST":
        if asks_why:
            record_asking(by, found)
        else:
            consult(by=by, action=Action.OFFENDER_VIEW, offender_id=found.pk)
        status = 403 if asks_why else 200
        return show(request, "owed_then.html", context | {"form": shape()}, status=status)
    form = shape(data=forms.read(request.POST, shape))
    context["form"] = form
    if not form.is_valid():
        if "reason" in form.errors:
            record_asking(by, found)
        return show(request, "owed_then.html", context, status=400)
    try:
        asked = asked_of(form.validated_data)
    except Invalid as error:
        refusals = {error.field: [error.message]}
        return show(request, "owed_then.html", context | {"refusals": refusals}, status=400)
    reason = form.validated_data.get("reason", "")
    consult(
        by=by,
        action=Action.OFFENDER_VIEW,
        offender_id=found.pk,
        filters=asked._asdict(),
        reason=reason,
    )
    standing = next(standings([found.pk], asked), None)
    context |= _head(found) | {"then": _answer(by, found, standing, asked)}
    return show(request, "owed_then.html", context)


def _nobody(found: Offender) -> dict[str, Any]:
    people = trail(("People", reverse("ui:people")))
    return {"section": "people", "trail": people, "person": {"public_id": found.public_id}}


def _head(found: Offender) -> dict[str, Any]:
    back = {"label": found.source_ref, "url": reverse("ui:person", args=[found.public_id])}
    return {
        "section": "people",
        "trail": [*trail(("People", reverse("ui:people"))), back],
        "person": person_line(found),
    }


def _answer(by: Actor, found: Offender, one: Standing | None, asked: AsKnown) -> dict[str, Any]:
    """What was owed, soonest first, as the page shows it."""
    rules = current.in_force(asked.as_of, asked.known_at)
    known = {rule.id: rule for rule in rules.rules}
    things = sorted(one.things, key=lambda thing: (thing.due_on, thing.kind)) if one else []
    hidden = hidden_of(by, [thing.about for thing in things])
    on_record = timezone.localdate(found.recorded_at)
    return {
        "on_record_on": on_record if asked.as_of < on_record else None,
        "as_of": asked.as_of,
        "known_at": asked.known_at,
        "was_known": one is not None,
        "level": one and one.level,
        "rows": [
            {
                "kind": thing.kind,
                "kind_label": words.kind_words(thing.kind),
                "why": RESTRICTED if thing.about in hidden else _why(thing, known),
                "due_on": thing.due_on,
            }
            for thing in things
        ],
    }


def _why(thing: Thing, known: Mapping[str, Rule]) -> str:
    rule = known.get(thing.rule)
    return f"{words.rule_words(rule)} ({rule.source})" if rule else thing.rule
