"""Celery tasks: thin, safe to run twice, ids alone as arguments. config.celery names them."""

import logging
from typing import Any

from celery import shared_task
from django.db import OperationalError

from accounts import expiry, idempotency, kept_forms
from workflows.actions import (
    absences,
    alerts,
    escalating,
    imports,
    lone_timers,
    officers,
    rule_sets,
    trainings,
    transfers,
    unmanaged,
)
from workflows.actions.indicators import late, restricting
from workflows.engine import timers
from workflows.heartbeat import beats
from workflows.sweep import PeopleLeftOut
from workflows.sweep import sweep_obligations as sweep

log = logging.getLogger(__name__)

#: Transient: the database went away or a lock was waited for in vain.
RETRY: dict[str, Any] = {
    "autoretry_for": (OperationalError,),
    "retry_backoff": True,
    "max_retries": 3,
}


@shared_task(name="workflows.sweep-obligations", **RETRY)
@beats("sweep-obligations")
def sweep_obligations() -> int:
    """Open, move and close what time made owed. Returns how many people changed.

    Raises PeopleLeftOut when everyone else is done, so that the heartbeat shows it.
    """
    counts = sweep()
    if counts.failed:
        raise PeopleLeftOut(f"{counts.failed} people.")
    return counts.changed


@shared_task(name="workflows.fire-timers", **RETRY)
@beats("fire-timers")
def fire_timers() -> int:
    """Fire the timers that are due. Returns how many."""
    return timers.fire_due()


@shared_task(name="workflows.resume-import-jobs", **RETRY)
@beats("resume-import-jobs")
def resume_import_jobs() -> int:
    """Take up import jobs that stopped moving. Returns how many."""
    return imports.resume_stalled()


@shared_task(name="workflows.hand-over-lapsed", **RETRY)
@beats("hand-over-lapsed")
def hand_over_lapsed() -> int:
    """Give the work of officers who may not go on to supervisors. Returns how many people."""
    done = officers.hand_over_lapsed()
    if done.busy:
        log.warning("Hand-over: %s officers are left for the next run.", done.busy)
    return done.people


@shared_task(name="workflows.warn-of-vetting", **RETRY)
@beats("warn-of-vetting")
def warn_of_vetting() -> int:
    """Tell officers and supervisors whose vetting or training ends soon. Returns how many alerts
    were new."""
    return alerts.warn_of_vetting() + trainings.warn_of_trainings()


@shared_task(name="workflows.warn-of-few-named", **RETRY)
@beats("warn-of-few-named")
def warn_of_few_named() -> int:
    """Tell who can name others of restricted indicators that too few can open. Returns how many
    alerts were new."""
    return restricting.warn_of_few_named()


@shared_task(name="workflows.purge-idempotency-keys", **RETRY)
@beats("purge-idempotency-keys")
def purge_idempotency_keys() -> int:
    """Forget old answers kept for repeated requests. Returns how many."""
    return idempotency.purge()


@shared_task(name="workflows.forget-kept-forms", **RETRY)
@beats("forget-kept-forms")
def forget_kept_forms() -> int:
    """Forget what officers typed and did not come back for. Returns how many."""
    return kept_forms.purge()


@shared_task(name="workflows.purge-ended-sign-ins", **RETRY)
@beats("purge-ended-sign-ins")
def purge_ended_sign_ins() -> int:
    """Remove sessions, tokens and failed attempts that have ended. Returns how many."""
    return expiry.purge()


@shared_task(name="workflows.run-import-job", **RETRY)
def run_import_job(job_id: int) -> None:
    """Read an extract that was handed in; goes on where an earlier run stopped."""
    imports.run_job(job_id)


@shared_task(name="workflows.apply-rule-set", **RETRY)
def apply_rule_set(version_id: int) -> int:
    """Bring due dates in line with rules in force from today. Returns how many people changed."""
    return rule_sets.apply_rule_set(version_id)


@shared_task(name="workflows.warn-of-unmanaged", **RETRY)
@beats("warn-of-unmanaged")
def warn_of_unmanaged() -> int:
    """Tell supervisors of people whom nobody manages. Returns how many alerts were new."""
    return unmanaged.warn_of_unmanaged()


@shared_task(name="workflows.warn-of-uncovered-absence", **RETRY)
@beats("warn-of-uncovered-absence")
def warn_of_uncovered_absence() -> int:
    """Tell supervisors of absent officers without cover whose work falls due. Returns how many."""
    return absences.warn_of_uncovered()


@shared_task(name="workflows.warn-of-waiting-transfers", **RETRY)
@beats("warn-of-waiting-transfers")
def warn_of_waiting_transfers() -> int:
    """Tell inspectors of offers between teams that wait too long. Returns how many were new."""
    return transfers.warn_of_waiting()


@shared_task(name="workflows.watch-lone-visits", **RETRY)
@beats("watch-lone-visits")
def watch_lone_visits() -> int:
    """Tell supervisors of officers out alone who are not back. Returns how many timers rang."""
    return lone_timers.ring()


@shared_task(name="workflows.escalate-overdue", **RETRY)
@beats("escalate-overdue")
def escalate_overdue() -> int:
    """Tell the next rank of steps past their due date. Returns how many steps."""
    return escalating.escalate_overdue()


@shared_task(name="workflows.watch-triage", **RETRY)
@beats("watch-triage")
def watch_triage() -> int:
    """Tell who stands above of indicators past the deadline of their triage. Returns how many."""
    return late.warn_of_late()
