"""A team on another day, and as it was known on another day: who had whom, and what was late."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from rest_framework.serializers import Serializer

from accounts.actor import Actor
from accounts.policy import Action
from audit.record import consult
from offenders.errors import Invalid
from ui import forms, words
from ui.views.asking_then import AskThen, asked_of
from ui.views.caseload_parts import BANDS, chosen_line, known_as, share_parts, summary_of
from ui.views.page import READ, page, show, trail
from workflows.queries.caseload import found_in, teams_of
from workflows.queries.caseload_then import (
    LoadThen,
    PersonThen,
    TeamThen,
    came_later,
    people_then,
    team_then,
)
from workflows.queries.standing import AsKnown, as_known
from workflows.steps.fields import AwareDateTimeField, BoundedDateField, StrictSerializer


class AskTeamThen(AskThen):
    """Which day of the team, and by what was known when."""

    as_of = BoundedDateField(
        label="How it stood on", error_messages={"required": "Enter the day you ask about"}
    )


class TimesOfAddress(StrictSerializer):
    """The two times as an address has them, in the words of the API."""

    as_of = BoundedDateField(required=False)
    known_at = AwareDateTimeField(required=False)


#: Beside which field of the form something is said, by its name in an address.
FIELDS = {"as_of": "as_of", "known_at": "known_on"}
Refusals = dict[str, list[str]]


@page(Action.CASELOAD_REASSIGN, *READ)
def ask(request: HttpRequest, by: Actor, team: UUID) -> HttpResponse:
    """The form, and below it the answer. By GET: two days name nobody, and can be kept."""
    return show_then(request, by, team)


def asks_then(request: HttpRequest) -> bool:
    """Whether an address names one of the two times."""
    return not FIELDS.keys().isdisjoint(request.GET)


def show_then(request: HttpRequest, by: Actor, team: UUID) -> HttpResponse:
    """The team as of the day and as known at the instant of the address, or of the form."""
    known = found_in(teams_of(by), team)
    form, asked, refusals = _of_address(request) if asks_then(request) else _typed(request)
    if asked is not None and asked.is_now:
        return redirect("ui:team-caseload", team)
    context = {
        "section": "team",
        "trail": trail(("Caseload", reverse("ui:team-caseload", args=[team]))),
        "team": {"public_id": known.public_id, "name": known.name},
        "form": form,
        "refusals": refusals,
    }
    if asked is None:
        consult(by=by, action=Action.CASELOAD_VIEW, subject=f"team:{team}")
        is_refused = refusals or hasattr(form, "initial_data")
        return show(request, "team_then.html", context, status=400 if is_refused else 200)
    found = team_then(actor=by, team=team, asked=asked)
    officer = request.GET.get("officer", "")
    chosen = chosen_line(found, officer)
    rows = _people(found, officer) if chosen else []
    consult(
        by=by,
        action=Action.CASELOAD_VIEW,
        subject=f"team:{team}",
        ids=[str(row.id) for row in rows],
        row_count=len(rows),
        filters=asked._asdict() | ({"officer": officer} if chosen else {}),
    )
    then = _answer(found, officer) | {
        "chosen": chosen,
        "people": [_line(row) for row in rows],
        "later": came_later(actor=by, team=team, asked=asked),
    }
    return show(request, "team_then.html", context | {"then": then})


def _typed(request: HttpRequest) -> tuple[Serializer, AsKnown | None, Refusals]:
    """What was typed into the form: nothing yet, two times, or what is wrong with them."""
    if "as_of_day" not in request.GET:
        return AskTeamThen(), None, {}
    form = AskTeamThen(data=forms.read(request.GET, AskTeamThen))
    if not form.is_valid():
        return form, None, {}
    try:
        return form, asked_of(form.validated_data), {}
    except Invalid as error:
        return form, None, {error.field: [error.message]}


def _of_address(request: HttpRequest) -> tuple[Serializer, AsKnown | None, Refusals]:
    """The two times of an address, or what is wrong with them."""
    times = TimesOfAddress(data={name: request.GET[name] for name in FIELDS if name in request.GET})
    if not times.is_valid():
        said = {FIELDS[name]: [str(one) for one in found] for name, found in times.errors.items()}
        return AskTeamThen(), None, said
    try:
        return AskTeamThen(), as_known(**times.validated_data), {}
    except Invalid as error:
        return AskTeamThen(), None, {FIELDS[error.field]: [error.message]}


def _people(found: TeamThen, officer: str) -> list[PersonThen]:
    load = next(load for load in found.officers if known_as(load) == officer)
    return people_then(found, load.id)


def _answer(found: TeamThen, officer: str) -> dict[str, Any]:
    times = {"as_of": found.asked.as_of.isoformat()}
    if found.asked.known_at is not None:
        times["known_at"] = found.asked.known_at.isoformat()
    return {
        "as_of": found.asked.as_of,
        "known_at": found.asked.known_at,
        "summary": summary_of(found),
        "officers": [_officer(load, found.id, times, officer) for load in found.officers],
    }


def _officer(load: LoadThen, team: UUID, times: dict[str, str], officer: str) -> dict[str, Any]:
    query = urlencode(times | {"officer": known_as(load)})
    return {
        "label": load.name,
        "url": f"{reverse('ui:team-caseload', args=[team])}?{query}",
        "note": " · ".join(share_parts(load.share, then=True)) if load.id else "",
        "people": load.people,
        "overdue": load.overdue,
        "levels": ", ".join(
            f"{load.levels[level]} {words.risk_words(level).lower()}"
            for level in BANDS
            if load.levels[level]
        ),
        "current": known_as(load) == officer,
    }


def _line(row: PersonThen) -> dict[str, Any]:
    return {
        "public_id": row.id,
        "reference": row.reference,
        "surname": row.surname,
        "initial": row.initial,
        "level": row.level,
        "next_kind_label": words.kind_words(row.next_kind),
        "due_on": row.due_on,
    }
