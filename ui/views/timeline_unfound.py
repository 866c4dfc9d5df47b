"""Entries of the timeline about searches, reported deaths and warrants, in words."""

from collections.abc import Callable
from typing import Any

from accounts.models import User
from offenders.models import Status
from ui import words
from workflows.models import (
    DeathReport,
    EntryWarrant,
    MissingDecision,
    MissingEnquiry,
    MissingReport,
)
from workflows.steps.missing import CHECKED

#: What is shown of a text that somebody typed.
Text = Callable[[str], str]


def _reported(report: MissingReport, text: Text) -> dict[str, Any]:
    seen = f"Last seen {words.long_day(report.last_seen_on)}" if report.last_seen_on else ""
    return _entry("Reported missing", [seen, text(report.reason)], report.reported_by)


def _decided(report: MissingReport, text: Text) -> dict[str, Any]:
    is_confirmed = report.decision == MissingReport.Decision.CONFIRMED
    title = "Confirmed missing" if is_confirmed else "Not confirmed missing"
    return _entry(title, [text(report.comment)], report.decided_by)


def _located(report: MissingReport, text: Text) -> dict[str, Any]:
    place = str(Status(report.found_in).label).lower()
    return _entry(f"Located: {place}", [text(report.how)], report.closed_by)


def _not_missing(decision: MissingDecision, text: Text) -> dict[str, Any]:
    return _entry("Decided: not missing", [text(decision.reason)], decision.decided_by)


def _enquiry(enquiry: MissingEnquiry, text: Text) -> dict[str, Any]:
    checked = sum(getattr(enquiry, name) for name in CHECKED)
    said = [
        f"{checked} of {len(CHECKED)} checks made",
        text(enquiry.findings),
        text(enquiry.next_steps),
        "Reviewed by an inspector" if enquiry.reviewed_by else "",
    ]
    return _entry("Missing person enquiry", said, enquiry.made_by)


def _death(report: DeathReport, text: Text) -> dict[str, Any]:
    died = f"Said to have died {words.long_day(report.died_on)}" if report.died_on else ""
    return _entry("Reported dead", [died, text(report.source)], report.reported_by)


def _death_decided(report: DeathReport, text: Text) -> dict[str, Any]:
    is_verified = report.decision == DeathReport.Decision.VERIFIED
    title = "Death verified" if is_verified else "Reported death refuted"
    return _entry(title, [text(report.reference), text(report.comment)], report.decided_by)


def _warrant(warrant: EntryWarrant, text: Text) -> dict[str, Any]:
    said = [warrant_words(warrant), text(warrant.decision_reason or warrant.reason)]
    return _entry("Entry warrant (s.96B)", said, warrant.decided_by or warrant.considered_by)


def warrant_words(warrant: EntryWarrant) -> str:
    """How far a warrant has come: "Applied for 3 Nov 2026, granted 5 Nov 2026"."""
    if not warrant.decision:
        return f"Waits for an inspector. Recommended: {_lower(warrant, 'recommendation')}"
    steps = (
        (_lower(warrant, "decision"), warrant.applied_on),
        (_lower(warrant, "court"), warrant.court_on),
        ("executed" if warrant.executed_on else "", warrant.executed_on),
    )
    said = ", ".join(f"{word} {words.long_day(on)}" if on else word for word, on in steps if word)
    return said[:1].upper() + said[1:]


def _lower(warrant: EntryWarrant, field: str) -> str:
    found = str(getattr(warrant, f"get_{field}_display")())
    return found[:1].lower() + found[1:]


def _entry(title: str, said: list[str], by: User | None) -> dict[str, Any]:
    return {
        "title": title,
        "words": " · ".join(filter(None, said)),
        "by": by.display_name if by else "Taken over from another record",
    }


WORDED: dict[str, Callable[[Any, Text], dict[str, Any]]] = {
    "missing_reported": _reported,
    "missing_decided": _decided,
    "missing_located": _located,
    "not_missing": _not_missing,
    "missing_enquiry": _enquiry,
    "death_reported": _death,
    "death_decided": _death_decided,
    "entry_warrant": _warrant,
}
