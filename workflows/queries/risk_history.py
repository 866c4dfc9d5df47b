"""Every decision on the risk of one person, newest first: who made it, when, and why.

One list from the tables that hold the decisions. Nothing is decided or worked out here.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import User
from accounts.policy import Action
from offenders.models import Offender
from risk.models import (
    Decided,
    Indicator,
    IndicatorDecision,
    IndicatorTriage,
    MatchDecision,
    RiskAssessment,
    TriageCheck,
)
from workflows.queries.indicators import decided_for
from workflows.queries.sql import Page

#: What decisions are on, and what each may be.
DECISIONS = {
    "level": ("decided", "taken_over"),
    "assessment": ("submitted", "endorsed", "returned", "taken_over"),
    "override": ("approved", "ended"),
    "static_score": ("recorded", "voided"),
    "plan": ("submitted", "agreed", "returned", "interval_agreed", "interval_refused"),
    "indicator": (
        *("confirmed", "rejected", "unmatched", "triaged", "triage_agreed", "triage_returned"),
        *Decided.values,
    ),
}


class RiskDecision(NamedTuple):
    """One decision. `at`: of one that was taken over, the first instant of its London day.

    `by`: None where it was taken over, or nobody's, as when an override runs out; `label`: of
    another system that made it. `what`: the tool, the version of a plan, the type of an indicator,
    by code. `value`: the level, band, outcome or months that it gave, by code; "" for none.
    `reason`: as it was typed. `fact`: the row that holds it.
    """

    kind: str
    decision: str
    at: dt.datetime
    by: User | None
    what: str
    value: str
    reason: str
    fact: Any
    label: str = ""

    @property
    def place(self) -> tuple[int, str, int, str]:
        """Its place in the list: the newest first."""
        return -_micros(self.at), self.kind, -self.fact.pk, self.decision


#: The newest so many of one table up to an instant, as decisions.
Source = Callable[["_Asked"], Iterator[RiskDecision]]


class _Asked(NamedTuple):
    by: Actor
    person: Offender
    most: int
    until: dt.datetime | None

    def newest(self, rows: QuerySet[Any], column: str) -> QuerySet[Any]:
        """The newest of `rows` by an instant that they have."""
        rows = rows.filter(**{f"{column}__isnull": False})
        if self.until is not None:
            rows = rows.filter(**{f"{column}__lte": self.until})
        return rows.order_by(f"-{column}", "-pk")[: self.most]

    def newest_by_day(self, rows: QuerySet[Any], column: str) -> QuerySet[Any]:
        """The same of rows that have a London day alone."""
        if self.until is not None:
            rows = rows.filter(**{f"{column}__lte": timezone.localdate(self.until)})
        return rows.order_by(f"-{column}", "-pk")[: self.most]


def risk_history(
    *, actor: Actor, person: Offender, after: tuple[Any, ...] | None = None, limit: int = 50
) -> Page[RiskDecision]:
    """Some decisions. `after` is the `next` of the page before. A constant number of reads.

    Whoever calls has found the person for the actor. Of indicators, those alone that the actor may
    see.
    """
    place, seen_of_instant = (tuple(after[:-1]), after[-1]) if after else (None, 0)
    until = _instant(-place[0]) if place else None
    asked = _Asked(actor, person, limit + 1 + seen_of_instant, until)
    found = sorted((one for source in SOURCES for one in source(asked)), key=lambda one: one.place)
    left = [one for one in found if place is None or one.place > place]
    rows = left[:limit]
    if len(left) <= limit:
        return Page(rows, None, timezone.localdate())
    last = rows[-1].place
    of_instant = sum(one.place[0] == last[0] and one.place <= last for one in found)
    return Page(rows, (*last, of_instant), timezone.localdate())


def _levels(asked: _Asked) -> Iterator[RiskDecision]:
    rows = _of(asked.person.levels, "decided_by")
    for one in asked.newest_by_day(rows.filter(decided_by=None), "decided_on"):
        given = (None, "", one.level, one.reason, one)
        yield RiskDecision("level", "taken_over", _midnight(one.decided_on), *given)
    for one in asked.newest(rows.exclude(decided_by=None), "recorded_at"):
        given = (one.decided_by, "", one.level, one.reason, one)
        yield RiskDecision("level", "decided", one.recorded_at, *given)


def _assessments(asked: _Asked) -> Iterator[RiskDecision]:
    rows = _of(asked.person.assessments, "author", "endorser", "template")
    imported = rows.filter(state=RiskAssessment.State.IMPORTED)
    for one in asked.newest_by_day(imported, "assessed_on"):
        at = _midnight(one.assessed_on)
        yield RiskDecision(
            "assessment", "taken_over", at, None, one.tool_name, one.proposed_level, "", one
        )
    for one in asked.newest(rows, "submitted_at"):
        given = (one.author, one.tool_name, one.proposed_level, "", one)
        yield RiskDecision("assessment", "submitted", one.submitted_at, *given)
    for one in asked.newest(rows, "decided_at"):
        returned = one.state == RiskAssessment.State.RETURNED
        decision = "returned" if returned else "endorsed"
        given = (one.endorser, one.tool_name, one.level, one.decision_comment, one)
        yield RiskDecision("assessment", decision, one.decided_at, *given)


def _overrides(asked: _Asked) -> Iterator[RiskDecision]:
    rows = _of(asked.person.overrides, "approver")
    for one in asked.newest(rows, "recorded_at"):
        given = (one.approver, "", one.level, one.reason, one)
        yield RiskDecision("override", "approved", one.recorded_at, *given)
    for one in asked.newest(rows, "ended_at"):
        yield RiskDecision("override", "ended", one.ended_at, None, "", one.level, "", one)


def _scores(asked: _Asked) -> Iterator[RiskDecision]:
    rows = _of(asked.person.static_scores, "recorded_by", "voided_by")
    for one in asked.newest(rows, "recorded_at"):
        label = "" if one.recorded_by else one.recorded_by_label
        made = (one.recorded_by, one.tool, one.adjusted_band, "", one, label)
        yield RiskDecision("static_score", "recorded", one.recorded_at, *made)
    for one in asked.newest(rows, "voided_at"):
        given = (one.voided_by, one.tool, one.adjusted_band, one.void_reason, one)
        yield RiskDecision("static_score", "voided", one.voided_at, *given)


def _plans(asked: _Asked) -> Iterator[RiskDecision]:
    rows = _of(asked.person.plans, "author", "decided_by", "interval_decided_by")
    for one in asked.newest(rows, "submitted_at"):
        given = (one.author, str(one.version), "", one.review, one)
        yield RiskDecision("plan", "submitted", one.submitted_at, *given)
    for one in asked.newest(rows, "decided_at"):
        decision = "returned" if one.decision == one.Decision.RETURNED else "agreed"
        given = (one.decided_by, str(one.version), "", one.comment, one)
        yield RiskDecision("plan", decision, one.decided_at, *given)
    for one in asked.newest(rows, "interval_decided_at"):
        refused = one.interval_decision == "refuse"
        decision = "interval_refused" if refused else "interval_agreed"
        given = (one.interval_decided_by, str(one.version), "", one.interval_comment, one)
        yield RiskDecision("plan", decision, one.interval_decided_at, *given)


def _indicators(asked: _Asked) -> Iterator[RiskDecision]:
    seen = Indicator.objects.permitted(asked.by, Action.INDICATOR_VIEW)
    matched = MatchDecision.objects.filter(
        match__offender=asked.person, match__indicator__in=seen.values("pk")
    )
    for one in asked.newest(_of(matched, "decided_by", "match__indicator"), "decided_at"):
        given = (one.decided_by, one.match.indicator.code, "", one.reason, one)
        yield RiskDecision("indicator", one.decision, one.decided_at, *given)
    settled = decided_for(asked.by).filter(
        indicator__in=seen.filter(offender=asked.person).values("pk")
    )
    for one in asked.newest(_of(settled, "decided_by", "indicator"), "decided_at"):
        said = (one.decided_by, one.indicator.code, "", one.reason, one, one.client_label)
        yield RiskDecision("indicator", one.decision, one.decided_at, *said)


def _triages(asked: _Asked) -> Iterator[RiskDecision]:
    """What was made of an indicator while it was about the person, and what a second officer said:
    also of one that was set aside as a duplicate, or turned out to be about nobody."""
    seen = Indicator.objects.permitted(asked.by, Action.INDICATOR_VIEW)
    triaged = asked.person.indicator_triages.filter(indicator__in=seen.values("pk"))
    rows = _of(triaged, "triaged_by", "checked_by", "indicator")
    for one in asked.newest(rows, "recorded_at"):
        given = (one.triaged_by, one.indicator.code, one.outcome, one.reason, one)
        yield RiskDecision("indicator", "triaged", one.recorded_at, *given)
    for one in asked.newest(rows.exclude(decision=""), "checked_at"):
        returned = one.decision == TriageCheck.RETURNED
        decision = "triage_returned" if returned else "triage_agreed"
        given = (one.checked_by, one.indicator.code, one.outcome, one.comment, one)
        yield RiskDecision("indicator", decision, one.checked_at, *given)


SOURCES: tuple[Source, ...] = (
    _levels,
    _assessments,
    _overrides,
    _scores,
    _plans,
    _indicators,
    _triages,
)


def _of(rows: Any, *people: str) -> QuerySet[Any]:
    return rows.select_related(*people)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time())).astimezone(dt.UTC)


_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def _micros(at: dt.datetime) -> int:
    return (at - _EPOCH) // dt.timedelta(microseconds=1)


def _instant(micros: int) -> dt.datetime:
    return _EPOCH + dt.timedelta(microseconds=micros)


def public_id_of(fact: Model) -> Any:
    """The id of what a decision is about, where it has one; of one on an indicator, that one's."""
    if isinstance(fact, MatchDecision):
        return fact.match.indicator.public_id
    if isinstance(fact, IndicatorDecision | IndicatorTriage):
        return fact.indicator.public_id
    return getattr(fact, "public_id", None)
