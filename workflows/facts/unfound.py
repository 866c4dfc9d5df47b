"""What is known of people who are not found or refuse entry, and of reported deaths.

Failed attempts are few (a partial index holds them), and of those only the ones since the person
was last seen are read. What was decided after an attempt is asked in the same statement.
"""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from offenders.models import Address, AddressWas
from workflows.facts.chunk import Chunk, Subject, ending
from workflows.knowing import Known, Record, Row, date_of
from workflows.models import (
    DeathReport,
    EntryWarrant,
    MissingDecision,
    MissingEnquiry,
    MissingReport,
    Visit,
)
from workflows.obligations import Attempt, DeathReported, Enquired, MissingReported

#: Of a failed attempt and of a report, after the person and, for a report, its day.
ATTEMPT = (
    "occurred_on",
    "outcome",
    "for_risk_assessment",
    "at_home",
    "missing_settled",
    "warrant_decided",
)
REPORT = ("id", "reported_at", "then_decided_on", "then_closed_on", "then_found_in")

#: When the database knew of a decision and of an end; where it noted none, when they were made.
DECIDED = Coalesce("decision_recorded_at", "decided_at")
CLOSED = Coalesce("closing_recorded_at", "closed_at")

FAILED = (*Visit.ENTRY_FAILED, Visit.Outcome.NOT_RESIDENT)


def unfound(chunk: Chunk) -> Subject:
    """Failed attempts, reports of missing people, enquiries and reported deaths."""
    record = chunk.record
    reports = record.when(
        MissingReport.objects.annotate(decision_known_at=DECIDED, closing_known_at=CLOSED),
        decided_on="decision_known_at",
        closed_on="closing_known_at",
        found_in="closing_known_at",
    )
    enquiries = MissingEnquiry.objects.all()
    deaths = record.when(
        DeathReport.objects.annotate(decision_known_at=DECIDED), decided_on="decision_known_at"
    )
    died = ending(DeathReported._make)
    return {
        "attempts": _attempts(chunk),
        "reports": chunk.dated(reports, "reported_on", report, *REPORT),
        "enquiries": chunk.dated(enquiries, "made_on", Enquired._make, "report_id"),
        "deaths": chunk.dated(deaths, "reported_on", died, "then_decided_on"),
    }


def _attempts(chunk: Chunk) -> Known[Attempt]:
    rows = attempts(chunk.day, chunk.record)
    if chunk.record.at is None:
        return chunk.all_of(rows, attempt, *ATTEMPT)
    homes = _homes_as_known(chunk)

    def made(row: Row) -> Attempt:
        return attempt(row[:-1])._replace(at_home=row[-1] in homes)

    return chunk.all_of(rows, made, *ATTEMPT, "address_id")


def _homes_as_known(chunk: Chunk) -> set[int]:
    """The addresses that were homes on the day, as they stood on record."""
    stood = chunk.record.standing(
        chunk.record.of(Address.objects.all(), "voided_at"),
        AddressWas,
        chunk.ids,
        *("kind", "from_on", "until_on"),
    )
    return {
        key
        for key, (_, kind, since, until) in stood.items()
        if kind in Address.HOME
        and (since is None or since <= chunk.day)
        and (until is None or until > chunk.day)
    }


def attempts(day: dt.date, record: Record) -> QuerySet[Visit]:
    """Live failed visits up to a London date, since the last effective one before it."""
    mine = Q(offender_id=OuterRef("offender_id"))
    after = Q(occurred_on__gt=OuterRef("occurred_on")) | Q(occurred_at__gt=OuterRef("occurred_at"))
    seen = record.of(Visit.objects.all(), "voided_at", "found_ineffective_at").filter(
        mine, after, occurred_on__lte=day, outcome=Visit.Outcome.EFFECTIVE
    )
    decided = record.of(MissingDecision.objects.all()).filter(
        mine, decided_on__lte=day, decided_at__gte=OuterRef("occurred_at")
    )
    closed = Q() if record.at is None else Q(closing_known_at__lte=record.at)
    reported = (
        record.of(MissingReport.objects.annotate(closing_known_at=CLOSED))
        .filter(mine)
        .filter(
            Q(reported_on__lte=day, reported_at__gte=OuterRef("occurred_at"))
            | Q(closed, closed_on__lte=day, closed_at__gte=OuterRef("occurred_at"))
        )
    )
    warrants = EntryWarrant.objects.annotate(decision_known_at=DECIDED)
    on_warrant = record.since(warrants, "decision_known_at").filter(
        mine, decided_on__lte=day, decided_at__gte=OuterRef("occurred_at")
    )
    home = Address.objects.filter(
        Q(from_on__isnull=True) | Q(from_on__lte=day),
        Q(until_on__isnull=True) | Q(until_on__gt=day),
        pk=OuterRef("address_id"),
        kind__in=Address.HOME,
        voided_at__isnull=True,
    )
    failed = record.of(Visit.objects.all(), "voided_at").filter(
        ~Exists(seen), outcome__in=FAILED, occurred_on__lte=day
    )
    return failed.annotate(
        at_home=Exists(home),
        missing_settled=Exists(decided) | Exists(reported),
        warrant_decided=Exists(on_warrant),
    )


def attempt(row: Row) -> Attempt:
    """A row of `ATTEMPT`; SQLite gives 0 and 1 for what is asked in a subquery."""
    on, outcome, to_assess, at_home, settled, decided = row
    return Attempt(on, outcome, bool(to_assess), bool(at_home), bool(settled), bool(decided))


def report(row: Row) -> MissingReported:
    """A report's day and `REPORT`. The driver of SQLite gives instants in UTC without saying so."""
    on, key, at, decided_on, closed_on, found_in = row
    aware = at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    return MissingReported(on, key, aware, date_of(decided_on), date_of(closed_on), found_in or "")
