"""Entries of the timeline in words."""

from collections.abc import Callable
from typing import Any

from accounts.models import User
from offenders.models import ContactNote, LevelDecision, Notification
from risk.indicator_codes import TriageOutcome
from risk.models import (
    IndicatorTriage,
    MatchDecision,
    PlanState,
    RiskAssessment,
    RiskManagementPlan,
    SignificantChange,
    TriageCheck,
)
from ui import words
from ui.views import timeline_unfound
from ui.views.plan_parts import interval_words
from workflows.models import CaseReview, ReassignmentMove, Visit
from workflows.queries.timeline import Entry
from workflows.queries.triage import RESTRICTED, indicator_words

#: Characters of free text that an entry shows.
MOST_TEXT = 280

#: What is shown of a text that somebody typed.
Text = Callable[[str], str]


def entry_line(entry: Entry, *, shows_text: bool) -> dict[str, Any]:
    """One fact as the page shows it. `at` is empty where only the day is known.

    What somebody typed may hold an address or more: without `shows_text` none of it is in the line.
    """
    if entry.opened:
        said = WORDED[entry.kind](entry.fact, _typed if shows_text else _withheld)
    else:
        said = _hidden(entry)
    return {"kind": entry.kind, "at": entry.at, "on": entry.on, "void": False, "links": []} | said


def _visit(visit: Visit, text: Text) -> dict[str, Any]:
    there = [text(staff.partner) or _name(staff.user) for staff in visit.attendances.all()]
    notes = [
        text(visit.note),
        "Concern raised" if visit.concern else "",
        visit.get_place_display() if visit.place else "",
        "Found not effective on review" if visit.found_ineffective_at else "",
        "Lone visit without authority" if visit.lone and not visit.lone_authorised else "",
        _voided(text(visit.void_reason)) if visit.voided_at else "",
    ]
    return {
        "title": f"Visit: {str(Visit.Outcome(visit.outcome).label).lower()}",
        "words": " · ".join(filter(None, notes)),
        "by": ", ".join(filter(None, there)) or _origin(visit.recorded_by),
        "void": visit.voided_at is not None,
    }


def _notification(notification: Notification, text: Text) -> dict[str, Any]:
    notes = [
        text(notification.station),
        text(notification.details_changed),
        _voided(text(notification.void_reason)) if notification.voided_at else "",
    ]
    return {
        "title": f"Notified: {str(Notification.Kind(notification.kind).label).lower()}",
        "words": " · ".join(filter(None, notes)),
        "by": _origin(notification.recorded_by),
        "void": notification.voided_at is not None,
    }


def _assessment(assessment: RiskAssessment, text: Text) -> dict[str, Any]:
    state = str(RiskAssessment.State(assessment.state).label)
    proposed = assessment.proposed_level
    notes = [
        f"Proposed level: {words.risk_words(proposed)}" if proposed else "",
        f"Decided level: {words.risk_words(assessment.level)}" if assessment.level else "",
        state if assessment.state != RiskAssessment.State.IMPORTED else "",
    ]
    endorsed = f"; decided by {_name(assessment.endorser)}" if assessment.endorser else ""
    return {
        "title": f"Risk assessment: {assessment.tool_name}",
        "words": " · ".join(filter(None, notes)),
        "by": f"{_origin(assessment.author)}{endorsed}",
        "void": assessment.state == RiskAssessment.State.RETURNED,
    }


def _change(change: SignificantChange, text: Text) -> dict[str, Any]:
    happened = words.long_day(change.occurred_on)
    when = "" if change.known_on == change.occurred_on else f"Happened {happened}"
    return {
        "title": f"Change: {str(change.get_what_display()).lower()}",
        "words": " · ".join(filter(None, [when, text(change.text)])),
        "by": _name(change.recorded_by),
    }


def _plan(plan: RiskManagementPlan, text: Text) -> dict[str, Any]:
    decided = [plan.decided_by, plan.interval_decided_by]
    names = [name for name in dict.fromkeys(_name(user) for user in decided) if name]
    notes = [
        str(PlanState(plan.state).label),
        f"Visits: {interval_words(plan).lower()}" if plan.interval else "",
        text(plan.review),
    ]
    return {
        "title": f"Risk management plan, version {plan.version}",
        "words": " · ".join(filter(None, notes)),
        "by": "; decided by ".join([_name(plan.author), *names[:1]])
        + "".join(f" and {name}" for name in names[1:]),
        "void": plan.state == PlanState.RETURNED,
    }


def _note(note: ContactNote, text: Text) -> dict[str, Any]:
    return {
        "title": f"Contact: {str(ContactNote.Kind(note.kind).label).lower()}",
        "words": text(note.text),
        "by": _name(note.recorded_by),
    }


def _level(decision: LevelDecision, text: Text) -> dict[str, Any]:
    return {
        "title": f"Management level: {words.risk_words(decision.level)}",
        "words": text(decision.reason),
        "by": _origin(decision.decided_by),
    }


def _move(move: ReassignmentMove, text: Text) -> dict[str, Any]:
    returned = ". Undone later" if move.returned else ""
    came_from = _name(move.from_manager) if move.from_manager else "nobody"
    return {
        "title": "Offender manager changed",
        "words": f"{came_from} to {_name(move.to_manager)}{returned}",
        "by": _name(move.reassignment.decided_by),
        "void": move.returned,
    }


def _case_review(review: CaseReview, text: Text) -> dict[str, Any]:
    kind, grade = CaseReview.Kind(review.kind), CaseReview.Grade(review.grade)
    return {
        "title": f"{kind.label}: {str(grade.label).lower()}",
        "words": text(review.comment),
        "by": _name(review.reviewed_by),
    }


def _matched(decision: MatchDecision, text: Text) -> dict[str, Any]:
    return {
        "title": f"Matched: {indicator_words(decision.match.indicator)}",
        "words": "",
        "by": _name(decision.decided_by),
    }


def _triaged(triage: IndicatorTriage, text: Text) -> dict[str, Any]:
    returned = triage.decision == TriageCheck.RETURNED
    notes = [
        indicator_words(triage.indicator),
        text(triage.reason),
        "Waits for a supervisor" if triage.takes_check and not triage.decision else "",
        f"Returned: {text(triage.comment)}" if returned else "",
    ]
    checked = f"; checked by {_name(triage.checked_by)}" if triage.checked_by else ""
    return {
        "title": f"Triaged: {str(TriageOutcome(triage.outcome).label).lower()}",
        "words": " · ".join(filter(None, notes)),
        "by": f"{_name(triage.triaged_by)}{checked}",
        "void": returned,
    }


def _hidden(entry: Entry) -> dict[str, Any]:
    """Of an indicator that the viewer does not open: that there is one, and not who decided.

    That would say who is named for it (PRACTICE 14).
    """
    done = "Matched" if isinstance(entry.fact, MatchDecision) else "Triaged"
    return {"title": f"{done}: {RESTRICTED}", "words": "", "by": ""}


WORDED: dict[str, Callable[[Any, Text], dict[str, Any]]] = timeline_unfound.WORDED | {
    "visit": _visit,
    "notification": _notification,
    "assessment": _assessment,
    "contact_note": _note,
    "level": _level,
    "reassignment": _move,
    "significant_change": _change,
    "case_review": _case_review,
    "plan": _plan,
    "indicator_matched": _matched,
    "indicator_triaged": _triaged,
}


def _name(user: User | None) -> str:
    return user.display_name if user else ""


def _origin(user: User | None) -> str:
    """Who recorded it; nobody did where it was taken over."""
    return _name(user) or "Taken over from another record"


def _typed(text: str) -> str:
    return text if len(text) <= MOST_TEXT else f"{text[: MOST_TEXT - 1].rstrip()}…"


def _withheld(text: str) -> str:
    return ""


def _voided(why: str) -> str:
    return f"Voided: {why}" if why else "Voided"
