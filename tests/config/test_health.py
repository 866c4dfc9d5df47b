"""/healthz and /readyz say what is wrong, and nothing about anybody."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import absences
from audit import triggers
from config import health
from config.celery import app
from offenders import intervals
from workflows.models import Heartbeat

EVERY_MINUTE = "fire-timers"
AT_NIGHT = "purge-idempotency-keys"


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """No answer of an earlier test, and none for a later one."""
    cache.clear()
    yield
    cache.clear()


def beat(job: str, *, ago: dt.timedelta) -> None:
    at = timezone.now() - ago
    Heartbeat.objects.create(job=job, last_started_at=at, last_succeeded_at=at)


def ready() -> tuple[int, dict[str, Any]]:
    response = Client().get("/readyz")
    return response.status_code, response.json()


def test_healthz_answers_without_a_database():
    # No database mark: a query would fail the test.
    assert Client().get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_when_everything_stands():
    for job in app.conf.beat_schedule:
        beat(job, ago=dt.timedelta(seconds=10))
    code, body = ready()
    assert (code, body["status"]) == (200, "ok")
    assert set(body["jobs"]) == set(app.conf.beat_schedule)


@pytest.mark.django_db
def test_not_ready_without_the_audit_triggers():
    triggers.drop(connection)
    code, body = ready()
    assert (code, body["status"]) == (503, "unavailable")
    assert body["checks"]["audit_triggers"] == "missing"


@pytest.mark.django_db
@pytest.mark.parametrize("apart", [intervals, absences])
def test_not_ready_where_intervals_could_overlap(apart):
    apart.drop(connection)
    code, body = ready()
    assert (code, body["checks"]["interval_walls"]) == (503, "missing")


@pytest.mark.django_db
def test_not_ready_with_a_migration_missing():
    MigrationRecorder.Migration.objects.filter(app="workflows").latest("pk").delete()
    code, body = ready()
    assert code == 503
    assert body["checks"]["migrations"] == "behind"
    assert body["jobs"] == {}


@pytest.mark.django_db
def test_nobody_learns_how_much_there_is():
    beat(EVERY_MINUTE, ago=dt.timedelta(seconds=10))
    Heartbeat.objects.update(last_count=4711)
    _, body = ready()
    assert set(body["jobs"][EVERY_MINUTE]) == {"state", "last_succeeded_seconds_ago", "last_error"}
    assert "4711" not in str(body)


@pytest.mark.django_db
def test_asking_again_and_again_reads_the_migrations_once():
    ready()
    with CaptureQueriesContext(connection) as asked:
        ready()
    reads = [query["sql"] for query in asked if "django_migrations" in query["sql"]]
    assert [sql for sql in reads if "MAX(" not in sql] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("job", "minutes", "state", "why"),
    [
        (EVERY_MINUTE, 1, "ok", "it has just run"),
        (EVERY_MINUTE, 2, "ok", "its message is valid for 55 s, and a minute of grace"),
        (EVERY_MINUTE, 4, "late", "three runs are missing"),
        (AT_NIGHT, 60, "ok", "an hour ago is since last night, or within the hour it may take"),
        (AT_NIGHT, 3 * 24 * 60, "late", "two nights are missing"),
    ],
)
def test_a_job_that_stays_out_is_late(job: str, minutes: int, state: str, why: str):
    beat(job, ago=dt.timedelta(minutes=minutes))
    assert ready()[1]["jobs"][job]["state"] == state, why


@pytest.mark.django_db
def test_a_late_job_degrades_the_service_but_does_not_take_it_away():
    beat(EVERY_MINUTE, ago=dt.timedelta(hours=1))
    code, body = ready()
    assert (code, body["status"]) == (200, "degraded")


def test_a_job_that_never_ran_is_measured_from_the_last_migration():
    entry, never, now = app.conf.beat_schedule[EVERY_MINUTE], Heartbeat(), timezone.now()
    new, old = now - dt.timedelta(seconds=30), now - dt.timedelta(hours=1)
    assert health.job_state(entry, never, new, now)["state"] == "not_yet_due"
    assert health.job_state(entry, never, old, now)["state"] == "late"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_reads_are_answered(path: str):
    assert Client().post(path).status_code == 405
