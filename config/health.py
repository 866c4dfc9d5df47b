"""Whether the service is alive (`/healthz`) and whether it can do its work (`/readyz`).

Both are open to everyone who can reach the port, so they say states, ages and the class of a job's
last error: neither what is in the database nor how much.
"""

import datetime as dt
from typing import Any

from celery.schedules import BaseSchedule, schedule
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import absences
from audit import triggers
from config.celery import app
from offenders import intervals
from workflows.models import Heartbeat

#: How late a periodic job may be beyond the time its message stays valid.
GRACE = dt.timedelta(seconds=60)

#: Seconds for which the answer about migrations is kept: anybody may ask, as often as they like.
MIGRATIONS_KEPT = 10


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers. Touches nothing else: a slow database must not restart the web."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when requests can be served, 503 when not; `jobs` shows each periodic job's last run.

    A late job makes the status "degraded" and stays 200: taking the pages away from officers
    would not make it run. Monitoring alerts on "degraded".
    """
    jobs: dict[str, dict[str, Any]] = {}
    try:
        checks = {
            "database": "ok",
            "migrations": "ok" if migrations_are_applied() else "behind",
            "audit_triggers": "missing" if triggers.missing() else "ok",
            "interval_walls": "missing" if intervals.missing() or absences.missing() else "ok",
        }
        if checks["migrations"] == "ok":
            jobs = periodic_jobs(timezone.now())
    except DatabaseError:
        checks = {"database": "unreachable"}
    status = overall(checks, jobs)
    return JsonResponse(
        {"status": status, "checks": checks, "jobs": jobs},
        status=503 if status == "unavailable" else 200,
    )


def overall(checks: dict[str, str], jobs: dict[str, dict[str, Any]]) -> str:
    if any(state != "ok" for state in checks.values()):
        return "unavailable"
    return "degraded" if any(job["state"] == "late" for job in jobs.values()) else "ok"


def migrations_are_applied() -> bool:
    """Whether the database has every migration of this code.

    Reads every migration file there is, so a process looks again only after MIGRATIONS_KEPT.
    """
    return bool(cache.get_or_set("migrations-are-applied", _plan_is_empty, MIGRATIONS_KEPT))


def _plan_is_empty() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def periodic_jobs(now: dt.datetime) -> dict[str, dict[str, Any]]:
    """The state of every job of the beat schedule, by its name there."""
    beats = {beat.job: beat for beat in Heartbeat.objects.all()}
    migrated_at = MigrationRecorder.Migration.objects.aggregate(Max("applied"))["applied__max"]
    return {
        name: job_state(entry, beats.get(name, Heartbeat(job=name)), migrated_at, now)
        for name, entry in app.conf.beat_schedule.items()
    }


def job_state(
    entry: dict[str, Any], beat: Heartbeat, migrated_at: dt.datetime, now: dt.datetime
) -> dict[str, Any]:
    """Whether a job runs as often as it should: "ok", "late", or "not_yet_due".

    One that has never run is measured from the last migration, when the database learned of it.
    """
    succeeded_at = beat.last_succeeded_at
    timing = entry["schedule"]
    if not isinstance(timing, BaseSchedule):
        timing = schedule(timing, app=app)
    until_due = timing.remaining_estimate(succeeded_at or migrated_at)
    if -until_due > dt.timedelta(seconds=entry["options"]["expires"]) + GRACE:
        state = "late"
    else:
        state = "ok" if succeeded_at else "not_yet_due"
    return {
        "state": state,
        "last_succeeded_seconds_ago": succeeded_at and int((now - succeeded_at).total_seconds()),
        "last_error": beat.last_error,
    }
