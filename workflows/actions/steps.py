"""Completing a step: the one way in which work is done."""

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from viewflow.workflow.activation import Activation

import audit.record as audit
from accounts.actor import Actor
from audit.models import Operation
from workflows.actions import (
    assessments,
    case_actions,
    case_reviews,
    deaths,
    levels,
    lone_timers,
    lone_visits,
    missing,
    notifications,
    plans,
    preparing,
    reactive,
    registration,
    releases,
    visits,
    warrants,
    write_ups,
)
from workflows.actions.deciding import refuse_own_work
from workflows.actions.indicators import triage
from workflows.actions.locking import lock_person, officer, visible_task
from workflows.actions.returning import give_back
from workflows.actions.stepping import Written
from workflows.differences import Key
from workflows.engine import bulk, transitions
from workflows.errors import NotVisible
from workflows.models import Obligation, Process, Task
from workflows.reconcile import reconcile
from workflows.second_person import given_back, takes_two

#: What writes the facts of each step. Each takes (by, user, person, task, values).
WRITERS: dict[str, Callable[..., Written]] = {
    "record_outcome": visits.record_outcome,
    "write_up": write_ups.write_up,
    "review": visits.review,
    "assess": assessments.assess,
    "endorse": assessments.endorse,
    "record_notification": notifications.record_notification,
    "check_notification": notifications.check_notification,
    "propose_end": registration.propose_end,
    "endorse_end": registration.endorse_end,
    "plan_release": releases.plan_release,
    "finish_action": case_actions.finish_action,
    "recommend_reactive": reactive.recommend_reactive,
    "authorise_reactive": reactive.authorise_reactive,
    "review_reactive": reactive.review_reactive,
    "decide_missing": missing.decide_missing,
    "confirm_missing": missing.confirm_missing,
    "record_enquiry": missing.record_enquiry,
    "review_enquiry": missing.review_enquiry,
    "verify_death": deaths.verify_death,
    "consider_warrant": warrants.consider_warrant,
    "decide_warrant": warrants.decide_warrant,
    "draft_plan": plans.draft_plan,
    "endorse_plan": plans.endorse_plan,
    "approve_interval": plans.approve_interval,
    "decide_level": levels.decide_level,
    "review_case": case_reviews.review_case,
    "check_case": case_reviews.check_case,
    "triage_indicator": triage.triage_indicator,
    "check_triage": triage.check_triage,
}


@transaction.atomic
def complete_step(
    *, by: Actor, task: UUID, step: str, values: dict[str, Any], version: int | None = None
) -> Task:
    """Complete the step `step` of a task with the validated `values` of its form.

    Raises NotVisible, NotPermitted, Stale, TaskNotOpen, TaskBusy, and RuleBroken or Invalid from
    the step's own rules. Two at once: one completes it, the others get TaskNotOpen.
    """
    row = visible_task(by, task)
    if row.step != step:
        raise NotVisible
    person = lock_person(row.offender_id)
    action = row.flow_task.action
    Task.objects.require(by, action, row)
    user = officer(by)
    written: list[Written] = []

    def effect(activation: Activation) -> None:
        written.append(
            WRITERS[step](by=by, user=user, person=person, task=activation.task, values=values)
        )

    transitions.complete(row, owner=user, version=version, effect=effect)
    if takes_two(action):
        # After the writer, which says it plainer where it is the author's own work.
        refuse_own_work(by, [person.offender_manager_id])
    [facts] = written
    reconcile(person, because=action, done=facts.fulfilled)
    _keep_at_work(row, facts.fulfilled, facts.occurred_at)
    if facts.after is not None:
        facts.after(row)
    if (why := given_back(step, values)) is not None:
        give_back(
            row,
            by=user,
            person=person,
            reason=why,
            acting_for=by.acting_for_id,
            raised_by=facts.raised_by,
        )
    audit.record(
        by=by,
        action=action,
        operation=Operation.COLLECTION,
        offender_id=person.pk,
        subject=f"task:{row.public_id}",
        purpose=("task", str(row.public_id)),
        reason=facts.reason,
        occurred_at=facts.occurred_at,
        payload=facts.payload,
    )
    return row


def _keep_at_work(done: Task, fulfilled: Collection[Key], occurred_at: dt.datetime | None) -> None:
    """Where an act moved no clock, what it was to fulfil is still owed: give it work of its own.

    An earlier visit or notification was entered late, or a second one of a day (PRACTICE 2). Its
    write-up or check goes on by itself; the new step keeps until when the old one was put off, and
    who may go alone.
    """
    was = done.process.obligation
    if was is None or (was.kind, was.about) not in fulfilled:
        return
    if not Obligation.objects.filter(pk=was.pk, closed_at__isnull=True).exists():
        return
    Process.objects.filter(pk=done.process_id).update(obligation=None)
    bulk.open_work([was.pk])
    bulk.refresh_tasks([was.offender_id])
    again = Task.objects.open().get(process__obligation=was)
    again.deferred_until = done.deferred_until
    if done.escalated_for == again.due_on:
        again.escalated_at, again.escalated_for = done.escalated_at, done.escalated_for
    again.save(update_fields=["deferred_until", "escalated_at", "escalated_for"])
    moved = {"from_process": done.process_id, "to_process": again.process_id}
    lone_visits.carry_over(**moved)
    preparing.carry_over(**moved, since=occurred_at)
    lone_timers.carry_over(**moved)
