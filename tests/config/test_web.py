"""What gunicorn refuses by itself, through a real gunicorn with our settings, a socket and no more.

The application behind it is a plain one: what is tested never reaches an application.
"""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from api.shapes.problem import Problem

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
#: What is sent and must never be said again.
SENT = "Zymborski"
SAID = b"The application was asked."

StartResponse = Callable[[str, list[tuple[str, str]]], object]


def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Answers everything that gunicorn lets through; `/broken` as nothing may be answered."""
    value = f"{SENT}\r\nX: y" if environ["PATH_INFO"] == "/broken" else "yes"
    start_response("200 OK", [("Content-Length", str(len(SAID))), ("X-Reached", value)])
    return [SAID]


class Answer(NamedTuple):
    """What came back: the status, the headers by their names in lower case, and the body."""

    status: int
    headers: dict[str, str]
    body: bytes


class Web(NamedTuple):
    """A gunicorn that listens on a port of this machine."""

    port: int
    log: Path

    def asked(self, sent: bytes) -> Answer:
        """The answer to exactly these bytes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as connection:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            received = b"".join(iter(lambda: connection.recv(65536), b""))
        head, _, body = received.partition(b"\r\n\r\n")
        first, *lines = head.decode("ascii").split("\r\n")
        pairs = (line.partition(": ") for line in lines)
        headers = {name.lower(): value for name, _, value in pairs}
        return Answer(int(first.split(" ")[1]), headers, body)

    def is_up(self) -> bool:
        with contextlib.suppress(OSError):
            return self.asked(request()).status == 200
        return False


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    """gunicorn with the settings of the service, ended by its own process id."""
    folder = tmp_path_factory.mktemp("web")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    settings = {"PORT": str(port), "BIND": "127.0.0.1", "WEB_CONCURRENCY": "1"}
    found = Web(port, folder / "log")
    with found.log.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own command line
            [
                *(sys.executable, "-m", "gunicorn", "-c", str(ROOT / "deploy/gunicorn.conf.py")),
                "tests.config.test_web:application",
            ],
            cwd=ROOT,
            env=os.environ | settings,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not found.is_up():
            assert process.poll() is None, found.log.read_text()
            assert time.monotonic() < deadline, found.log.read_text()
            time.sleep(0.1)
        yield found
    finally:
        process.terminate()
        process.wait(timeout=30)


def request(line: str = "GET / HTTP/1.1", *headers: str) -> bytes:
    return "\r\n".join((line, "Host: localhost", "Connection: close", *headers, "", "")).encode()


def test_what_can_be_read_reaches_the_application(web: Web):
    answer = web.asked(request())
    assert (answer.status, answer.headers["x-reached"]) == (200, "yes")
    assert answer.body == SAID


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (request(f"GET /{SENT}{'a' * 5000} HTTP/1.1"), 414, "uri_too_long"),
        (request("GET / HTTP/1.1", f"X-Long: {SENT}{'a' * 9000}"), 431, "headers_too_large"),
        (
            request("GET / HTTP/1.1", *(f"X-{number}: {SENT}" for number in range(70))),
            431,
            "headers_too_large",
        ),
        (f"{SENT}\r\n\r\n".encode(), 400, "bad_request"),
        (request(f"GET /{SENT}"), 400, "bad_request"),
        (request(f"{SENT}{{}} / HTTP/1.1"), 400, "bad_request"),
        (request(f"GET /{SENT} HTTP/9.9"), 400, "bad_request"),
        (request("GET / HTTP/1.1", f"{SENT} name: value"), 400, "bad_request"),
        (request("GET / HTTP/1.1", f"{SENT}"), 400, "bad_request"),
        (request("POST / HTTP/1.1", f"Content-Length: {SENT}"), 400, "bad_request"),
        (request("POST / HTTP/1.1", f"Transfer-Encoding: {SENT}"), 501, "not_implemented"),
        (request("POST / HTTP/1.1", f"Expect: {SENT}"), 417, "expectation_failed"),
        (request("GET /broken HTTP/1.1"), 500, "server_error"),
    ],
    ids=[
        "an address too long",
        "a header too long",
        "too many headers",
        "no request line",
        "no version",
        "an odd method",
        "a version that there is not",
        "a name with a space",
        "a header without a value",
        "a length that is no number",
        "an unknown coding",
        "an unknown expectation",
        "a header of our own that cannot be sent",
    ],
)
def test_what_gunicorn_refuses_is_a_problem_that_repeats_nothing(web: Web, sent, status, code):
    before = len(web.log.read_text())

    answer = web.asked(sent)

    assert (answer.status, answer.headers["content-type"]) == (status, "application/problem+json")
    assert int(answer.headers["content-length"]) == len(answer.body)
    problem = json.loads(answer.body)
    assert problem.keys() == Problem().fields.keys() - {"invalid"}, "the shape of every problem"
    assert (problem["status"], problem["code"]) == (status, code)
    assert problem["type"] == f"urn:mosovo:problem:{code}"
    logged = web.log.read_text()[before:]
    assert problem["request_id"] in logged, "it can be found again"
    assert SENT not in answer.body.decode() + logged
