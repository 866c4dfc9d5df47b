"""The Celery app: queue names and the beat schedule, in code.

The database is the queue of record. A message is a hint (ids and dates, never data) that may be
lost, doubled or late without any effect on what is due.
"""

import os
from enum import StrEnum
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, worker_init
from kombu import Exchange
from kombu import Queue as KombuQueue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


class Queue(StrEnum):
    """Every queue there is. deploy/ must name a worker for each (tests/config/test_deploy.py)."""

    PERIODIC = "periodic"  # sweeps and timers, seconds each
    IMPORTS = "imports"  # files from forces, minutes each


app = Celery("mosovo")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["workflows"])

# An exchange and a key each: with the default ones, every queue gets every message.
app.conf.task_queues = [
    KombuQueue(name.value, Exchange(name.value), routing_key=name.value) for name in Queue
]
app.conf.task_default_queue = Queue.PERIODIC.value
app.conf.task_routes = {
    "workflows.run-import-job": {"queue": Queue.IMPORTS.value},
    "workflows.*": {"queue": Queue.PERIODIC.value},
}
#: Each entry expires before its next run, so that a stopped worker meets no pile of messages.
app.conf.beat_schedule = {
    # workflows/tasks.py
    "fire-timers": {
        "task": "workflows.fire-timers",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "sweep-obligations": {
        "task": "workflows.sweep-obligations",
        "schedule": crontab(minute="10", hour="0,6,12,18"),
        "options": {"expires": 3600},
    },
    "resume-import-jobs": {
        "task": "workflows.resume-import-jobs",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "hand-over-lapsed": {
        "task": "workflows.hand-over-lapsed",
        "schedule": crontab(minute="20"),
        "options": {"expires": 3000},
    },
    "warn-of-vetting": {
        "task": "workflows.warn-of-vetting",
        "schedule": crontab(minute="30", hour="0"),
        "options": {"expires": 3600},
    },
    "warn-of-few-named": {
        "task": "workflows.warn-of-few-named",
        "schedule": crontab(minute="35", hour="0"),
        "options": {"expires": 3600},
    },
    "purge-idempotency-keys": {
        "task": "workflows.purge-idempotency-keys",
        "schedule": crontab(minute="40", hour="2"),
        "options": {"expires": 3600},
    },
    "forget-kept-forms": {
        "task": "workflows.forget-kept-forms",
        "schedule": crontab(minute="*/15"),
        "options": {"expires": 600},
    },
    "purge-ended-sign-ins": {
        "task": "workflows.purge-ended-sign-ins",
        "schedule": crontab(minute="50", hour="2"),
        "options": {"expires": 3600},
    },
    "warn-of-unmanaged": {
        "task": "workflows.warn-of-unmanaged",
        "schedule": crontab(minute="35", hour="*/6"),
        "options": {"expires": 3600},
    },
    "warn-of-uncovered-absence": {
        "task": "workflows.warn-of-uncovered-absence",
        "schedule": crontab(minute="35", hour="0"),
        "options": {"expires": 3600},
    },
    "escalate-overdue": {
        "task": "workflows.escalate-overdue",
        "schedule": crontab(minute="25"),
        "options": {"expires": 3000},
    },
    "warn-of-waiting-transfers": {
        "task": "workflows.warn-of-waiting-transfers",
        "schedule": crontab(minute="40", hour="0"),
        "options": {"expires": 3600},
    },
    "watch-lone-visits": {
        "task": "workflows.watch-lone-visits",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "watch-triage": {
        "task": "workflows.watch-triage",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
}


@worker_init.connect
@beat_init.connect
def refuse_without_triggers(**kwargs: Any) -> None:
    """A worker or a beat whose database lost its walls, or does not answer, does not start.

    Nor does one whose tables of the static scores cannot be read. Celery swallows every
    `Exception` of a receiver; SystemExit is none, and ends the process.
    """
    # Settings import this module, so no room can be imported above.
    from django.db import DatabaseError  # noqa: PLC0415

    from audit.errors import WallLost  # noqa: PLC0415
    from config.walls import require_walls  # noqa: PLC0415
    from risk.score_tables import TablesWrong  # noqa: PLC0415

    try:
        require_walls()
    except (WallLost, TablesWrong) as error:
        raise SystemExit(f"Not started. {error}") from error
    except DatabaseError as error:
        raise SystemExit("Not started. The database did not say which triggers it has.") from error
