"""Keeps a few long-running programs alive on one machine, and takes all of them down together.

Each program runs in a process group of its own: `kill -9` of a Celery worker leaves its beat
process running and filling the queue, so what is ended is always the whole group.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

#: Seconds before the first restart; each further one waits twice as long, up to the longest.
FIRST_WAIT = 1.0
LONGEST_WAIT = 30.0
#: A program that ran this long, seconds, is sound: its count of restarts begins again.
STEADY_AFTER = 60.0
#: Restarts in a row after which something is wrong that another restart will not mend.
MOST_RESTARTS = 8
#: Seconds a group has to end by itself before it is killed.
GRACE = 10.0
#: Ctrl-C, a service manager, a closed terminal.
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

# linux/prctl.h
_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class GaveUp(Exception):
    """A program ended too often in a row to be worth starting again."""


def _end_with_parent() -> None:
    """In the child, before exec: be asked to stop when the supervisor is killed (Linux only)."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _adopt_orphans() -> None:
    """Become the parent of grandchildren whose parent is killed, to reap them (Linux only)."""
    if _libc is not None:
        _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1)


@dataclass
class Program:
    """One command line that should always be running."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started: float = field(default=0.0, init=False)
    restarts: int = field(default=0, init=False)
    start_again_at: float | None = field(default=None, init=False)

    def start(self) -> None:
        # A session of its own is a process group of its own, and Ctrl-C in the terminal reaches
        # the supervisor alone. preexec_fn is safe here: the supervisor has one thread.
        self.process = subprocess.Popen(  # noqa: S603 (our own command lines, no shell)
            self.command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509
        )
        self.started, self.start_again_at = time.monotonic(), None

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def signal_group(self, number: int) -> None:
        """Send a signal to the program and everything it started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def group_is_gone(self) -> bool:
        """Whether the program and everything it started have ended and are reaped."""
        if self.process is None:
            return True
        if self.process.poll() is None:
            return False
        # Grandchildren we adopted stay in the group as zombies until somebody waits for them.
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-self.process.pid, os.WNOHANG)[0]:
                pass
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return True
        return False


class Supervisor:
    """Starts programs, restarts those that end, and stops all of them. One thread, no locks."""

    def __init__(self, programs: Sequence[Program], *, say: Callable[[str], None]) -> None:
        self.programs = programs
        self.say = say
        self._stopping = False

    def run(self, tend: Callable[[], None]) -> None:
        """Keep the programs running until a stop signal, calling `tend` five times a second.

        Raises GaveUp when one of them ends MOST_RESTARTS times in a row. Nothing is left running
        either way.
        """
        _adopt_orphans()
        before = {number: signal.signal(number, self._ask_to_stop) for number in STOP_SIGNALS}
        try:
            for program in self.programs:
                program.start()
            while not self._stopping:
                for program in self.programs:
                    self._restart_if_ended(program)
                tend()
                time.sleep(0.2)
        finally:
            self._stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True

    def _restart_if_ended(self, program: Program) -> None:
        now = time.monotonic()
        if program.start_again_at is not None:
            if now >= program.start_again_at:
                program.start()
        elif program.has_ended():
            self._plan_restart(program, now)

    def _plan_restart(self, program: Program, now: float) -> None:
        program.signal_group(signal.SIGKILL)  # what it started must not outlive it
        _wait_until(program.group_is_gone, seconds=GRACE)
        program.process = None
        if now - program.started >= STEADY_AFTER:
            program.restarts = 0
        program.restarts += 1
        if program.restarts > MOST_RESTARTS:
            raise GaveUp(f"{program.name} ended {program.restarts} times in a row.")
        wait = min(FIRST_WAIT * 2 ** (program.restarts - 1), LONGEST_WAIT)
        program.start_again_at = now + wait
        self.say(f"{program.name} ended; starting it again in {wait:.0f} s.")

    def _stop(self) -> None:
        for program in self.programs:
            program.signal_group(signal.SIGTERM)
        if not _wait_until(self._all_gone, seconds=GRACE):
            for program in self.programs:
                program.signal_group(signal.SIGKILL)
            _wait_until(self._all_gone, seconds=GRACE)

    def _all_gone(self) -> bool:
        return all([program.group_is_gone() for program in self.programs])


def _wait_until(true: Callable[[], bool], *, seconds: float) -> bool:
    """Whether `true` came true within `seconds`."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
