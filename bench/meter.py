"""The meter: CPU of this process and of its database backend, variants taken in turn.

Wall time on a shared machine measures the neighbours. On-CPU time of the backend is read from
/proc/<pid>/schedstat, so PostgreSQL must run on this machine. WAL writer and checkpointer are not
counted.
"""

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True, slots=True)
class Cost:
    """What one unit (a request, a row, a person) takes: CPU in microseconds, by median."""

    cpu: float
    statements: int
    units: int


class Meter:
    """Reads CPU spent so far, nanoseconds."""

    def __init__(self) -> None:
        self._backend: Path | None = None
        if connection.vendor == "postgresql":
            connection.ensure_connection()
            pid = connection.connection.info.backend_pid
            self._backend = Path(f"/proc/{pid}/schedstat")
            if not self._backend.exists():
                raise SystemExit("The benchmark needs PostgreSQL on this machine: no schedstat.")

    def spent(self) -> int:
        """CPU of client and backend."""
        spent = time.process_time_ns()
        if self._backend is not None:
            spent += int(self._backend.read_text().split()[0])
        return spent


def compare(
    variants: Mapping[str, Callable[[], int]], *, seconds: float, least: int = 5
) -> dict[str, Cost]:
    """The cost of each variant for one unit. Each returns how many units it did.

    Variants are taken in turn for about `seconds`, and `least` times at least; with 0 seconds
    once, to see that they run.
    """
    least = least if seconds else 1
    meter = Meter()
    statements = {name: _statements(run) for name, run in variants.items()}
    spent: dict[str, list[float]] = {name: [] for name in variants}
    units = dict.fromkeys(variants, 0)
    until = time.monotonic() + seconds
    while time.monotonic() < until or len(next(iter(spent.values()))) < least:
        for name, run in variants.items():
            before = meter.spent()
            units[name] = run()
            spent[name].append((meter.spent() - before) / 1000 / max(1, units[name]))
    return {
        name: Cost(statistics.median(taken), statements[name], units[name])
        for name, taken in spent.items()
    }


def once(run: Callable[[], int]) -> Cost:
    """The cost of a unit of something that can be done only once."""
    meter = Meter()
    before = meter.spent()
    units = run()
    return Cost((meter.spent() - before) / 1000 / max(1, units), 0, units)


def _statements(run: Callable[[], int]) -> int:
    """Statements of one run, savepoints left out; it also warms what is cached."""
    with CaptureQueriesContext(connection) as asked:
        run()
    return sum("SAVEPOINT" not in query["sql"] for query in asked)
