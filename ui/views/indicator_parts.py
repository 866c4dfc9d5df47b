"""Indicators of online risk in words, for their pages."""

import datetime as dt
from typing import Any

from django.urls import reverse

from accounts.models import User
from offenders.models import Offender
from risk.grading import Handling
from risk.indicator_codes import Severity, TriageOutcome
from risk.indicator_types import type_of
from risk.models import (
    WAITING,
    Decided,
    Indicator,
    IndicatorDecision,
    IndicatorState,
    IndicatorTriage,
    Match,
    MatchDecision,
    MatchState,
    TriageCheck,
)
from ui import words
from ui.views.indicator_facts import grade_words, handling_words, received, sent_by, source_words
from ui.views.page import person_line

#: Why somebody was suggested (`workflows.matching.Reason`).
REASONS = {
    "name": "same name",
    "alias": "known by that name as well",
    "surname": "same surname",
    "date_of_birth": "same date of birth",
    "identifier": "same number of a record",
    "device": "same device or telephone",
    "account": "same online account",
    "address": "lives at that postcode",
    "rejected_before": "the same source meant them before, and an officer said it was not them",
}
#: What a supervisor made of a triage.
CHECKED = {
    TriageCheck.AGREED: "Triage agreed by a second officer",
    TriageCheck.RETURNED: "Triage returned",
}
#: People whom a row of the list names; the page has them all.
MOST_NAMED = 3


def name_of(found: Indicator) -> str:
    """What it is, in the words of the field."""
    return type_of(found.code).name


def row(
    found: Indicator, now: dt.datetime, *, suggested: list[Offender], task: Any, can_match: bool
) -> dict[str, Any]:
    """One indicator as the list shows it: nothing of what it says."""
    page = reverse("ui:indicator", args=[found.public_id])
    only = suggested[0] if len(suggested) == 1 else None
    matches = can_match and found.state == IndicatorState.UNMATCHED
    return head(found, now) | {
        "url": page,
        "suggested": [person_line(one) for one in suggested[:MOST_NAMED]],
        "others": max(len(suggested) - MOST_NAMED, 0),
        "match_url": _decide(found, only, "ui:match-indicator", page) if matches else "",
        "reject_url": _decide(found, only, "ui:reject-match", page) if matches else "",
        "triage_url": reverse("ui:task", args=[task]) if task else "",
    }


def _decide(found: Indicator, only: Offender | None, route: str, page: str) -> str:
    """The page of the decision where it can be about one person alone, else who it may be about."""
    if only is None:
        return f"{page}#candidates"
    return reverse(route, args=[found.public_id, only.public_id])


def head(found: Indicator, now: dt.datetime) -> dict[str, Any]:
    """What it is, how grave, how well graded, and by when somebody must look."""
    waits = found.state in WAITING
    left, state = words.time_left(found.triage_by, now)
    return {
        "public_id": found.public_id,
        "name": name_of(found),
        "code": found.code,
        "severity": found.severity,
        "severity_label": str(Severity(found.severity).label),
        "state_label": str(IndicatorState(found.state).label),
        "grade": f"{found.source_grade}{found.assessment_grade}{found.handling}",
        "grade_words": grade_words(found),
        "source": source_words(found.source),
        "occurred_at": found.occurred_at,
        "triage_by": found.triage_by if waits else None,
        "left": left if waits else "",
        "left_state": state,
        "outcome": outcome_words(found),
        "person": person_line(found.offender) if found.offender else None,
        "has_conditions": found.handling == Handling.CONDITIONS,
        "restricted": found.is_restricted,
        "secret": found.is_secret,
    }


def outcome_words(found: Indicator) -> str:
    """What its triage led to; empty before."""
    return str(TriageOutcome(found.outcome).label) if found.outcome else ""


def whole(found: Indicator) -> dict[str, Any]:
    """Everything as it was received, of one read `with_parts`."""
    return {
        "handling": handling_words(found),
        "conditions": found.handling_conditions,
        "facts": received(found),
    }


def candidate(match: Match, *, open_to_match: bool) -> dict[str, Any]:
    """Somebody it may be about, with why, and where the decision is made."""
    person, indicator = match.offender, match.indicator
    is_rejected = match.state == MatchState.REJECTED
    args = [indicator.public_id, person.public_id]
    rejects = match.state == MatchState.SUGGESTED and open_to_match
    return {
        "person": person_line(person),
        "team": person.team.name,
        "state": match.state,
        "state_label": str(MatchState(match.state).label),
        "reasons": reasons_words(match),
        "decided_by": _name(match.decided_by),
        "decided_at": match.decided_at,
        "rejected": is_rejected,
        "match_url": reverse("ui:match-indicator", args=args) if open_to_match else "",
        "reject_url": reverse("ui:reject-match", args=args) if rejects else "",
    }


def reasons_words(match: Match) -> str:
    """Why somebody was suggested: "Same name, same date of birth"."""
    said = ", ".join(REASONS[reason] for reason in match.reasons)
    return f"{said[:1].upper()}{said[1:]}" or "Named by an officer"


def decided(one: MatchDecision) -> dict[str, Any]:
    """One decision on whom it is about, as the history shows it."""
    label = str(MatchDecision.Decision(one.decision).label)
    return {
        "title": f"{label}: {one.match.offender.source_ref}",
        "reason": one.reason,
        "by": _name(one.decided_by),
        "at": one.decided_at,
    }


def history(
    found: Indicator,
    matched: list[MatchDecision],
    settled: list[IndicatorDecision],
    triages: list[IndicatorTriage],
) -> list[dict[str, Any]]:
    """What was decided about it and by whom, oldest first."""
    entries = [{"title": "Received", "reason": "", "by": sent_by(found), "at": found.received_at}]
    entries += [decided(one) for one in matched]
    entries += [_settled(one) for one in settled]
    entries += [entry for one in triages for entry in _triaged(one)]
    return sorted(entries, key=lambda entry: entry["at"])


def _triaged(one: IndicatorTriage) -> list[dict[str, Any]]:
    """A triage, and what a supervisor made of it where one did."""
    outcome = str(TriageOutcome(one.outcome).label)
    by = _name(one.triaged_by)
    said = [{"title": f"Triaged: {outcome}", "reason": one.reason, "by": by, "at": one.recorded_at}]
    if one.decision:
        title = CHECKED[TriageCheck(one.decision)]
        by = _name(one.checked_by)
        said.append({"title": title, "reason": one.comment, "by": by, "at": one.checked_at})
    return said


def _settled(one: IndicatorDecision) -> dict[str, Any]:
    who = f": {one.user.display_name}" if one.user else ""
    return {
        "title": f"{Decided(one.decision).label}{who}",
        "reason": one.reason,
        "by": _name(one.decided_by) or one.client_label,
        "at": one.decided_at,
    }


def _name(user: User | None) -> str:
    return user.display_name if user else ""
