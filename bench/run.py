"""One database of one size: fill it, compare answers, measure, print the costs as JSON.

`python -m bench.run WORKLOAD... --people N --seconds S`, with DATABASE_URL in the environment and
the tables made. `python -m bench` does all that.
"""

import argparse
import json
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict

import django

from bench.meter import Cost

WORKLOADS = ["inbox", "due", "sweep", "indicators", "priority"]


def main() -> None:
    """Measure, and print {workload: {variant: cost}}."""
    parser = argparse.ArgumentParser()
    parser.add_argument("workloads", nargs="+", choices=WORKLOADS)
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    asked = parser.parse_args()
    django.setup()
    from bench import due, inbox, indicators, priority, seed, sweep  # noqa: PLC0415  (models load after setup)

    tell = _Clock()
    country = seed.populate(asked.people)
    tell(f"{asked.people:,} people written")
    costs = {}
    if "indicators" in asked.workloads:
        # Before anything is owed: what comes in asks for nothing of it.
        indicators.declare(country)
        costs |= indicators.measure(country, asked.seconds)
        tell("indicators")
    if asked.workloads == ["indicators"]:
        _print(costs)
        return
    costs["Sweep, first full run"] = sweep.first_run(country)
    tell("first full sweep")
    seed.add_history()
    tell("history written")
    if "inbox" in asked.workloads:
        costs |= inbox.measure(country, asked.seconds)
        tell("inbox")
    if "due" in asked.workloads:
        costs |= due.measure(country, asked.seconds)
        tell("due list")
    if "sweep" in asked.workloads:
        costs["Sweep, a steady night"] = sweep.nights(country)
        tell("steady nights")
    if "priority" in asked.workloads:
        costs |= priority.measure(country, asked.seconds)
        tell("priority")
    _print(costs)


def _print(costs: Mapping[str, Mapping[str, Cost]]) -> None:
    json.dump(
        {
            work: {name: asdict(cost) for name, cost in found.items()}
            for work, found in costs.items()
        },
        sys.stdout,
    )


class _Clock:
    """Says on stderr what was done, and how long it took."""

    def __init__(self) -> None:
        self._since = time.monotonic()

    def __call__(self, what: str) -> None:
        now = time.monotonic()
        print(f"  {what} ({now - self._since:.1f} s)", file=sys.stderr)
        self._since = now


if __name__ == "__main__":
    main()
