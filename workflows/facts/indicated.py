"""Indicators of online risk that officers said are about a person, and the triage of each."""

import datetime as dt

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from risk.models import IndicatorDecision, IndicatorTriage, MatchDecision
from workflows.facts.chunk import Chunk, Subject
from workflows.knowing import Record, Row, date_of, grouped, london_day
from workflows.obligations import IndicatorConfirmed

ONE_DAY = dt.timedelta(days=1)
#: Before midnight is the day that ends then.
A_MOMENT = dt.timedelta(microseconds=1)
Confirmed = MatchDecision.Decision


def indicated(chunk: Chunk) -> Subject:
    """Each confirmation that nobody took back. What is secret to its named users opens nothing.

    Of what its source took back, only what a triage that stands had asked for goes on.
    """
    stands = _standing(chunk.record)
    rows = _confirmed(chunk).annotate(
        offender_id=F("match__offender_id"),
        is_retracted=Exists(_retracted(chunk.record)),
        then_triaged_on=Subquery(stands.values("stands_on")[:1]),
        then_outcome=Subquery(stands.values("outcome")[:1]),
    )

    def made(row: Row) -> IndicatorConfirmed:
        at, key, severity, triage_by, triaged_on, outcome, is_retracted = row
        settled_on = date_of(triaged_on)
        stood = settled_on is not None and settled_on <= chunk.day
        return IndicatorConfirmed(
            london_day(at),
            key,
            severity,
            last_day(triage_by),
            settled_on if stood else None,
            outcome if stood else "",
            bool(is_retracted),
        )

    fields = ("decided_at", "match__indicator_id", "match__indicator__severity")
    more = ("match__indicator__triage_by", "then_triaged_on", "then_outcome", "is_retracted")
    return {"indicators": grouped(rows, chunk.ids, made, *fields, *more)}


def last_day(triage_by: dt.datetime | str) -> dt.date:
    """The last London day of a deadline: of one at midnight, the day that ends then."""
    at = dt.datetime.fromisoformat(triage_by) if isinstance(triage_by, str) else triage_by
    return london_day(at - A_MOMENT)


def _confirmed(chunk: Chunk) -> "QuerySet[MatchDecision]":
    """Confirmations of the day or earlier that nobody took back, as they stood on record."""
    midnight = timezone.make_aware(dt.datetime.combine(chunk.day + ONE_DAY, dt.time()))
    of_people = MatchDecision.objects.filter(
        decision=Confirmed.CONFIRMED, match__indicator__is_secret=False, decided_at__lt=midnight
    )
    taken_back = MatchDecision.objects.filter(
        match=OuterRef("match"), pk__gt=OuterRef("pk"), decision=Confirmed.UNMATCHED
    )
    return chunk.record.of(of_people).filter(~Exists(chunk.record.of(taken_back)))


def _retracted(record: Record) -> "QuerySet[IndicatorDecision]":
    """That its source took back the indicator of a confirmation."""
    rows = IndicatorDecision.objects.filter(
        indicator=OuterRef("match__indicator"), decision=IndicatorDecision.Decision.RETRACTED
    )
    return record.since(rows, "decided_at")


def _standing(record: Record) -> "QuerySet[IndicatorTriage]":
    """The triage of a confirmation that stands, or stood."""
    triages = IndicatorTriage.objects.filter(confirmation=OuterRef("pk"), stands_at__isnull=False)
    return record.since(triages, "stands_at")
