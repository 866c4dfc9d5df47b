"""People who cannot be found: reported, confirmed, looked for, located (PRACTICE 13)."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from accounts.actor import Actor
from accounts.models import User
from accounts.policy import Action
from offenders import actions as people
from offenders.actions.counting import refuse_future, save_changed, stamp
from offenders.errors import RuleBroken
from offenders.models import Offender, Status, StatusInterval
from workflows.actions.deciding import refuse_own
from workflows.actions.locking import lock_person, officer, visible_person
from workflows.actions.on_record import put_on_record
from workflows.actions.reactive import end_relief, end_relief_away
from workflows.actions.stepping import Written
from workflows.models import Kind, MissingDecision, MissingEnquiry, MissingReport, Task, Visit
from workflows.queries.unfound import visits_since
from workflows.reconcile import reconcile

#: Outcomes at which somebody saw the person.
SEEN = frozenset({Visit.Outcome.EFFECTIVE.value, Visit.Outcome.SEEN_NOT_COMPLETED.value})


@transaction.atomic
def report_missing(
    *,
    by: Actor,
    offender: UUID,
    reason: str,
    last_seen_on: dt.date | None = None,
    version: int | None = None,
) -> MissingReport:
    """Report that a person cannot be found. Enquiries and a supervisor's confirmation are owed.

    The home visit stays owed until the supervisor confirms. Raises NotVisible, NotPermitted, Stale,
    TaskBusy; Invalid `in_future`; RuleBroken: `already_reported`, `already_missing`, `detained`,
    `death_reported` while one waits, `registration_ended`, as by one that was verified.
    """
    person = lock_person(visible_person(by, offender).pk, version=version)
    Offender.objects.require(by, Action.MISSING_REPORT, person)
    if last_seen_on is not None:
        refuse_future(last_seen_on, field="last_seen_on")
    report = _open(
        person,
        officer(by),
        reason=reason,
        origin=MissingReport.Origin.OFFICER,
        last_seen_on=last_seen_on,
    )
    reconcile(person, because=Action.MISSING_REPORT)
    put_on_record(by, person, Action.MISSING_REPORT, reason=reason, report=str(report.public_id))
    return report


def decide_missing(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Decide, after a visit to somebody not resident, whether to report the person missing.

    Raises RuleBroken as `report_missing` does.
    """
    decision = MissingDecision.objects.create(
        offender=person,
        process_id=task.process_id,
        decided_by=user,
        decided_on=timezone.localdate(),
        decided_at=timezone.now(),
        **values,
    )
    if decision.decision == MissingDecision.Decision.REPORTED:
        _open(person, user, reason=decision.reason, origin=MissingReport.Origin.VISIT)
    return Written(
        fulfilled=((Kind.MISSING_DECISION, ""),),
        reason=decision.reason,
        payload={"decision": decision.decision},
    )


def confirm_missing(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Confirm that somebody is missing, from today, or close the report.

    Raises RuleBroken: `own_report`, `detained` where the person is held by now, `seen_since` where
    a visit saw them after the report, `status_overlaps` where another status began today.
    """
    report = person.missing_reports.get(closed_at__isnull=True, decision="")
    refuse_own(
        by,
        report.reported_by_id,
        code="own_report",
        message="Someone other than the reporter must confirm it.",
    )
    today, now = timezone.localdate(), timezone.now()
    if values["decision"] == MissingReport.Decision.CONFIRMED:
        _refuse_detained(person)
        _refuse_seen(report)
    report.decision, report.comment = values["decision"], values["comment"]
    report.decided_by, report.decided_for_id = user, by.acting_for_id
    report.decided_on, report.decided_at = today, now
    report.process_id = task.process_id
    decided = ("decision", "comment", "decided_by", "decided_for", "decided_on", "decided_at")
    stamp(report, "decision_recorded_at", *decided, "process")
    if report.decision == MissingReport.Decision.REFUSED:
        close_report(report, because=MissingReport.ClosedBecause.REFUSED, by=user, on=today)
    elif not _is_missing(person):
        people.change_status(offender=person, status=Status.MISSING, on=today)
        end_relief(person, user=user, because="missing")
    return Written(
        fulfilled=(_key_of(task, Kind.MISSING_CONFIRMATION),),
        reason=report.comment,
        payload={"report": str(report.public_id), "decision": report.decision},
        raised_by=report.reported_by,
    )


def record_enquiry(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Record what was checked to find somebody, and what comes next."""
    report = open_report_of(person)
    earlier = person.missing_enquiries.filter(report=report)
    if report is None:
        earlier = earlier.filter(made_on__gte=_missing_since(person))
    MissingEnquiry.objects.create(
        offender=person,
        report=report,
        process_id=task.process_id,
        made_on=timezone.localdate(),
        made_by=user,
        is_periodic=earlier.exists(),
        **values,
    )
    return Written(fulfilled=(_key_of(task, Kind.MISSING_ENQUIRY),))


def review_enquiry(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Look at a later round of enquiries as an inspector. Raises RuleBroken `own_enquiry`."""
    enquiry = task.process.missing_enquiries.latest("pk")
    refuse_own(
        by,
        enquiry.made_by_id,
        code="own_enquiry",
        message="Someone other than who made the enquiries must review.",
    )
    enquiry.review, enquiry.reviewed_at = values["review"], timezone.now()
    enquiry.reviewed_by, enquiry.reviewed_for_id = user, by.acting_for_id
    enquiry.save(update_fields=["review", "reviewed_by", "reviewed_for", "reviewed_at"])
    return Written(reason=enquiry.review)


@transaction.atomic
def locate(
    *,
    by: Actor,
    offender: UUID,
    on: dt.date,
    found_in: Status,
    how: str,
    version: int | None = None,
) -> MissingReport:
    """Record where and how a missing person was found, on a London date. The report closes.

    In the community a visit is owed within 24 hours, whether or not the report was confirmed.
    Raises NotVisible, NotPermitted, Stale, TaskBusy; Invalid `in_future`; RuleBroken `not_missing`,
    `status_overlaps`.
    """
    person = lock_person(visible_person(by, offender).pk, version=version)
    Offender.objects.require(by, Action.MISSING_LOCATE, person)
    user = officer(by)
    report = open_report_of(person) or _taken_over(person)
    people.locate(offender=person, status=found_in, on=on)
    close_as_located(report, by=user, on=on, found_in=found_in, how=how)
    end_relief_away(person, user=user, status=found_in)
    save_changed(person)
    reconcile(person, because=Action.MISSING_LOCATE)
    put_on_record(
        by,
        person,
        Action.MISSING_LOCATE,
        reason=how,
        report=str(report.public_id),
        found_in=found_in,
        on=on.isoformat(),
    )
    return report


def open_report_of(person: Offender) -> MissingReport | None:
    """The report by which the person is looked for."""
    return person.missing_reports.filter(closed_at__isnull=True).first()


def close_as_located(
    report: MissingReport, *, by: User, on: dt.date, found_in: str, how: str
) -> None:
    """Close a report with where and how the person was found. The caller holds the person's lock.

    Somebody who was in custody before the report was found on the day of the report.
    """
    report.found_in, report.how = found_in, how
    close_report(
        report,
        because=MissingReport.ClosedBecause.LOCATED,
        by=by,
        on=max(on, report.reported_on),
    )


def close_report(
    report: MissingReport, *, because: MissingReport.ClosedBecause, by: User, on: dt.date
) -> None:
    """Close a report. The caller holds the person's lock."""
    report.closed_because, report.closed_on = because, on
    report.closed_at, report.closed_by = timezone.now(), by
    report.closing_recorded_at = Now()
    report.save()
    report.refresh_from_db(fields=["closing_recorded_at"])


def _open(
    person: Offender,
    user: User,
    *,
    reason: str,
    origin: MissingReport.Origin,
    last_seen_on: dt.date | None = None,
) -> MissingReport:
    _refuse_report(person)
    report = MissingReport.objects.create(
        offender=person,
        origin=origin,
        last_seen_on=last_seen_on,
        reason=reason,
        reported_on=timezone.localdate(),
        reported_at=timezone.now(),
        reported_by=user,
    )
    save_changed(person)
    return report


def _refuse_report(person: Offender) -> None:
    if person.registration_ended_on is not None:
        raise RuleBroken("registration_ended", "The registration has been ended.")
    if person.death_reports.filter(decision="").exists():
        raise RuleBroken("death_reported", "A reported death waits to be verified.")
    if open_report_of(person) is not None:
        raise RuleBroken("already_reported", "The person is reported missing already.")
    here = _here(person)
    if here is not None and here.status == Status.MISSING:
        raise RuleBroken("already_missing", "The person is missing already.")
    _refuse_detained(person)


def _refuse_detained(person: Offender) -> None:
    here = _here(person)
    if here is not None and here.status in {Status.CUSTODY, Status.HOSPITAL}:
        raise RuleBroken("detained", "The person is detained. Change where they are first.")


def _refuse_seen(report: MissingReport) -> None:
    """Whoever was seen after the report is not missing by it; by a new one they may be."""
    seen = [one for one in visits_since(report) if one.outcome in SEEN]
    counted = [one for one in seen if one.found_ineffective_at is None]
    if counted and (at := counted[-1].occurred_at) is not None:
        said = f"{timezone.localtime(at):%-d %B %Y at %H:%M}"
        raise RuleBroken(
            "seen_since",
            f"Seen on {said}, after the report: close the report. If they are missing again, it is "
            "reported anew.",
        )


def _taken_over(person: Offender) -> MissingReport:
    """A report to close, for somebody who was missing in the record they were taken over from."""
    if not _is_missing(person):
        raise RuleBroken("not_missing", "Nobody reported the person missing.")
    return MissingReport(
        offender=person,
        origin=MissingReport.Origin.TAKEN_OVER,
        reason="Missing in the record taken over",
        reported_on=_missing_since(person),
        reported_at=timezone.now(),
    )


def _here(person: Offender) -> StatusInterval | None:
    return person.statuses.filter(until_on__isnull=True).first()


def _is_missing(person: Offender) -> bool:
    here = _here(person)
    return here is not None and here.status == Status.MISSING


def _missing_since(person: Offender) -> dt.date:
    here = _here(person)
    return timezone.localdate() if here is None else here.from_on


def _key_of(task: Task, kind: Kind) -> tuple[str, str]:
    obligation = task.process.obligation
    return kind, "" if obligation is None else obligation.about
