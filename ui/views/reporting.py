"""Reports about a person that are no step of a task: missing, located, dead, a warrant's result."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from rest_framework.serializers import Serializer

from accounts import kept_forms
from accounts.actor import Actor
from accounts.policy import Action
from audit.record import consult
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender
from ui import forms, kept, posting
from ui.views.page import marker_lines, page, person_line, say, see_other, show, trail
from workflows.actions import deaths, missing, warrants
from workflows.queries import person as reads
from workflows.steps.death import ReportDeath
from workflows.steps.missing import LocatePerson, ReportMissing
from workflows.steps.warrant import RecordWarrantResult


@dataclass(frozen=True, slots=True)
class Kind:
    """One such report: its permission, form, action and words."""

    name: str
    action: Action
    shape: type[Serializer]
    perform: Callable[..., Any]
    title: str
    hint: str
    said: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: who asks, about whom, and the address of the page."""

    kind: Kind
    by: Actor
    person: Offender
    address: str
    #: Ids in the address besides the person's.
    about: dict[str, UUID]


def _view(kind: Kind) -> Callable[..., HttpResponse]:
    @page(kind.action, "GET", "HEAD", "POST")
    def view(request: HttpRequest, by: Actor, person: UUID, **about: UUID) -> HttpResponse:
        found = reads.visible(by, person, kind.action)
        address = reverse(f"ui:{kind.name}", args=[person, *about.values()])
        asked = Asked(kind, by, found, address, about)
        if request.method != "POST":
            return _typed_before(request, asked)
        if "forget" in request.POST:
            kept_forms.forget(by, address)
            return see_other(address)
        return _sent(request, asked)

    return view


def _sent(request: HttpRequest, asked: Asked) -> HttpResponse:
    kind, person = asked.kind, asked.person.public_id
    form = kind.shape(data=forms.read(request.POST, kind.shape))
    if not form.is_valid():
        return _shown(request, asked, form, status=400)

    def run() -> HttpResponse:
        kind.perform(by=asked.by, offender=person, **asked.about, **form.validated_data)
        return see_other("ui:person", person)

    try:
        answer, is_replay = posting.once(
            request, asked.by, run, action=kind.action, offender_id=asked.person.pk
        )
    except Invalid as error:
        refused = {error.field: [error.message]}
        return _shown(request, asked, form, refusals=refused, status=400)
    except RuleBroken as error:
        return _shown(request, asked, form, refusals={"": [error.message]}, status=409)
    if not is_replay:
        kept_forms.forget(asked.by, asked.address)
        say(request, kind.said)
    return answer


def _typed_before(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The page; with what was typed on it before the officer's session ended, if anything."""
    typed = kept.typed_before(asked.by, asked.address)
    if typed is None:
        return _shown(request, asked, asked.kind.shape())
    form = asked.kind.shape(forms.read(typed.fields, asked.kind.shape))
    return _shown(request, asked, form, kept_at=typed.at)


def _shown(
    request: HttpRequest,
    asked: Asked,
    form: Serializer,
    *,
    refusals: dict[str, Any] | None = None,
    kept_at: datetime | None = None,
    status: int = 200,
) -> HttpResponse:
    kind, found = asked.kind, asked.person
    consult(by=asked.by, action=kind.action, offender_id=found.pk)
    url = reverse("ui:person", args=[found.public_id])
    markers = reads.markers_of([found.pk]).get(found.pk, [])
    context = {
        "section": "people",
        "trail": trail(("People", reverse("ui:people")), (found.source_ref, url)),
        "person": person_line(found) | {"markers": marker_lines(markers)},
        "kind": {"name": kind.name, "title": kind.title, "hint": kind.hint},
        "address": asked.address,
        "form": form,
        "refusals": refusals or {},
        "key": posting.new_key(),
        "kept_at": kept_at,
        "drawn_for": kept_forms.sealed(asked.by, asked.address),
    }
    return show(request, "reporting.html", context, status=status)


report_missing = _view(
    Kind(
        "report-missing",
        Action.MISSING_REPORT,
        ReportMissing,
        missing.report_missing,
        "Report missing",
        "The home visit stays owed until a supervisor confirms it. Enquire within 24 hours.",
        "Reported missing.",
    )
)
locate = _view(
    Kind(
        "locate",
        Action.MISSING_LOCATE,
        LocatePerson,
        missing.locate,
        "Located",
        "In the community a home visit is due within 24 hours.",
        "Recorded as located.",
    )
)
report_death = _view(
    Kind(
        "report-death",
        Action.DEATH_REPORT,
        ReportDeath,
        deaths.report_death,
        "Report a death",
        "Nothing that needs the person is owed until a supervisor verifies or refutes it.",
        "Reported.",
    )
)
warrant_result = _view(
    Kind(
        "warrant-result",
        Action.WARRANT_RESULT,
        RecordWarrantResult,
        warrants.record_warrant_result,
        "What became of the warrant",
        "A visit made under it is recorded as a visit.",
        "Saved.",
    )
)
