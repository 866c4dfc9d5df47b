"""What is written on one machine can be read by its owner alone."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def modes(folder: Path) -> dict[str, int]:
    """The modes of a folder and of everything in it, by name."""
    return {
        str(file.relative_to(folder)): stat.S_IMODE(file.stat().st_mode)
        for file in (folder, *folder.rglob("*"))
    }


def load_settings(folder: Path) -> None:
    """Start any command of the service, as somebody whose umask is the usual one."""
    subprocess.run(
        [sys.executable, "manage.py", "version"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        | {"VAR_DIR": str(folder), "CELERY_BROKER_URL": "filesystem://"},
        check=True,
        capture_output=True,
        umask=0o022,
        timeout=60,
    )


def test_a_new_folder_and_its_database_are_private(tmp_path: Path):
    folder = tmp_path / "var"

    load_settings(folder)

    found = modes(folder)
    assert found["."] == 0o700
    assert found["mosovo.sqlite3"] == 0o600
    assert found["secret-key"] == 0o600


@pytest.mark.parametrize("name", ["mosovo.sqlite3", "mosovo.sqlite3-wal"])
def test_a_folder_of_an_older_version_gets_narrower_when_the_service_starts(
    tmp_path: Path, name: str
):
    folder = tmp_path / "var"
    folder.mkdir(mode=0o755)
    database = folder / "mosovo.sqlite3"
    database.touch(mode=0o644)

    load_settings(folder)
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE t (a)")
        connection.commit()
        assert modes(folder)["."] == 0o700
        assert modes(folder)[name] == 0o600
    connection.close()
