"""What happened with one person, over the wire: the entries of the page's timeline, as facts."""

from typing import Any, NamedTuple

from rest_framework import serializers

from accounts.models import User
from api.shapes import assessments
from api.shapes.common import OfficerName, officer
from api.shapes.visits import visit_row
from risk.models import (
    Indicator,
    IndicatorTriage,
    MatchDecision,
    RiskAssessment,
    RiskManagementPlan,
    TriageCheck,
)
from workflows.models import ReassignmentMove, Visit
from workflows.queries.timeline import Entry
from workflows.steps.missing import CHECKED


class Told(NamedTuple):
    """What an entry of one kind says: by whom it is, its facts, and what somebody typed."""

    by: str
    facts: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


#: By kind. What is typed may hold an address, and is left out where a grant redacts.
TOLD: dict[str, Told] = {
    "visit": Told("recorded_by"),
    "assessment": Told("author"),
    "notification": Told(
        "recorded_by",
        ("kind", "acknowledged"),
        ("station", "details_changed", "void_reason"),
    ),
    "contact_note": Told("recorded_by", ("kind",), ("text",)),
    "level": Told("decided_by", ("level", "origin"), ("reason",)),
    "reassignment": Told("", ("returned",), people=("from_manager", "to_manager")),
    "significant_change": Told("recorded_by", ("what", "occurred_on", "known_on"), ("text",)),
    "case_review": Told("reviewed_by", ("kind", "grade"), ("comment",)),
    "plan": Told(
        "author",
        ("version", "state", "visit_every"),
        ("review",),
        ("decided_by", "interval_decided_by"),
    ),
    "indicator_matched": Told("decided_by"),
    "indicator_triaged": Told("triaged_by"),
    "missing_reported": Told("reported_by", ("origin", "last_seen_on"), ("reason",)),
    "missing_decided": Told("decided_by", ("decision",), ("comment",)),
    "missing_located": Told("closed_by", ("found_in",), ("how",)),
    "not_missing": Told("decided_by", ("decision",), ("reason",)),
    "missing_enquiry": Told(
        "made_by",
        (*CHECKED, "is_periodic", "reviewed_at"),
        ("findings", "next_steps", "review"),
        ("reviewed_by",),
    ),
    "death_reported": Told("reported_by", ("died_on",), ("source",)),
    "death_decided": Told("decided_by", ("decision",), ("reference", "comment")),
    "entry_warrant": Told(
        "considered_by",
        ("recommendation", "decision", "applied_on", "court", "court_on", "executed_on"),
        ("reason", "decision_reason"),
        ("decided_by",),
    ),
}


class TimelineEntry(serializers.Serializer):
    """One fact. Which `values` there are follows from its kind."""

    kind = serializers.ChoiceField(choices=sorted(TOLD))
    id = serializers.UUIDField(
        allow_null=True, help_text="Of the fact, where it has one; of a move, its reassignment's"
    )
    on = serializers.DateField()
    at = serializers.DateTimeField(allow_null=True, help_text="Null where only the day is known")
    by = OfficerName(
        allow_null=True,
        help_text="Null: taken over from another record, or of an indicator that is not opened",
    )
    void = serializers.BooleanField(help_text="Voided, returned or undone")
    values = serializers.DictField(
        help_text="What was recorded; without what was typed where a grant redacts"
    )


class Timeline(serializers.Serializer):
    """A page of the timeline, newest first."""

    results = TimelineEntry(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


def entry(found: Entry, *, shows_text: bool) -> dict[str, Any]:
    """`found` as a TimelineEntry."""
    fact: Any = found.fact
    told = TOLD[found.kind]
    by: User | None = getattr(fact, told.by) if told.by else fact.reassignment.decided_by
    return {
        "kind": found.kind,
        "id": _id(found),
        "on": found.on,
        "at": found.at,
        # Who worked on what is restricted says who is named for it (PRACTICE 14).
        "by": officer(by) if found.opened else None,
        "void": _is_void(found),
        "values": _values(found, told, shows_text=shows_text),
    }


def _id(found: Entry) -> Any:
    fact: Any = found.fact
    if not found.opened:
        return None
    if isinstance(fact, ReassignmentMove):
        return fact.reassignment.public_id
    return getattr(fact, "public_id", None)


def _is_void(found: Entry) -> bool:
    fact: Any = found.fact
    if isinstance(fact, IndicatorTriage):
        return found.opened and fact.decision == TriageCheck.RETURNED
    if isinstance(fact, RiskAssessment | RiskManagementPlan):
        return fact.state == "returned"
    if isinstance(fact, ReassignmentMove):
        return fact.returned
    return getattr(fact, "voided_at", None) is not None


#: Of an indicator that the viewer does not open: only that there is one (PRACTICE 14).
HIDDEN = {"indicator": None, "code": "", "severity": "", "restricted": True}


def _indicator(found: Indicator) -> dict[str, Any]:
    return {
        "indicator": found.public_id,
        "code": found.code,
        "severity": found.severity,
        "restricted": False,
    }


def _triage(triage: IndicatorTriage, *, shows_text: bool) -> dict[str, Any]:
    said = {"outcome": triage.outcome, "decision": triage.decision}
    typed = {"reason": triage.reason, "comment": triage.comment} if shows_text else {}
    whole = _indicator(triage.indicator) | said
    return whole | {"checked_by": officer(triage.checked_by)} | typed


def _values(found: Entry, told: Told, *, shows_text: bool) -> dict[str, Any]:
    fact: Any = found.fact
    if isinstance(fact, Visit):
        return visit_row(fact, shows_text=shows_text)
    if isinstance(fact, RiskAssessment):
        return assessments.assessment(fact)
    if not found.opened:
        return dict(HIDDEN)
    if isinstance(fact, MatchDecision):
        return _indicator(fact.match.indicator)
    if isinstance(fact, IndicatorTriage):
        return _triage(fact, shows_text=shows_text)
    values = {name: getattr(fact, name) for name in told.facts}
    values |= {name: officer(getattr(fact, name)) for name in told.people}
    if found.kind == "missing_enquiry":
        values["report"] = fact.report and fact.report.public_id
    return values | ({name: getattr(fact, name) for name in told.typed} if shows_text else {})
