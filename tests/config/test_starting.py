"""Real web, worker and beat processes on a database that lost one of its walls."""

import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.installation import ROOT, Installation

pytestmark = pytest.mark.slow

#: Far longer than either needs to start; one that does start would run for ever.
START_SECONDS = 90


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An empty installation, up to date."""
    installed = Installation(tmp_path_factory.mktemp("installed"), broker="filesystem://")
    installed.manage("migrate", "-v", "0")
    return installed


#: Each process as it is started, and what it ends with where it does not start.
WEB = ("gunicorn", "-c", "deploy/gunicorn.conf.py", "config.wsgi")
WORKER = ("celery", "-A", "config", "worker", "-P", "solo")
BEAT = ("celery", "-A", "config", "beat")
ENDS_WITH = {WEB: 3, WORKER: 1, BEAT: 1}


def start(process: tuple[str, ...], installed: Installation) -> subprocess.CompletedProcess[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    return subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "-m", *process],
        cwd=ROOT,
        env=installed.env | {"PORT": port, "WEB_CONCURRENCY": "1"},
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
    )


@pytest.mark.parametrize(
    ("process", "trigger", "why"),
    [
        (WEB, "audit_event_no_update", "the record could be changed"),
        (WEB, "offenders_order_kept", "what was known would be forgotten"),
        (WORKER, "audit_event_no_update", "the record could be changed"),
        (WORKER, "status_interval_insert_apart", "intervals could overlap"),
        (WORKER, "offenders_order_kept", "what was known would be forgotten"),
        (BEAT, "audit_event_no_update", "the record could be changed"),
        (BEAT, "status_interval_insert_apart", "intervals could overlap"),
    ],
)
def test_no_process_starts_without_a_trigger(
    installation: Installation,
    tmp_path: Path,
    process: tuple[str, ...],
    trigger: str,
    why: str,
):
    damaged = installation.copy_to(tmp_path, broker="filesystem://")
    with sqlite3.connect(tmp_path / "test.sqlite3") as database:
        database.execute(f"DROP TRIGGER {trigger}")
    database.close()

    ended = start(process, damaged)

    assert ended.returncode == ENDS_WITH[process], why
    assert trigger in ended.stderr
    assert "manage.py restore_triggers" in ended.stderr


@pytest.mark.parametrize("process", [WORKER, BEAT])
def test_no_process_of_celery_starts_unless_the_triggers_could_be_looked_for(
    installation: Installation, tmp_path: Path, process: tuple[str, ...]
):
    damaged = installation.copy_to(tmp_path, broker="filesystem://")
    (tmp_path / "test.sqlite3").write_bytes(b"no database " * 500)

    ended = start(process, damaged)

    assert ended.returncode == 1
    assert "which triggers it has" in ended.stderr
