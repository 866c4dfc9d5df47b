"""Warrants to enter a home: considered, decided on, and what became of them (SOA 2003 s.96B)."""

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
from workflows.actions.locking import lock_person, officer, visible_person
from workflows.actions.stepping import Written
from workflows.errors import NotVisible
from workflows.models import EntryWarrant, Kind, Task
from workflows.queries.unfound import may_consider_warrant


def consider_warrant(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Recommend whether to apply for a warrant, and why it would be necessary.

    Raises RuleBroken: `recommendation_waiting` where one already waits for a decision,
    `too_few_attempts` where entry no longer failed often enough to recommend applying.
    """
    if person.entry_warrants.filter(decision="").exists():
        raise RuleBroken("recommendation_waiting", "A recommendation waits for an inspector.")
    if values["recommendation"] == EntryWarrant.Recommendation.APPLY:
        _refuse_too_few(person, timezone.localdate(), "recommend not to apply")
    EntryWarrant.objects.create(
        offender=person,
        process_id=task.process_id,
        considered_by=user,
        considered_at=timezone.now(),
        **values,
    )
    return Written(reason=values["reason"], payload={"recommendation": values["recommendation"]})


def decide_warrant(
    *, by: Actor, user: User, person: Offender, task: Task, values: dict[str, Any]
) -> Written:
    """Decide as an inspector whether a warrant is applied for. Nothing is owed until entry fails
    again.

    Raises RuleBroken: `own_recommendation`, `too_few_attempts` where on the day of the application
    entry had not failed often enough, by what is known now (s.96B(2)(d)); Invalid:
    `reference_needed`, `day_needed`, `in_future`, `only_when_applied`.
    """
    warrant = task.process.entry_warrants.get(decision="")
    refuse_own(
        by,
        warrant.considered_by_id,
        code="own_recommendation",
        message="Someone other than who recommended must decide.",
    )
    _refuse_incomplete(values)
    if values["decision"] == EntryWarrant.Decision.APPLIED:
        _refuse_too_few(person, values["applied_on"], "decide not to apply")
    warrant.decision, warrant.decision_reason = values["decision"], values["decision_reason"]
    warrant.reference, warrant.applied_on = values["reference"], values["applied_on"]
    warrant.decided_by, warrant.decided_for_id = user, by.acting_for_id
    warrant.decided_on, warrant.decided_at = timezone.localdate(), timezone.now()
    decided = ("decision", "decision_reason", "decided_by", "decided_for", "decided_on")
    applied = ("reference", "applied_on")
    stamp(warrant, "decision_recorded_at", *decided, "decided_at", *applied)
    return Written(
        fulfilled=((Kind.ENTRY_WARRANT, ""),),
        reason=warrant.decision_reason,
        payload={"warrant": str(warrant.public_id), "decision": warrant.decision},
    )


@transaction.atomic
def record_warrant_result(
    *,
    by: Actor,
    offender: UUID,
    warrant: UUID,
    result: str,
    on: dt.date,
    version: int | None = None,
) -> EntryWarrant:
    """Record that the court granted or refused a warrant, or that it was executed.

    Raises NotVisible, NotPermitted, Stale, TaskBusy; Invalid: `in_future`, `before_it`; RuleBroken:
    `not_applied`, `court_decided`, `not_granted`, `already_executed`.
    """
    person = lock_person(visible_person(by, offender).pk, version=version)
    Offender.objects.require(by, Action.WARRANT_RESULT, person)
    found = EntryWarrant.objects.filter(offender=person, public_id=warrant).first()
    if found is None:
        raise NotVisible
    refuse_future(on, field="on")
    if result == "executed":
        _execute(found, on, officer(by))
    else:
        _answer(found, result, on, officer(by))
    found.save()
    save_changed(person)
    audit.record(
        by=by,
        action=Action.WARRANT_RESULT,
        operation=Operation.ALTERATION,
        offender_id=person.pk,
        payload={"warrant": str(found.public_id), "result": result, "on": on.isoformat()},
    )
    return found


def _refuse_incomplete(values: dict[str, Any]) -> None:
    is_applied = values["decision"] == EntryWarrant.Decision.APPLIED
    for field, code, said in (
        ("reference", "reference_needed", "Give the reference of the application."),
        ("applied_on", "day_needed", "Enter the day of the application."),
    ):
        if is_applied and not values[field]:
            raise Invalid(code, said, field=field)
        if not is_applied and values[field]:
            raise Invalid("only_when_applied", "Only for a warrant applied for.", field=field)
    if is_applied:
        refuse_future(values["applied_on"], field="applied_on")


def _refuse_too_few(person: Offender, on: dt.date, otherwise: str) -> None:
    """Attempts may have been voided, entry gained or the home changed since the task opened."""
    if not may_consider_warrant(person, on):
        raise RuleBroken(
            "too_few_attempts",
            "Too few attempts count towards a warrant: no answer or refused entry, at the last "
            "notified address, to assess risk, on separate days, since entry was last gained. "
            f"You can only {otherwise}.",
        )


def _answer(warrant: EntryWarrant, result: str, on: dt.date, user: User) -> None:
    """What the court said."""
    if warrant.applied_on is None:
        raise RuleBroken("not_applied", "That warrant was not applied for.")
    if warrant.court:
        raise RuleBroken("court_decided", "The court's answer is recorded already.")
    if on < warrant.applied_on:
        raise Invalid("before_it", "That is before the application.", field="on")
    warrant.court, warrant.court_on = result, on
    warrant.court_recorded_by, warrant.court_recorded_at = user, timezone.now()


def _execute(warrant: EntryWarrant, on: dt.date, user: User) -> None:
    if warrant.court != EntryWarrant.Court.GRANTED or warrant.court_on is None:
        raise RuleBroken("not_granted", "No court granted that warrant.")
    if warrant.executed_on is not None:
        raise RuleBroken("already_executed", "That it was executed is recorded already.")
    if on < warrant.court_on:
        raise Invalid("before_it", "That is before it was granted.", field="on")
    warrant.executed_on = on
    warrant.executed_recorded_by, warrant.executed_recorded_at = user, timezone.now()
