"""Imports in the background: handed in, run, killed, taken up again, given up."""

import datetime as dt
import io
import logging

import pytest
import time_machine
from celery import current_app
from django.utils import timezone

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Role
from audit.models import Event
from offenders.models import Offender
from tests import make
from tests.workflows.imports.extracts import TODAY, extract, row
from tests.workflows.imports.importing import rows_of_every_table
from workflows.actions.imports import (
    GIVEN_UP_AFTER,
    import_file,
    request_import,
    resume_stalled,
    run_job,
)
from workflows.imports.refusals import UnreadableFile
from workflows.imports.running import CHUNK, STALLED_AFTER, Overtaken, carry_out, claim
from workflows.models import ImportJob, ImportUpload, Obligation

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON) as traveller:
        yield traveller


@pytest.fixture
def inspector():
    return make.officer(Role.INSPECTOR)


@pytest.fixture
def broker(monkeypatch):
    """A broker in memory in place of the configured one; `read()` takes what was sent."""
    return _broker(monkeypatch, "memory://")


def _broker(monkeypatch, url):
    app = current_app._get_current_object()
    monkeypatch.setitem(app.conf, "broker_write_url", url)
    monkeypatch.setitem(app.conf, "broker_read_url", url)
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    return app


def sent(app):
    """The messages in the queue of imports."""
    found = []
    with app.connection_for_read() as connection, connection.SimpleQueue("imports") as queue:
        while queue.qsize():
            found.append(queue.get(block=False))
    return found


def people(count):
    """Rows of as many people, among them one who is refused."""
    rows = [row(source_ref=f"P{n:03}", visor_ref="", pnc_id="") for n in range(count)]
    return [*rows[:3], row(source_ref="BAD", visor_ref="", pnc_id="", surname=""), *rows[3:]]


def handed_in(inspector, *rows, dry_run=False):
    return request_import(
        by=Actor.of_user(inspector),
        force=inspector.force,
        content=extract(*rows).getvalue(),
        name="t.csv",
        as_of=TODAY,
        dry_run=dry_run,
    )


class Killed(Exception):
    """Stands for the end of the process."""


def kill_after_a_chunk(job):
    raise Killed


# --- the usual way ------------------------------------------------------------------------------


def test_a_job_waits_with_its_upload_and_is_done_without_it(inspector):
    job = handed_in(inspector, *people(2))
    assert (job.state, ImportUpload.objects.count(), Offender.objects.count()) == ("waiting", 1, 0)

    done = run_job(job.pk)

    assert (done.state, done.rows_read, done.created_count, done.refused_count) == ("done", 3, 2, 1)
    assert list(done.refusals.values_list("row_key", "reason")) == [("BAD", "missing_required")]
    assert not ImportUpload.objects.exists()


def test_running_a_finished_job_again_does_nothing(inspector):
    job = handed_in(inspector, *people(2))
    run_job(job.pk)
    before = rows_of_every_table()

    run_job(job.pk)

    assert rows_of_every_table() == before


def test_handing_in_leaves_one_event_of_who_did_it(inspector):
    job = handed_in(inspector, row())

    event = Event.objects.get()
    assert (event.actor_key, event.subject) == (
        str(inspector.public_id),
        f"import-job:{job.public_id}",
    )


def test_what_a_job_does_is_recorded_as_done_by_who_asked(inspector):
    run_job(handed_in(inspector, row()).pk)

    assert set(Event.objects.values_list("actor_key", flat=True)) == {str(inspector.public_id)}


def test_a_dry_run_reports_and_changes_nothing(inspector):
    run_job(handed_in(inspector, row()).pk)
    before = rows_of_every_table(but={"audit.event"})
    job = handed_in(
        inspector,
        row(surname="Other"),
        row(source_ref="R2", team="South", offender_manager="SO0001"),
        row(source_ref="BAD", surname=""),
        dry_run=True,
    )

    done = run_job(job.pk)

    assert (done.created_count, done.changed_count, done.refused_count) == (1, 1, 1)
    assert (done.new_teams, done.new_officers) == (["South"], ["SO0001"])
    after = rows_of_every_table(but={"audit.event"})
    assert {name: n - before[name] for name, n in after.items() if n != before[name]} == {
        "workflows.importjob": 1,
        "workflows.importrefusal": 1,
    }
    assert not Offender.objects.filter(surname="Other").exists()


# --- crashes ------------------------------------------------------------------------------------


def test_a_job_killed_between_chunks_ends_as_if_nothing_had_happened(inspector, clock):
    rows = people(2 * CHUNK + 20)
    job = handed_in(inspector, *rows)
    assert claim(job.pk)
    job.refresh_from_db()
    with pytest.raises(Killed):
        carry_out(job, extract(*rows), Actor.of_user(inspector), progress=kill_after_a_chunk)
    assert Offender.objects.count() == CHUNK - 1
    assert run_job(job.pk).state == "running", "its worker may still be on it"

    clock.shift(STALLED_AFTER + dt.timedelta(seconds=1))
    done = run_job(job.pk)

    assert (done.state, done.rows_read) == ("done", 2 * CHUNK + 21)
    assert (done.created_count, done.unchanged_count) == (2 * CHUNK + 20, 0)
    assert done.refusals.count() == 1
    assert Offender.objects.count() == 2 * CHUNK + 20
    visits = Obligation.objects.filter(kind="home_visit", closed_at__isnull=True)
    assert visits.count() == 2 * CHUNK + 20
    assert not ImportUpload.objects.exists()


def test_a_worker_that_was_overtaken_adds_nothing(inspector):
    """Two workers on one job: what the slower one does is rolled back."""
    rows = people(CHUNK + 20)
    job = handed_in(inspector, *rows)
    assert claim(job.pk)
    slow, fast = ImportJob.objects.get(pk=job.pk), ImportJob.objects.get(pk=job.pk)
    by = Actor.of_user(inspector)
    carry_out(fast, extract(*rows), by)
    before = rows_of_every_table()

    with pytest.raises(Overtaken):
        carry_out(slow, extract(*rows), by)

    assert rows_of_every_table() == before


def test_a_stalled_job_is_asked_for_again(inspector, clock, broker):
    job = handed_in(inspector, row())
    claim(job.pk)
    assert resume_stalled() == 0

    clock.shift(STALLED_AFTER + dt.timedelta(seconds=1))

    assert resume_stalled() == 1
    [message] = sent(broker)
    assert message.payload[0] == [job.pk]
    expires = dt.datetime.fromisoformat(message.headers["expires"])
    assert expires - timezone.now() < dt.timedelta(minutes=1), "the next round hints again"


def test_a_job_that_cannot_be_finished_is_given_up_with_its_upload(inspector, clock, broker):
    job = handed_in(inspector, row())
    ImportJob.objects.filter(pk=job.pk).update(requested_at=NOON)

    clock.shift(GIVEN_UP_AFTER + dt.timedelta(minutes=1))

    assert resume_stalled() == 0
    job.refresh_from_db()
    assert (job.state, job.failure) == ("failed", "interrupted")
    assert not ImportUpload.objects.exists()


def test_a_command_that_was_killed_leaves_a_job_that_is_given_up(inspector, clock, broker):
    with pytest.raises(Killed):
        import_file(
            by=make.SETUP,
            force=inspector.force,
            file=extract(row()),
            name="t.csv",
            as_of=TODAY,
            progress=kill_after_a_chunk,
        )

    clock.shift(STALLED_AFTER + dt.timedelta(seconds=1))

    assert resume_stalled() == 0
    assert ImportJob.objects.get().failure == "interrupted"


# --- what is refused ----------------------------------------------------------------------------


def test_an_unreadable_file_fails_by_code_and_is_removed(inspector):
    job = request_import(
        by=Actor.of_user(inspector),
        force=inspector.force,
        content=b"Marlkeld,Bronwen\n",
        name="t.csv",
        as_of=TODAY,
        dry_run=False,
    )

    failed = run_job(job.pk)

    assert (failed.state, failed.failure) == ("failed", "unknown_column")
    assert not ImportUpload.objects.exists()
    assert Event.objects.filter(outcome="error", subject__endswith=str(job.public_id)).count() == 1


def test_an_unreadable_file_given_directly_is_told_and_kept_as_failed(inspector):
    with pytest.raises(UnreadableFile):
        import_file(
            by=make.SETUP,
            force=inspector.force,
            file=io.BytesIO(b""),
            name="t.csv",
            as_of=TODAY,
        )

    assert ImportJob.objects.get().failure == "empty_file"


@pytest.mark.parametrize(
    "role", [Role.OFFENDER_MANAGER, Role.SUPERVISOR, Role.AUDITOR, Role.SYSTEM_ADMIN]
)
def test_only_an_inspector_may_hand_in_an_extract(role):
    officer = make.officer(role)

    with pytest.raises(NotPermitted):
        handed_in(officer, row())

    assert not ImportJob.objects.exists()


def test_nobody_imports_into_another_force(inspector):
    with pytest.raises(NotPermitted):
        request_import(
            by=Actor.of_user(inspector),
            force=make.force(),
            content=b"",
            name="t.csv",
            as_of=TODAY,
            dry_run=False,
        )


def test_a_client_of_some_teams_does_not_import_a_whole_force():
    team = make.team()
    bound = make.integration(force=team.force, teams=[team])

    with pytest.raises(NotPermitted):
        request_import(
            by=Actor.of_client(bound),
            force=team.force,
            content=b"",
            name="t.csv",
            as_of=TODAY,
            dry_run=False,
        )


def test_a_job_of_a_client_runs_as_that_client():
    client = make.integration()
    job = request_import(
        by=Actor.of_client(client),
        force=client.force,
        content=extract(row()).getvalue(),
        name="t.csv",
        as_of=TODAY,
        dry_run=False,
    )

    assert run_job(job.pk).state == "done"
    assert set(Event.objects.values_list("actor_kind", "client_id")) == {
        ("client", client.client_id)
    }


def test_a_job_whose_officer_may_no_longer_import_fails(inspector):
    job = handed_in(inspector, row())
    inspector.is_active = False
    inspector.save()

    assert run_job(job.pk).failure == "not_permitted"
    assert not Offender.objects.exists()
    assert not ImportUpload.objects.exists()


# --- the broker, and what is said where ---------------------------------------------------------


def test_the_broker_gets_the_id_and_nothing_else(
    inspector, broker, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = handed_in(inspector, row())

    [message] = sent(broker)
    assert message.headers["task"] == "workflows.run-import-job"
    assert message.headers["argsrepr"] == f"[{job.pk}]"
    assert message.payload[:2] == [[job.pk], {}]


def test_a_broker_that_is_down_leaves_the_job_waiting(
    inspector, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    _broker(monkeypatch, "redis://127.0.0.1:1/0")

    with django_capture_on_commit_callbacks(execute=True):
        job = handed_in(inspector, row())

    job.refresh_from_db()
    assert (job.state, ImportUpload.objects.filter(job=job).exists()) == ("waiting", True)
    assert "Marlkeld" not in caplog.text


def test_neither_log_nor_failure_names_a_person(inspector, caplog):
    caplog.set_level(logging.DEBUG)
    content = extract(row()).getvalue() + b'R2,"Marlkeld\n'
    job = request_import(
        by=Actor.of_user(inspector),
        force=inspector.force,
        content=content,
        name="t.csv",
        as_of=TODAY,
        dry_run=False,
    )

    failed = run_job(job.pk)

    logged = "\n".join(r.getMessage() for r in caplog.records if r.name != "django.db.backends")
    assert failed.failure == "unclosed_quote"
    assert "Marlkeld" not in logged
    assert "Bronwen" not in logged
