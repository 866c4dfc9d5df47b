"""Real worker and beat processes on a database that lost one of its walls."""

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


def start(process: tuple[str, ...], installed: Installation) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "-m", "celery", "-A", "config", *process],
        cwd=ROOT,
        env=installed.env,
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
    )


@pytest.mark.parametrize(
    ("process", "trigger", "why"),
    [
        (("worker", "-P", "solo"), "audit_event_no_update", "the record could be changed"),
        (("worker", "-P", "solo"), "status_interval_insert_apart", "intervals could overlap"),
        (("worker", "-P", "solo"), "offenders_order_kept", "what was known would be forgotten"),
        (("beat",), "audit_event_no_update", "the record could be changed"),
        (("beat",), "status_interval_insert_apart", "intervals could overlap"),
    ],
)
def test_no_process_of_celery_starts_without_a_trigger(
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

    assert ended.returncode == 1, why
    assert trigger in ended.stderr
    assert "manage.py restore_triggers" in ended.stderr


@pytest.mark.parametrize("process", [("worker", "-P", "solo"), ("beat",)])
def test_no_process_of_celery_starts_unless_the_triggers_could_be_looked_for(
    installation: Installation, tmp_path: Path, process: tuple[str, ...]
):
    damaged = installation.copy_to(tmp_path, broker="filesystem://")
    (tmp_path / "test.sqlite3").write_bytes(b"no database " * 500)

    ended = start(process, damaged)

    assert ended.returncode == 1
    assert "which triggers it has" in ended.stderr
