"""`manage.py serve`, started for real: web, worker and beat, then killed and stopped."""

import contextlib
import json
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.management.commands.serve import web_address

ROOT = Path(__file__).parents[2]
START_SECONDS = 120
HOST = "offenders.example.police.uk"
#: Past whatever proxy the machine has.
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds processes through /proc"),
]


class Service:
    """A running service with its own port and directory."""

    def __init__(self, directory: Path) -> None:
        self.port = free_port()
        self.log = directory / "log"
        environment = os.environ | {
            "VAR_DIR": str(directory / "var"),
            "DATABASE_URL": f"sqlite:///{directory}/serve.sqlite3",
            "WEB_CONCURRENCY": "1",
            # Inherited by everything it starts: how the test finds them.
            "SERVE_TEST": str(directory),
            # A machine behind a web proxy, and a service known by its own name alone.
            "http_proxy": "http://127.0.0.1:9",
            "HTTP_PROXY": "http://127.0.0.1:9",
            "no_proxy": "",
            "NO_PROXY": "",
            "ALLOWED_HOSTS": HOST,
        }
        for name in ("PORT", "CELERY_BROKER_URL"):
            environment.pop(name, None)
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(  # noqa: S603
                [sys.executable, "manage.py", "serve", "--no-example", "--port", str(self.port)],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.mark = f"SERVE_TEST={directory}".encode()

    def wait_until(self, true: Callable[[], object], what: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not true():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, f"no {what}:\n{self.log.read_text()}"
            time.sleep(0.1)

    def processes(self) -> dict[int, str]:
        """Id and command line of every living process that the service started, itself included."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if self.mark in (folder / "environ").read_bytes().split(b"\0"):
                    words = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
                    found[int(folder.name)] = words.decode()
        return found

    def running(self, program: str) -> set[int]:
        """The worker, or the beat."""
        return {
            pid
            for pid, words in self.processes().items()
            if f" celery --quiet -A config {program} " in words
        }

    def has_beat(self) -> bool:
        """Whether beat keeps a schedule, which it writes once it has looked at the database."""
        folder = self.log.parent / "var"
        return bool(self.running("beat")) and any(folder.glob("beat-schedule*"))

    def answers(self, path: str = "/healthz") -> bool:
        with contextlib.suppress(OSError):
            return get(self.port, path)[0] == 200
        return False


def is_open_to_others(file: Path) -> bool:
    """Whether another user of the machine could read it; the log and its folder are the test's."""
    return file.name != "log" and bool(stat.S_IMODE(file.stat().st_mode) & 0o077)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str) -> tuple[int, bytes]:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": HOST})
    with DIRECT.open(request, timeout=5) as response:
        return response.status, response.read()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """A service that answers, with worker and beat up."""
    running = Service(tmp_path)
    try:
        running.wait_until(running.answers, "answer")
        running.wait_until(lambda: running.running("worker"), "worker")
        running.wait_until(running.has_beat, "beat")
        yield running
    finally:
        if running.process.poll() is None:
            running.process.terminate()
            running.process.wait(timeout=40)


def test_what_is_killed_is_restarted_and_sigterm_leaves_nothing_behind(
    service: Service, tmp_path: Path
):
    ready = json.loads(get(service.port, "/readyz")[1])
    assert set(ready["checks"].values()) == {"ok"}
    assert "Not started" not in service.log.read_text()
    assert "No hostname" not in service.log.read_text()

    for program in ("worker", "beat"):
        killed = service.running(program)
        os.kill(min(killed), signal.SIGKILL)
        service.wait_until(lambda: service.running(program) - killed, f"new {program}")  # noqa: B023 - waited for here
        assert not killed & service.running(program), f"the old {program} is still running"
    assert service.answers()

    service.process.terminate()
    assert service.process.wait(timeout=40) == 0, service.log.read_text()
    assert service.processes() == {}
    log = service.log.read_text()
    assert re.search(rf"Ready: http://127\.0\.0\.1:{service.port}/", log)
    assert log.rstrip().endswith("Stopped.")
    assert [file for file in sorted(tmp_path.rglob("*")) if is_open_to_others(file)] == []


def test_a_taken_port_is_refused_before_anything_starts(tmp_path: Path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        finished = subprocess.run(  # noqa: S603
            [sys.executable, "manage.py", "serve", "--no-example", "--port", port],
            cwd=ROOT,
            env=os.environ | {"VAR_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert finished.returncode == 1
    assert f"Port {port} cannot be used" in finished.stderr
    assert "Bringing" not in finished.stdout


@pytest.mark.parametrize(
    ("bind", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8001/"),
        ("0.0.0.0", "http://127.0.0.1:8001/"),  # noqa: S104 - not bound
        ("10.1.2.3", "http://10.1.2.3:8001/"),
        ("[::]", "http://[::1]:8001/"),
    ],
)
def test_the_web_is_asked_where_it_listens(
    monkeypatch: pytest.MonkeyPatch, bind: str, address: str
):
    monkeypatch.setenv("BIND", bind)
    assert web_address(8001) == address
