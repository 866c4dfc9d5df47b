"""Finding a person, and the person's page."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.actor import Actor
from accounts.errors import ReasonRequired
from accounts.policy import (
    Action,
    Grant,
    Redaction,
    grant,
    needs_reason,
    require,
    shows_all,
)
from audit.record import ask_why, consult
from offenders.errors import Invalid
from offenders.models import Offender
from ui import forms
from ui.views import person_parts as parts
from ui.views.holding_parts import condition_lines
from ui.views.looking import ask_for_reason, must_say_why, typed_reason
from ui.views.page import marker_lines, page, person_line, show, trail
from ui.views.timeline import entry_line
from ui.views.visit_links import void_links, write_up_links
from workflows.actions.people import reveal_address
from workflows.models import Obligation, Visit
from workflows.queries import person as reads
from workflows.queries.people import MOST_FOUND, search_line
from workflows.queries.timeline import LAST_PAGE, Entry, recent
from workflows.queries.unfound import unfound
from workflows.steps.fields import StrictSerializer, WholeNumberField
from workflows.steps.reasons import GiveReason, ReasonField
from workflows.steps.search import SearchLine


class ReasonedSearch(SearchLine):
    """The same for who also looks outside a team of their own."""

    reason = ReasonField(
        label="Why do you look?",
        help_text="Needed outside your own team. It is kept in the record",
        required=False,
        allow_blank=True,
    )


class PageNumber(StrictSerializer):
    """Which page of the timeline."""

    page = WholeNumberField(min_value=1, max_value=LAST_PAGE)


@page(Action.OFFENDER_SEARCH, "GET", "HEAD", "POST")
def people(request: HttpRequest, by: Actor) -> HttpResponse:
    """Search by POST: no name ever stands in an address. "No one" and "no access" read alike."""
    context: dict[str, Any] = {"section": "people"}
    shape = _search_shape(by)
    if request.method != "POST":
        return show(request, "people.html", context | {"form": shape()})
    form = shape(data=forms.read(request.POST, shape))
    context["form"] = form
    if not form.is_valid():
        return show(request, "people.html", context, status=400)
    try:
        said = form.validated_data.get("reason", "")
        permission = require(by, Action.OFFENDER_SEARCH, reason=said)
        asked = form.validated_data
        found = search_line(
            actor=by, line=asked.get("q", ""), date_of_birth=asked.get("date_of_birth")
        )
        _need_reason(by, permission, found, form.validated_data)
    except Invalid as error:
        refusals = {"q": [error.message]}
        return show(request, "people.html", context | {"refusals": refusals}, status=400)
    except ReasonRequired as error:
        ask_why(by=by, action=Action.OFFENDER_SEARCH)
        refusals = {"reason": [str(error)]}
        return show(request, "people.html", context | {"refusals": refusals}, status=403)
    shown = found[:MOST_FOUND]
    consult(
        by=by,
        action=Action.OFFENDER_SEARCH,
        ids=[str(person.public_id) for person in shown],
        row_count=len(shown),
        filters={name: str(value) for name, value in form.validated_data.items() if value},
        reason=form.validated_data.get("reason", ""),
    )
    context |= {
        "searched": True,
        "more": len(found) > MOST_FOUND,
        "people": _results(shown, permission),
    }
    return show(request, "people.html", context)


def _search_shape(by: Actor) -> type[SearchLine]:
    permission = grant(by, Action.OFFENDER_SEARCH)
    asks_why = permission is not None and (permission.reason or permission.reason_beyond)
    return ReasonedSearch if asks_why else SearchLine


def _need_reason(
    by: Actor, permission: Grant, found: list[Offender], asked: Mapping[str, Any]
) -> None:
    beyond = any(needs_reason(by, permission, team_id=person.team_id) for person in found)
    if beyond and not asked.get("reason", "").strip():
        raise ReasonRequired("Say why you look: some of them are not your team's")


def _results(found: list[Offender], permission: Grant) -> list[dict[str, Any]]:
    """Who was found. Nobody in them is restricted: a search finds only whom the viewer may see."""
    if permission.redaction is Redaction.SHORT_CARD:
        return [_card_result(person) for person in found]
    next_duties = reads.next_duties_of([person.pk for person in found])
    return [_result(person, next_duties.get(person.pk)) for person in found]


def _result(person: Offender, duty: Obligation | None) -> dict[str, Any]:
    return person_line(person) | {
        "next_kind_label": str(duty.get_kind_display()) if duty else "",
        "due_on": duty.due_on if duty else None,
        "officer_label": parts.manager_words(person),
    }


def _card_result(person: Offender) -> dict[str, Any]:
    """As in the API: no age, and never when the next visit is due, which could warn somebody."""
    return person_line(person) | {"age": None, "officer_label": person.team.name}


@page(Action.OFFENDER_VIEW, "GET", "HEAD", "POST")
def person(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """Who this is, what is the danger, what is due. Where a reason is needed it comes by POST."""
    found = reads.visible(by, person)
    permission = require(by, Action.OFFENDER_VIEW, reason="asked for below")
    reason = ""
    if must_say_why(by, permission, found):
        form = typed_reason(request)
        if form is None or not form.is_valid():
            return _ask_why(request, by, found, form)
        reason = form.validated_data["reason"]
    if permission.redaction is Redaction.SHORT_CARD:
        template, context = "person_card.html", parts.card(by, found)
        context["conditions"] = condition_lines(found, timezone.localdate(), shows_text=False)
    else:
        template, context = "person.html", _whole(request, by, found)
    consult(by=by, action=Action.OFFENDER_VIEW, offender_id=found.pk, reason=reason)
    return show(request, template, {"section": "people", "trail": _trail()} | context)


def _ask_why(
    request: HttpRequest,
    by: Actor,
    found: Offender,
    form: GiveReason | None,
    action: Action = Action.OFFENDER_VIEW,
) -> HttpResponse:
    """Ask for the reason, and then for the same page again."""
    address = _timeline_page(found, _page_number(request))
    if action == Action.ADDRESS_REVEAL:
        address = reverse("ui:address-reveal", args=[found.public_id])
    return ask_for_reason(request, by, found, form, address=address, trail=_trail(), action=action)


def _whole(request: HttpRequest, by: Actor, found: Offender) -> dict[str, Any]:
    number = _page_number(request)
    visits, levels = reads.visits_of(found), reads.levels(found)
    known = unfound(found)
    entries, has_older = recent(by, found, number, visits=visits, levels=levels, unfound=known)
    older = f"{_timeline_page(found, number + 1)}#timeline"
    today = timezone.localdate()
    may = reads.allowed(by, found, parts.ASKED)
    whole = parts.whole(by, found, today, visits=visits, decided=levels, unfound=known, may=may)
    return whole | {
        "timeline": _timeline(by, found, entries, may),
        "older_url": older if has_older else "",
        "newer_url": f"{_timeline_page(found, 1)}#timeline" if number > 1 else "",
    }


def _timeline(
    by: Actor, found: Offender, entries: list[Entry], may: Collection[Action]
) -> list[dict[str, Any]]:
    """The entries in words; a visit with where it leads."""
    shows_text = shows_all(by, Action.OFFENDER_VIEW)
    visits = [one.fact for one in entries if isinstance(one.fact, Visit)]
    written = write_up_links(by, visits)
    voids = void_links(by, found, visits) if Action.VISIT_VOID in may else {}
    lines = []
    for entry in entries:
        line = entry_line(entry, shows_text=shows_text)
        if isinstance(entry.fact, Visit):
            key = entry.fact.pk
            line["links"] = written.get(key, []) + voids.get(key, [])
        lines.append(line)
    return lines


def _page_number(request: HttpRequest) -> int:
    """Which page of the timeline is asked for; the first where it cannot be read."""
    asked = PageNumber(data={"page": request.GET.get("page", "1")})
    return asked.validated_data["page"] if asked.is_valid() else 1


def _timeline_page(found: Offender, number: int) -> str:
    """The person's page with a page of the timeline; the first is left out."""
    address = reverse("ui:person", args=[found.public_id])
    return f"{address}?page={number}" if number > 1 else address


@page(Action.ADDRESS_REVEAL, "POST")
def addresses(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """Where a person lives. A look of its own, on record before this page is made."""
    found = reads.visible(by, person)
    form = typed_reason(request) if "reason" in request.POST else None
    reason = ""
    if form is not None:
        if not form.is_valid():
            return _ask_why(request, by, found, form, Action.ADDRESS_REVEAL)
        reason = form.validated_data["reason"]
    try:
        revealed = reveal_address(by=by, offender=person, reason=reason)
    except ReasonRequired:
        return _ask_why(request, by, found, form, Action.ADDRESS_REVEAL)
    context = {
        "section": "people",
        "trail": [*_trail(), _link(found)],
        "person": person_line(found)
        | {"markers": marker_lines(reads.markers_of([found.pk]).get(found.pk, []))},
        "addresses": [
            parts.address_line(address)
            | {"lines": ", ".join(filter(None, (address.line_1, address.town, address.postcode)))}
            for address in revealed
        ],
    }
    return show(request, "addresses.html", context)


def _trail() -> list[dict[str, str]]:
    return trail(("People", reverse("ui:people")))


def _link(found: Offender) -> dict[str, str]:
    url = reverse("ui:person", args=[found.public_id])
    return {"label": found.source_ref, "url": url}
