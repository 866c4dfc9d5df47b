"""A real installation in a folder of its own: its database, its queue, its worker processes."""

import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[2]


class Installation:
    """Runs `manage.py` and Celery workers against one VAR_DIR and one broker."""

    def __init__(self, folder: Path, *, broker: str) -> None:
        self.folder = folder
        self.env = os.environ | {
            "VAR_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder}/test.sqlite3",
            "CELERY_BROKER_URL": broker,
            "LOG_LEVEL": "WARNING",
        }
        self.workers: list[subprocess.Popen[bytes]] = []

    def copy_to(self, folder: Path, *, broker: str) -> "Installation":
        """Another installation that starts with a copy of this one's database."""
        for file in self.folder.glob("test.sqlite3*"):
            shutil.copy(file, folder)
        return Installation(folder, broker=broker)

    def manage(self, *arguments: str) -> str:
        """The standard output of one command, which must succeed."""
        done = subprocess.run(  # noqa: S603 - our own command lines
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def run(self, code: str) -> str:
        """The standard output of Python lines run inside the installation."""
        return self.manage("shell", "--no-imports", "-v", "0", "-c", code)

    def owed(self) -> dict[str, dict[str, object]]:
        """What the due lists say is owed to everyone."""
        return json.loads(self.manage("owed", "--as-of", self.today(), "--force", "EXA"))

    def today(self) -> str:
        """The London date."""
        return dt.datetime.now(ZoneInfo("Europe/London")).date().isoformat()

    def start_worker(self) -> subprocess.Popen[bytes]:
        """A worker of both queues, without beat, in a process group of its own."""
        worker = subprocess.Popen(  # noqa: S603 - our own command line
            [
                *(sys.executable, "-m", "celery", "-A", "config", "worker"),
                *("-P", "threads", "-c", "2", "-Q", "periodic,imports", "-l", "WARNING"),
                *("--without-gossip", "--without-mingle", "--without-heartbeat"),
            ],
            cwd=ROOT,
            env=self.env,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.workers.append(worker)
        return worker

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """`kill -9` the worker and everything it started."""
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(10)
        self.workers.remove(worker)

    def close(self) -> None:
        """End every worker that this installation started."""
        for worker in list(self.workers):
            self.kill(worker)


def wait_until(true: Callable[[], bool], *, seconds: float) -> bool:
    """Whether `true` came true within `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.5)
    return False
