"""What was decided on a person's risk and by whom, and every indicator of theirs."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action, grant, require, shows_all
from audit.record import consult
from offenders.models import Offender
from risk.indicator_codes import TriageOutcome
from risk.indicator_types import type_of
from risk.models import Indicator, ScoreTool
from ui import words
from ui.views import indicator_parts
from ui.views.looking import ask_for_reason, must_say_why, typed_reason, whole_record
from ui.views.page import page, person_line, show, trail
from workflows.queries import indicators as reads
from workflows.queries import person as people
from workflows.queries.cursor import Cursor
from workflows.queries.risk_history import RiskDecision, public_id_of, risk_history

#: Rows of a page.
ROWS = 50
#: What was decided, by kind and decision (`workflows.queries.risk_history`).
TITLES = {
    ("level", "decided"): "Level decided",
    ("level", "taken_over"): "Level taken over from another record",
    ("assessment", "submitted"): "Assessment handed in",
    ("assessment", "endorsed"): "Assessment endorsed",
    ("assessment", "returned"): "Assessment returned to its author",
    ("assessment", "taken_over"): "Assessment taken over from another record",
    ("override", "approved"): "Override approved",
    ("override", "ended"): "Override ended",
    ("static_score", "recorded"): "Static score recorded",
    ("static_score", "voided"): "Static score voided",
    ("plan", "submitted"): "Plan handed in",
    ("plan", "agreed"): "Plan endorsed",
    ("plan", "returned"): "Plan returned to its author",
    ("plan", "interval_agreed"): "Longer interval agreed",
    ("plan", "interval_refused"): "Longer interval refused",
    ("indicator", "confirmed"): "Indicator matched",
    ("indicator", "rejected"): "Indicator is not about this person",
    ("indicator", "unmatched"): "Match of an indicator taken back",
    ("indicator", "triaged"): "Indicator triaged",
    ("indicator", "triage_agreed"): "Triage of an indicator agreed by a second officer",
    ("indicator", "triage_returned"): "Triage of an indicator returned",
    ("indicator", "merge_undone"): "Merge of an indicator undone",
    ("indicator", "restricted"): "Indicator restricted",
    ("indicator", "named"): "Officer named for an indicator",
    ("indicator", "unnamed"): "Officer named for an indicator no more",
    ("indicator", "lifted"): "Restriction of an indicator lifted",
    ("indicator", "kept_secret"): "Indicator kept secret",
    ("indicator", "asked_back"): "Source of an indicator takes it back",
    ("indicator", "retracted"): "Indicator taken back by its source",
}
#: The drawing beside each kind.
ICONS = {"level": "bars", "override": "bars", "static_score": "bars", "plan": "document"}


@page(Action.OFFENDER_VIEW, "GET", "HEAD", "POST")
def risk(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """Every decision on level, assessment, override, score, plan and indicator, newest first."""
    found = people.visible(by, person)
    permission, reason = whole_record(by), ""
    address = reverse("ui:risk-history", args=[person])
    if must_say_why(by, permission, found):
        form = typed_reason(request)
        if form is None or not form.is_valid():
            asked = request.get_full_path()
            return ask_for_reason(request, by, found, form, address=asked, trail=_trail())
        reason = form.validated_data["reason"]
    cursor = Cursor(address, {})
    keys = cursor.read_or_begin(request.GET.get("after", ""))
    listed = risk_history(actor=by, person=found, after=keys, limit=ROWS)
    consult(
        by=by,
        action=Action.OFFENDER_VIEW,
        offender_id=found.pk,
        row_count=len(listed.rows),
        reason=reason,
    )
    shows_text = shows_all(by, Action.OFFENDER_VIEW)
    sees_indicators = grant(by, Action.INDICATOR_VIEW) is not None
    context = _about(found) | {
        "decisions": [decision_line(one, shows_text=shows_text) for one in listed.rows],
        "indicators_url": reverse("ui:person-indicators", args=[person]) if sees_indicators else "",
        "first_url": address if keys else "",
        "next_url": f"?after={cursor.write(listed.next)}" if listed.next else "",
    }
    return show(request, "risk_history.html", context)


def decision_line(one: RiskDecision, *, shows_text: bool) -> dict[str, Any]:
    """One decision in words. What somebody typed is left out where a grant redacts."""
    is_indicator = one.kind == "indicator"
    return {
        "icon": ICONS.get(one.kind, one.kind),
        "title": TITLES[one.kind, one.decision],
        "words": " · ".join(filter(None, (_what(one), _value(one)))),
        "reason": one.reason if shows_text else "",
        "by": one.by.display_name if one.by else one.label,
        "at": one.at,
        "day_only": one.decision == "taken_over",
        "url": reverse("ui:indicator", args=[public_id_of(one.fact)]) if is_indicator else "",
    }


def _what(one: RiskDecision) -> str:
    match one.kind:
        case "static_score":
            return str(ScoreTool(one.what).label)
        case "plan":
            return f"Version {one.what}"
        case "indicator":
            return type_of(one.what).name
    return one.what


def _value(one: RiskDecision) -> str:
    if not one.value:
        return ""
    if one.kind == "indicator":
        return str(TriageOutcome(one.value).label)
    if one.kind == "static_score":
        return words.score_band(one.fact.tool, one.value)
    proposed = "Proposed level: " if one.decision == "submitted" else "Level: "
    return f"{proposed}{words.risk_words(one.value)}"


@page(Action.INDICATOR_VIEW, "GET", "HEAD", "POST")
def person_indicators(request: HttpRequest, by: Actor, person: UUID) -> HttpResponse:
    """Every indicator that is confirmed to be about a person, newest received first."""
    found = people.visible(by, person, Action.INDICATOR_VIEW)
    permission, reason = require(by, Action.INDICATOR_VIEW), ""
    address = reverse("ui:person-indicators", args=[person])
    if must_say_why(by, permission, found):
        form = typed_reason(request)
        if form is None or not form.is_valid():
            return ask_for_reason(
                request,
                by,
                found,
                form,
                address=request.get_full_path(),
                trail=_trail(),
                action=Action.INDICATOR_VIEW,
            )
        reason = form.validated_data["reason"]
    cursor = Cursor(address, {})
    wanted = reads.Wanted(state=reads.EVERY_STATE, person=person)
    keys = cursor.read_or_begin(request.GET.get("after", ""))
    listed = reads.indicators_page(actor=by, wanted=wanted, after=keys, limit=ROWS)
    ids = [str(one.public_id) for one in listed.rows]
    consult(
        by=by,
        action=Action.INDICATOR_VIEW,
        offender_id=found.pk,
        ids=ids,
        row_count=len(ids),
        reason=reason,
    )
    records = Action.INDICATOR_MATCH in people.allowed(by, found, [Action.INDICATOR_MATCH])
    context = _about(found) | {
        "rows": [_timeline_line(one) for one in listed.rows],
        "record_url": reverse("ui:record-indicator", args=[person]) if records else "",
        "first_url": address if keys else "",
        "next_url": f"?after={cursor.write(listed.next)}" if listed.next else "",
    }
    return show(request, "person_indicators.html", context)


def _timeline_line(one: Indicator) -> dict[str, Any]:
    head = indicator_parts.head(one, timezone.now())
    return head | {
        "received_at": one.received_at,
        "matched_at": one.matched_at,
        "triaged_at": one.triaged_at,
    }


def _about(found: Offender) -> dict[str, Any]:
    url = reverse("ui:person", args=[found.public_id])
    return {
        "section": "people",
        "trail": [*_trail(), {"label": found.source_ref, "url": url}],
        "person": person_line(found),
    }


def _trail() -> list[dict[str, str]]:
    return trail(("People", reverse("ui:people")))
