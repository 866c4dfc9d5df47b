"""The supervisor, with small programs of its own in the place of the web and the worker."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

#: Writes its own process id and that of a child it starts, then both wait for ever.
PARENT = """
import os, pathlib, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
file = pathlib.Path(sys.argv[1])
file.with_suffix(".new").write_text(f"{os.getpid()} {child.pid}")
file.with_suffix(".new").rename(file)
time.sleep(600)
"""
#: Supervises one such program, or one that ends at once.
SUPERVISE = """
import pathlib, sys
from config import supervisor
supervisor.FIRST_WAIT = supervisor.LONGEST_WAIT = 0.05
programs = [supervisor.Program("one", [sys.executable, "-c", *sys.argv[1:]])]
try:
    supervisor.Supervisor(programs, say=lambda line: print(line, flush=True)).run(lambda: None)
except supervisor.GaveUp as error:
    sys.exit(str(error))
"""

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start a supervisor of a Python program, and stop it at the end."""
    started: list[subprocess.Popen[str]] = []

    def _start(*program: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", SUPERVISE, *program],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield _start
    for process in started:
        process.terminate()  # not killed: it has programs to take down
        process.communicate(timeout=30)


def pids(file: Path, *, other_than: list[int] | None = None) -> list[int]:
    """The ids that the program wrote, once they are there and differ from former ones."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        found = [int(word) for word in file.read_text().split()] if file.exists() else []
        if found and found != other_than:
            return found
        time.sleep(0.02)
    raise AssertionError("the program did not start")


def is_running(pid: int) -> bool:
    """Whether the process lives; one that ended and waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_for_the_end(*ids: int) -> None:
    deadline = time.monotonic() + 15
    while any(is_running(pid) for pid in ids):
        assert time.monotonic() < deadline, "still running"
        time.sleep(0.02)


def test_a_killed_program_is_started_again_and_its_child_does_not_outlive_it(
    start: Start, tmp_path: Path
):
    start(PARENT, str(tmp_path / "pids"))
    parent, child = pids(tmp_path / "pids")

    os.kill(parent, signal.SIGKILL)

    again = pids(tmp_path / "pids", other_than=[parent, child])
    wait_for_the_end(parent, child)
    assert all(is_running(pid) for pid in again)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_stop_signal_ends_everything_and_the_exit_is_clean(
    start: Start, tmp_path: Path, number: signal.Signals
):
    supervisor = start(PARENT, str(tmp_path / "pids"))
    ids = pids(tmp_path / "pids")

    supervisor.send_signal(number)

    assert supervisor.wait(timeout=15) == 0
    assert not any(is_running(pid) for pid in ids)


@pytest.mark.skipif(sys.platform != "linux", reason="needs the parent-death signal of Linux")
def test_a_killed_supervisor_takes_its_program_along(start: Start, tmp_path: Path):
    supervisor = start(PARENT, str(tmp_path / "pids"))
    parent, child = pids(tmp_path / "pids")

    supervisor.kill()

    try:
        wait_for_the_end(parent)
    finally:
        os.kill(child, signal.SIGKILL)  # this toy does not tell its child, as Celery does


def test_a_program_that_never_stays_up_is_given_up_by_name(start: Start):
    supervisor = start("import sys; sys.exit(3)")
    _, error = supervisor.communicate(timeout=60)
    assert supervisor.returncode == 1
    assert "one ended 9 times in a row" in error
