"""Indicators of online risk: the inbox, one of them, and writing one down."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action, grant, require
from audit.record import consult
from risk.indicator_codes import Severity
from risk.models import Indicator, IndicatorState
from ui import forms, posting
from ui.views import indicator_parts as parts
from ui.views.indicator_facts import source_words
from ui.views.looking import ask_for_reason, must_say_why, typed_reason
from ui.views.page import READ, page, see_other, show, trail
from ui.views.sending import send
from workflows.actions.indicators.recording import record_indicator
from workflows.errors import NotVisible
from workflows.queries import indicators as reads
from workflows.queries.cursor import Cursor
from workflows.queries.taking_back import may_retract, may_unmatch
from workflows.queries.triage import triages_of
from workflows.steps.indicators import RecordUnmatched

#: Rows of a page.
ROWS = 50
#: The tabs, each with its state of `workflows.queries.indicators`.
TABS: dict[str, tuple[str, str | None]] = {
    "waiting": ("Waiting", None),
    "unmatched": ("Nobody confirmed", IndicatorState.UNMATCHED),
    "untriaged": ("To triage", IndicatorState.UNTRIAGED),
    "triaged": ("Triaged", IndicatorState.TRIAGED),
    "all": ("All", reads.EVERY_STATE),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. What it cannot mean is left at its default."""

    show: str
    severity: str
    after: str

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        shown, severity = query.get("show", ""), query.get("severity", "")
        return cls(
            show=shown if shown in TABS else "waiting",
            severity=severity if severity in Severity.values else "",
            after=query.get("after", ""),
        )

    @property
    def wanted(self) -> reads.Wanted:
        """The same for `indicators_page`."""
        return reads.Wanted(state=TABS[self.show][1], severity=self.severity or None)

    def address(self, **changed: str) -> str:
        """This list with some of it changed. Defaults are left out, and so is the page."""
        kept = {"show": self.show, "severity": self.severity} | changed
        asked = {name: value for name, value in kept.items() if value and value != "waiting"}
        return (
            f"{reverse('ui:indicators')}?{urlencode(asked)}" if asked else reverse("ui:indicators")
        )


@page(Action.INDICATOR_VIEW, *READ)
def indicators(request: HttpRequest, by: Actor) -> HttpResponse:
    """What waits for somebody, the first deadline first; the others newest first."""
    asked, now = Asked.of(request.GET), timezone.now()
    shown_as = {"show": asked.show, "severity": asked.severity}
    cursor = Cursor(reverse("ui:indicators"), shown_as)
    found = reads.indicators_page(
        actor=by,
        wanted=asked.wanted,
        after=_after(cursor.read_or_begin(asked.after)),
        limit=ROWS,
    )
    suggested = reads.suggested_of(by, found.rows)
    tasks = reads.triage_tasks_of(by, found.rows)
    ids = [str(one.public_id) for one in found.rows]
    consult(by=by, action=Action.INDICATOR_VIEW, ids=ids, row_count=len(ids), filters=shown_as)
    can_match = grant(by, Action.INDICATOR_MATCH) is not None
    context = {
        "section": "indicators",
        "rows": [
            parts.row(
                one,
                now,
                suggested=suggested.get(one.pk, []),
                task=tasks.get(one.pk),
                can_match=can_match,
            )
            for one in found.rows
        ],
        "tabs": [
            {
                "label": label,
                "url": asked.address(show=name),
                "current": name == asked.show,
            }
            for name, (label, _) in TABS.items()
        ],
        "show": asked.show,
        "severities": [
            {"value": value, "label": label, "chosen": value == asked.severity}
            for value, label in (("", "Every severity"), *Severity.choices)
        ],
        "records": grant(by, Action.INDICATOR_SEND) is not None,
        "sees_held": grant(by, Action.DELIVERY_VIEW) is not None,
        "first_url": asked.address() if asked.after else "",
        "next_url": asked.address(after=cursor.write(found.next)) if found.next else "",
    }
    return show(request, "indicators.html", context)


def _after(keys: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    """The key that a page goes on after: an instant where it is of what waits, and the row."""
    if keys is None or len(keys) == 1:
        return keys
    return dt.datetime.fromisoformat(keys[0]), keys[1]


@page(Action.INDICATOR_VIEW, "GET", "HEAD", "POST")
def indicator(request: HttpRequest, by: Actor, indicator: UUID) -> HttpResponse:
    """One, as it was received, and whom it may be about. A reason that is needed comes by POST."""
    found = reads.visible(by, indicator)
    permission, reason, about = require(by, Action.INDICATOR_VIEW), "", found.offender
    if about is not None and must_say_why(by, permission, about):
        form = typed_reason(request)
        if form is None or not form.is_valid():
            address = reverse("ui:indicator", args=[indicator])
            return ask_for_reason(
                request,
                by,
                about,
                form,
                address=address,
                trail=to_inbox(),
                action=Action.INDICATOR_VIEW,
            )
        reason = form.validated_data["reason"]
    context = _whole(by, reads.with_parts(by, indicator))
    consult(
        by=by,
        action=Action.INDICATOR_VIEW,
        offender_id=found.offender_id,
        subject=f"indicator:{indicator}",
        reason=reason,
    )
    return show(request, "indicator.html", {"trail": to_inbox()} | context)


def _whole(by: Actor, found: Indicator) -> dict[str, Any]:
    is_open = found.state == IndicatorState.UNMATCHED
    can_match = grant(by, Action.INDICATOR_MATCH) is not None
    can_undo = grant(by, Action.INDICATOR_UNMATCH) is not None
    task = reads.triage_tasks_of(by, [found]).get(found.pk)
    restricts = found.is_restricted and grant(by, Action.INDICATOR_RESTRICT) is not None
    id_ = found.public_id
    return {
        "section": "indicators",
        "one": parts.head(found, timezone.now()) | parts.whole(found),
        "candidates": [
            parts.candidate(match, open_to_match=is_open and can_match)
            for match in reads.candidates_of(by, found)
        ],
        "match_url": reverse("ui:match-by-reference", args=[id_]) if is_open and can_match else "",
        "unmatch_url": reverse("ui:unmatch-indicator", args=[id_])
        if may_unmatch(by, found)
        else "",
        "undo_merge_url": reverse("ui:undo-merge", args=[id_])
        if can_undo and found.state == IndicatorState.MERGED
        else "",
        "triage_url": reverse("ui:task", args=[task]) if task else "",
        "merged_into": found.merged_into and found.merged_into.public_id,
        "merged": [
            {"public_id": one.public_id, "source": source_words(one.source)}
            for one in reads.merged_into_it(by, found)
        ],
        "named": [
            {
                "words": f"{one.display_name}, {one.staff_number}",
                "url": reverse("ui:unname-indicator-user", args=[id_, one.public_id])
                if restricts
                else "",
            }
            for one in reads.named_users(found)
        ],
        "links": _links(by, found),
        "history": parts.history(
            found,
            reads.decisions_of(by, found),
            reads.settled_about(by, found),
            triages_of(by, found),
        ),
    }


#: Who may see it, and taking it back: what the page offers, and whether there is anything to it.
LINKS = (
    (Action.INDICATOR_RESTRICT, "open", "ui:restrict-indicator", "Restrict it"),
    (Action.INDICATOR_KEEP_SECRET, "not_secret", "ui:keep-indicator-secret", "Keep it secret"),
    (Action.INDICATOR_RESTRICT, "restricted", "ui:name-indicator-user", "Name an officer"),
    (
        Action.INDICATOR_RESTRICT,
        "restricted",
        "ui:lift-indicator-restriction",
        "Lift the restriction",
    ),
    (Action.INDICATOR_RETRACT, "ours", "ui:retract-indicator", "Take it back"),
)


def _links(by: Actor, found: Indicator) -> list[dict[str, str]]:
    stands = found.merged_into_id is None
    applies = {
        "open": stands and not found.is_restricted,
        "not_secret": stands and not found.is_secret,
        "restricted": found.is_restricted,
        "ours": may_retract(by, found),
    }
    return [
        {"url": reverse(route, args=[found.public_id]), "label": label}
        for action, when, route, label in LINKS
        if applies[when] and grant(by, action) is not None
    ]


@page(Action.INDICATOR_SEND, "GET", "HEAD", "POST")
def record(request: HttpRequest, by: Actor) -> HttpResponse:
    """The form of an indicator that an officer writes down, and taking it in."""
    if request.method != "POST":
        return _recording(request, by, RecordUnmatched())
    form = RecordUnmatched(data=forms.read(request.POST, RecordUnmatched))
    if not form.is_valid():
        return _recording(request, by, form, status=400)

    def run() -> HttpResponse:
        one = record_indicator(by=by, **form.validated_data).indicator
        return see_other("ui:indicators") if one is None else after(by, one.public_id)

    shown = partial(_recording, request, by, form)
    said = "Recorded. It waits until somebody says whom it is about."
    return send(request, by, run, shown=shown, said=said, action=Action.INDICATOR_SEND)


def _recording(
    request: HttpRequest, by: Actor, form: Any, *, refusals: Any = None, status: int = 200
) -> HttpResponse:
    consult(by=by, action=Action.INDICATOR_SEND)
    context = {
        "section": "indicators",
        "trail": to_inbox(),
        "form": form,
        "refusals": refusals or {},
        "key": posting.new_key(),
    }
    return show(request, "indicator_record.html", context, status=status)


def after(by: Actor, indicator: UUID) -> HttpResponse:
    """The indicator's page; the inbox, for who does not see it, being about nobody of theirs."""
    try:
        reads.visible(by, indicator)
    except NotVisible:
        return see_other("ui:indicators")
    return see_other("ui:indicator", indicator)


def to_inbox() -> list[dict[str, str]]:
    """Breadcrumbs of a page under the inbox."""
    return trail(("Indicators", reverse("ui:indicators")))
