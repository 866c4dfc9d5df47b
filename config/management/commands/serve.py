"""`manage.py serve`: the whole service on one machine, under one supervisor."""

import argparse
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config import example
from config.env import BASE_DIR, env
from config.supervisor import GaveUp, Program, Supervisor
from offenders.models import Offender

#: Seconds the web may take to answer before we say that it is still starting.
SLOW_START = 10.0


class Command(BaseCommand):
    help = (
        "Migrates, collects static files, loads a fictitious force into an empty database, then "
        "runs the web, one Celery worker and beat until Ctrl-C or SIGTERM."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--port", type=int, default=env.int("PORT", default=8000), help="default: PORT or 8000"
        )
        parser.add_argument(
            "--no-example", action="store_true", help="leave an empty database empty"
        )

    def handle(self, *, port: int, no_example: bool, **options: Any) -> None:
        os.umask(0o077)  # whatever it and its programs write is for their owner alone
        refuse_a_taken_port(port)
        self.say("Bringing the database up to date ...")
        call_command("migrate", interactive=False, verbosity=1, stdout=self.stdout)
        # Among others: are the triggers there that keep the audit record append-only?
        call_command("check", databases=["default"], stdout=self.stdout)
        if not static_is_collected():
            self.say("Collecting static files ...")
            call_command("collectstatic", interactive=False, verbosity=0)
        if not no_example and (example.is_partial() or not Offender.objects.exists()):
            example.load(say=self.say)
        self._supervise(port)

    def _supervise(self, port: int) -> None:
        announcement = Announcement(port, say=self.say)
        try:
            Supervisor(programs(port), say=self.say).run(tend=announcement.tend)
        except GaveUp as error:
            raise CommandError(str(error)) from error
        self.say("Stopped.")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


class Announcement:
    """Prints the address and the sign-ins once, when the web answers."""

    def __init__(self, port: int, *, say: Any) -> None:
        self.port = port
        self.say = say
        self.done = False
        self.next_word_at = time.monotonic() + SLOW_START

    def tend(self) -> None:
        if self.done:
            return
        if answers(self.port):
            self.done = True
            self.say(f"\nReady: {web_address(self.port)}\n")
            for line in example.sign_ins():
                self.say(line)
            self.say("Ctrl-C stops everything.")
        elif time.monotonic() > self.next_word_at:
            self.next_word_at += SLOW_START
            self.say("The web is still starting ...")


def programs(port: int) -> list[Program]:
    """What runs: the web, one worker (the database decides, so one is enough), and beat.

    Beat is a program of its own: inside the worker nothing would start it again.
    """
    os.environ["PORT"] = str(port)  # deploy/gunicorn.conf.py reads it
    python = [sys.executable, "-m"]
    web = [*python, "gunicorn", "-c", str(BASE_DIR / "deploy/gunicorn.conf.py"), "config.wsgi"]
    celery = [*python, "celery", "--quiet", "-A", "config"]
    worker = [
        *celery, "worker", "-P", "threads", "-c", "2",
        "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING",
    ]  # fmt: skip
    beat = [*celery, "beat", "--loglevel", "WARNING"]
    return [Program("web", web), Program("worker", worker), Program("beat", beat)]


def refuse_a_taken_port(port: int) -> None:
    """Raise CommandError when something listens already.

    gunicorn would not notice: with SO_REUSEPORT two services share a port, and its visitors.
    """
    host = env.str("BIND", default="127.0.0.1")
    host = host.strip("[]")  # as addresses of IPv6 are written
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). Choose another: PORT=8001 make run"
            ) from error


def static_is_collected() -> bool:
    """Whether the collected files are there and no source of ours is newer."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return False
    collected_at = manifest.stat().st_mtime
    sources = [BASE_DIR / "requirements.txt", *(BASE_DIR / "ui" / "static").rglob("*")]
    return all(source.stat().st_mtime <= collected_at for source in sources)


def web_address(port: int) -> str:
    """Where the web answers: the address it listens on, or loopback where that is every one."""
    host = env.str("BIND", default="127.0.0.1")
    host = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(host, host)  # noqa: S104 - compared
    return f"http://{host}:{port}/"


def answers(port: int) -> bool:
    """Whether the web answers /healthz.

    Asked directly, whatever proxy the environment names, and by a name that it answers to.
    """
    request = urllib.request.Request(f"{web_address(port)}healthz")  # noqa: S310 - our own
    if name := next((name for name in settings.ALLOWED_HOSTS if name != "*"), ""):
        request.add_header("Host", name.removeprefix("."))
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=1) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False
