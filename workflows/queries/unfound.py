"""What the pages and the API show of a search, a reported death and warrants."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Model, Value
from django.utils import timezone
from rest_framework.serializers import Serializer

from accounts.models import User
from offenders.models import Offender
from rules import current
from workflows.facts.unfound import ATTEMPT, attempt, attempts
from workflows.knowing import Record
from workflows.models import (
    DeathReport,
    EntryWarrant,
    Kind,
    MissingDecision,
    MissingEnquiry,
    MissingReport,
    Task,
    Visit,
)
from workflows.obligations.entry import counting, counts, failed_often_enough_on
from workflows.queries import written
from workflows.steps.death import ReportDeath
from workflows.steps.missing import RecordEnquiry, ReportMissing
from workflows.steps.visit import RecordOutcome

#: Kind of entry, its London date, its instant where one is known, and the fact.
Happening = tuple[str, dt.date, dt.datetime | None, Model]


@dataclass(frozen=True, slots=True)
class Unfound:
    """Every report, decision, round of enquiries and warrant of one person, newest first."""

    reports: list[MissingReport]
    decisions: list[MissingDecision]
    enquiries: list[MissingEnquiry]
    deaths: list[DeathReport]
    warrants: list[EntryWarrant]

    @property
    def open_report(self) -> MissingReport | None:
        """The report by which the person is looked for."""
        return next((report for report in self.reports if report.closed_at is None), None)

    @property
    def waiting_death(self) -> DeathReport | None:
        """The reported death that nobody has verified or refuted."""
        return next((report for report in self.deaths if not report.decision), None)

    @property
    def awaiting(self) -> "Awaiting":
        """The reports that nobody has decided on."""
        missing, death = self.open_report, self.waiting_death
        return Awaiting(
            missing.reported_on if missing and not missing.decision else None,
            death.reported_on if death else None,
        )

    def happenings(self) -> list[Happening]:
        """What happened, in no order, for the timeline."""
        found: list[Happening] = []
        for report in self.reports:
            if report.origin != MissingReport.Origin.TAKEN_OVER:
                found.append(_at("missing_reported", report.reported_at, report))
            if report.decided_at is not None:
                found.append(_at("missing_decided", report.decided_at, report))
            if report.closed_on and report.closed_because == MissingReport.ClosedBecause.LOCATED:
                found.append(("missing_located", report.closed_on, None, report))
        not_missing = MissingDecision.Decision.NOT_MISSING
        for one in self.decisions:
            if one.decision == not_missing:
                found.append(_at("not_missing", one.decided_at, one))
        found += [("missing_enquiry", one.made_on, None, one) for one in self.enquiries]
        found += [_at("death_reported", one.reported_at, one) for one in self.deaths]
        found += [_at("death_decided", d.decided_at, d) for d in self.deaths if d.decided_at]
        found += [_at("entry_warrant", one.considered_at, one) for one in self.warrants]
        return found


def may_consider_warrant(person: Offender, on: dt.date | None = None) -> bool:
    """Whether entry failed often enough to consider a warrant, decided on or not. One read.

    By what opens the task: page and task never differ. `on`: the London date it is asked for, with
    what is known now; today where none is given.
    """
    day = on or timezone.localdate()
    failed = attempts(day, Record()).filter(offender=person).values_list(*ATTEMPT)
    counted = counting(attempt(row) for row in failed)
    return failed_often_enough_on(counted, current.in_force(day)) is not None


def failed_entries(person: Offender) -> list[Visit]:
    """The attempts that count towards a warrant today, oldest first, with who wrote them. One read.

    By the rule that opens the task.
    """
    rows = attempts(timezone.localdate(), Record()).filter(offender=person)
    failed = rows.select_related("recorded_by").order_by("occurred_on", "pk")
    return [
        visit for visit in failed if counts(attempt(tuple(getattr(visit, at) for at in ATTEMPT)))
    ]


def unfound(person: Offender) -> Unfound:
    """Everything of the kind about one person. Five reads."""
    reports = person.missing_reports.select_related("reported_by", "decided_by", "closed_by")
    decisions = person.missing_decisions.select_related("decided_by")
    enquiries = person.missing_enquiries.select_related("made_by", "reviewed_by", "report")
    deaths = person.death_reports.select_related("reported_by", "decided_by")
    warrants = person.entry_warrants.select_related("considered_by", "decided_by")
    return Unfound(
        reports=list(reports.order_by("-reported_at", "-pk")),
        decisions=list(decisions.order_by("-decided_at", "-pk")),
        enquiries=list(enquiries.order_by("-made_on", "-pk")),
        deaths=list(deaths.order_by("-reported_at", "-pk")),
        warrants=list(warrants.order_by("-considered_at", "-pk")),
    )


class Awaiting(NamedTuple):
    """Since when a report waits for a supervisor's decision; None where none waits."""

    missing_on: dt.date | None
    dead_on: dt.date | None


def awaiting(person: Offender) -> Awaiting:
    """The reports about one person that nobody has decided on. One read."""
    missing = person.missing_reports.filter(decision="", closed_at__isnull=True)
    dead = person.death_reports.filter(decision="")
    of_death = dead.annotate(about=Value("dead_on")).values_list("about", "reported_on")
    both = missing.annotate(about=Value("missing_on")).values_list("about", "reported_on")
    return Awaiting(**{"missing_on": None, "dead_on": None} | dict(both.union(of_death)))


class Reported(NamedTuple):
    """What a task is to be decided on, where it was no step of the same work."""

    title: str
    shape: type[Serializer]
    row: Model
    at: dt.datetime
    by: User | None


def reported_on(task: Task) -> list[Reported]:
    """What was reported and found before an open task on it. Three reads at most, for few kinds."""
    if not task.is_open or task.offender is None:
        return []
    if task.kind == Kind.DEATH_VERIFICATION:
        waiting = task.offender.death_reports.select_related("reported_by").filter(decision="")
        return [
            Reported("Reported dead", ReportDeath, one, one.reported_at, one.reported_by)
            for one in waiting
        ]
    if task.kind == Kind.ENTRY_WARRANT:
        return [
            Reported("Attempt that counts", RecordOutcome, one, one.occurred_at, one.recorded_by)
            for one in failed_entries(task.offender)
            if one.occurred_at is not None
        ]
    if task.kind not in (Kind.MISSING_CONFIRMATION, Kind.MISSING_ENQUIRY):
        return []
    reports = task.offender.missing_reports.select_related("reported_by")
    found = [
        Reported("Reported missing", ReportMissing, one, one.reported_at, one.reported_by)
        for one in reports.filter(closed_at__isnull=True)
    ]
    report = next((one.row for one in found if isinstance(one.row, MissingReport)), None)
    if report is not None:
        found += [
            Reported("Visit since the report", RecordOutcome, one, one.occurred_at, one.recorded_by)
            for one in visits_since(report)
            if one.occurred_at is not None
        ]
    enquiries = task.offender.missing_enquiries.select_related("made_by").order_by("-pk")
    found += [
        Reported("Last enquiry", RecordEnquiry, one, one.recorded_at, one.made_by)
        for one in enquiries.exclude(process=task.process_id)[:1]
    ]
    return found


def visits_since(report: MissingReport) -> list[Visit]:
    """The visits and attempts that were made after a report, oldest first, and stand. One read."""
    rows = Visit.objects.filter(offender=report.offender_id, voided_at__isnull=True)
    since = rows.filter(occurred_at__gt=report.reported_at).select_related("recorded_by")
    return list(since.order_by("occurred_at", "pk"))


def values_of(reported: Reported) -> dict[str, Any]:
    """What was typed, by the fields of its form that the row keeps."""
    return written.values_of(reported.shape(), reported.row)


def _at(kind: str, at: dt.datetime, fact: Model) -> Happening:
    return kind, timezone.localdate(at), at, fact
