"""A death that is reported, and its verification by somebody else (PRACTICE 13)."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

import audit.record as audit
from accounts.actor import Actor
from accounts.models import User
from accounts.policy import Action
from audit.models import Operation
from offenders.actions.counting import refuse_future, save_changed, stamp
from offenders.errors import Invalid, RuleBroken
from offenders.models import Offender
from workflows.actions.deciding import refuse_own
from workflows.actions.ending import end_registration
from workflows.actions.locking import lock_person, officer, visible_person
from workflows.actions.reactive import end_relief
from workflows.actions.stepping import Written
from workflows.models import DeathReport, Kind, MissingReport, Task
from workflows.reconcile import reconcile


@transaction.atomic
def report_death(
    *,
    by: Actor,
    offender: UUID,
    source: str,
    died_on: dt.date | None = None,
    version: int | None = None,
) -> DeathReport:
    """Report that a person is said to be dead. What needs the person is not owed meanwhile.

    Raises NotVisible, NotPermitted, Stale, TaskBusy; Invalid `in_future`; RuleBroken:
    `already_reported`, `registration_ended`.
    """
    person = lock_person(visible_person(by, offender).pk, version=version)
    Offender.objects.require(by, Action.DEATH_REPORT, person)
    if died_on is not None:
        refuse_future(died_on, field="died_on")
    if person.registration_ended_on is not None:
        raise RuleBroken("registration_ended", "The registration has been ended.")
    if person.death_reports.filter(decision="").exists():
        raise RuleBroken("already_reported", "A report of the death already waits.")
    report = DeathReport.objects.create(
        offender=person,
        died_on=died_on,
        source=source,
        reported_on=timezone.localdate(),
        reported_at=timezone.now(),
        reported_by=officer(by),
    )
    end_relief(person, user=report.reported_by, because="reported dead", is_trigger=False)
    save_changed(person)
    reconcile(person, because=Action.DEATH_REPORT)
    audit.record(
        by=by,
        action=Action.DEATH_REPORT,
        operation=Operation.ALTERATION,
        offender_id=person.pk,
        reason=source,
        payload={"report": str(report.public_id)},
    )
    return report


def verify_death(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Verify a reported death, which ends registration, or refute it: all is owed again.

    Raises RuleBroken `own_report`; Invalid `reference_needed`.
    """
    report = person.death_reports.select_related("reported_by").get(decision="")
    refuse_own(
        by,
        report.reported_by_id,
        code="own_report",
        message="Someone other than the reporter must verify it.",
    )
    is_verified = values["decision"] == DeathReport.Decision.VERIFIED
    if is_verified and not values["reference"].strip():
        raise Invalid(
            "reference_needed",
            "Give the reference of the certificate or verification.",
            field="reference",
        )
    today = timezone.localdate()
    report.decision, report.reference = values["decision"], values["reference"]
    report.comment, report.process_id = values["comment"], task.process_id
    report.decided_by, report.decided_for_id = user, by.acting_for_id
    report.decided_on, report.decided_at = today, timezone.now()
    decided = ("decision", "comment", "decided_by", "decided_for", "decided_on", "decided_at")
    stamp(report, "decision_recorded_at", *decided, "reference", "process")
    if is_verified:
        end_registration(
            person,
            proposed_by=report.reported_by,
            endorsed_by=user,
            acting_for=report.decided_for_id,
            within=task,
            because=MissingReport.ClosedBecause.DIED,
        )
    return Written(
        fulfilled=((Kind.DEATH_VERIFICATION, ""),),
        reason=report.comment,
        payload={"report": str(report.public_id), "decision": report.decision},
        raised_by=report.reported_by,
    )
