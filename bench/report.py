"""What was measured, as the tables of docs/performance.md, and the bars it must pass."""

import platform
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
import psycopg
import rest_framework

from bench.meter import Cost

#: {workload: {variant: cost}}; variants are raw, ours and peer.
Costs = Mapping[str, Mapping[str, Cost]]
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
UNITS = {
    "Inbox": "request",
    "Due": "row",
    "Sweep": "person",
    "Indicators": "indicator",
    "Force": "list",
    "Standings": "person",
}
#: Least lead over the peer, and most distance from raw SQL.
LEAD = {
    "Inbox by due date": 4,
    "Inbox by priority": 4,
    "Due list, JSON": 15,
    "Sweep, a steady night": 60,
    "Indicators, a burst": 8,
}
#: What costs no more than something else: however many indicators there are, one row is read.
ALIKE = {"Inbox, a hundred each": "Inbox, an indicator each"}
#: The same from so many people on, where it is more.
MANY = 70_000
LEAD_OF_MANY = LEAD | {"Indicators, a burst": 30}
DISTANCE = {"Inbox by due date": 4, "Inbox by priority": 4}
#: Most growth of a unit's cost from the smallest to the largest size, beyond that of raw SQL: the
#: sizes are measured minutes apart, and what slows the machine meanwhile slows raw SQL too.
GROWTH = 1.5


@dataclass(frozen=True, slots=True)
class Measured:
    """One run."""

    database: str
    people: int
    costs: Costs


def costs(said: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Costs:
    """What `bench.run` printed."""
    return {
        work: {name: Cost(**cost) for name, cost in variants.items()}
        for work, variants in said.items()
    }


def tables(found: Iterable[Measured]) -> str:
    """Every run as one Markdown table a database."""
    found = list(found)
    return "\n\n".join(
        _table(database, [run for run in found if run.database == database])
        for database in dict.fromkeys(run.database for run in found)
    )


def _table(database: str, runs: list[Measured]) -> str:
    head = (
        "| what | unit | people | raw SQL | ours | peer | ours / raw | peer / ours | statements |"
    )
    lines = [f"**{_named(database)}**", "", head, "|---|---|--:|--:|--:|--:|--:|--:|--:|"]
    for work in dict.fromkeys(work for run in runs for work in run.costs):
        unit = UNITS[work.split()[0].rstrip(",")]
        for run in runs:
            if work in run.costs:
                cells = _cells(run.costs[work])
                lines.append(f"| {work} | {unit} | {run.people:,} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cells(variants: Mapping[str, Cost]) -> Iterator[str]:
    own, raw, peer = variants["ours"], variants.get("raw"), variants.get("peer")
    yield _time(raw)
    yield f"**{_time(own)}**"
    yield _time(peer)
    yield f"{own.cpu / raw.cpu:.1f}" if raw else ""
    yield f"{peer.cpu / own.cpu:.1f}" if peer else ""
    yield str(own.statements or "")


def _time(cost: Cost | None) -> str:
    if cost is None:
        return ""
    return f"{cost.cpu / 1000:.2f} ms" if cost.cpu >= 1000 else f"{cost.cpu:.1f} µs"


def _named(database: str) -> str:
    return "PostgreSQL" if database == "postgresql" else "SQLite"


def missed(found: Iterable[Measured], *, slack: float = 1.0) -> list[str]:
    """The bars that were not passed, in words. `slack` below 1 lowers them."""
    found = list(found)
    return [*_ratios(found, slack), *_growths(found, slack)]


def _ratios(found: Iterable[Measured], slack: float) -> Iterator[str]:
    for run in found:
        where = f"on {_named(run.database)} with {run.people:,} people"
        for work, variants in run.costs.items():
            own = variants["ours"].cpu
            least = (LEAD_OF_MANY if run.people >= MANY else LEAD).get(work)
            if least and variants["peer"].cpu / own < least * slack:
                yield f"{work} leads by {variants['peer'].cpu / own:.1f}, not {least}, {where}"
            if work in ALIKE and own / run.costs[ALIKE[work]]["ours"].cpu > GROWTH / slack:
                yield f"{work} costs more than {ALIKE[work]}, {where}"
            if work in DISTANCE and own / variants["raw"].cpu > DISTANCE[work] / slack:
                yield f"{work} is {own / variants['raw'].cpu:.1f} times raw SQL, {where}"


def _growths(found: Iterable[Measured], slack: float) -> Iterator[str]:
    """A unit must cost the same however many people there are, in as many statements."""
    for database in {run.database for run in found}:
        runs = sorted(
            (run for run in found if run.database == database), key=lambda run: run.people
        )
        small, large = runs[0], runs[-1]
        for work, variants in large.costs.items():
            before, after = small.costs[work]["ours"], variants["ours"]
            grown = after.cpu / before.cpu
            if "raw" in variants:
                grown /= max(1.0, variants["raw"].cpu / small.costs[work]["raw"].cpu)
            if grown > GROWTH / slack:
                yield f"{work} grows by {grown:.1f} on {_named(database)}"
            if work.startswith("Inbox") and after.statements != before.statements:
                yield f"{work} takes more statements where there are more people"


def write(page: Path, table: str) -> None:
    """Put the tables between the marks of `page`."""
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    measured = f"{BEGIN}\n{_versions()}\n\n{table}\n{END}"
    page.write_text(before + measured + after, encoding="utf-8")


def _versions() -> str:
    return (
        f"Python {platform.python_version()}, Django {django.get_version()}, "
        f"DRF {rest_framework.VERSION}, psycopg {psycopg.__version__}, "
        f"SQLite {sqlite3.sqlite_version}. CPU time, medians."
    )
