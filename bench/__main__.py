"""`python -m bench`: fill databases of 5,000 and 70,000 people, measure, print, check the bars.

    python -m bench                  all of it, on SQLite and on PostgreSQL where it answers
    python -m bench inbox due sweep --n 5000 70000 --database sqlite
    python -m bench --write          and put the tables into docs/performance.md
    python -m bench --smoke          once, small: do they still run, agree and keep their lead?

PostgreSQL must be on this machine; a database named bench_mosovo is made, and dropped again.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from bench import report
from bench.run import WORKLOADS

ROOT = Path(__file__).resolve().parent.parent
POSTGRESQL = os.environ.get("POSTGRESQL", "postgres://postgres@127.0.0.1:5432/postgres")
NAME = "bench_mosovo"


def main() -> int:
    """Run what is asked. Returns 1 where a bar is missed."""
    asked = _arguments()
    found: list[report.Measured] = []
    for database in asked.database or _reachable():
        for people in asked.people:
            print(f"{database}, {people:,} people:", file=sys.stderr)
            with _prepared(database) as environment:
                costs = _measure(environment, asked, people)
            found.append(report.Measured(database, people, costs))
    table = report.tables(found)
    print(table)
    if asked.write:
        report.write(ROOT / "docs" / "performance.md", table)
    missed = report.missed(found, slack=0.5 if asked.smoke else 1.0)
    for line in missed:
        print(f"missed: {line}", file=sys.stderr)
    return 1 if missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("workloads", nargs="*", default=WORKLOADS, help=", ".join(WORKLOADS))
    parser.add_argument("--n", "--people", dest="people", type=int, nargs="+")
    parser.add_argument("--database", nargs="+", choices=["sqlite", "postgresql"])
    parser.add_argument("--seconds", type=float, default=20, help="for each comparison")
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    parser.add_argument("--smoke", action="store_true")
    asked = parser.parse_args()
    if asked.smoke:
        asked.database = asked.database or ["sqlite"]
        asked.people, asked.seconds = asked.people or [900], 1
    asked.people = asked.people or [5_000, 70_000]
    return asked


def _measure(environment: dict[str, str], asked: argparse.Namespace, people: int) -> report.Costs:
    run = [sys.executable, "-m", "bench.run", *asked.workloads]
    sizes = ["--people", str(people), "--seconds", str(asked.seconds)]
    said = subprocess.run(  # noqa: S603
        [*run, *sizes], env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE
    )
    return report.costs(json.loads(said.stdout))


def _reachable() -> list[str]:
    try:
        psycopg.connect(POSTGRESQL, connect_timeout=2).close()
    except psycopg.OperationalError:
        print("PostgreSQL does not answer on this machine: SQLite alone.", file=sys.stderr)
        return ["sqlite"]
    return ["sqlite", "postgresql"]


@contextmanager
def _prepared(database: str) -> Iterator[dict[str, str]]:
    """An empty database with its tables, and the environment that leads to it."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "VAR_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
            "LOG_LEVEL": "WARNING",
            # One connection for the whole run: its backend is the one whose CPU is read.
            "CONN_MAX_AGE": "1000000",
        }
        if database == "postgresql":
            environment["DATABASE_URL"] = urlunsplit(urlsplit(POSTGRESQL)._replace(path=f"/{NAME}"))
            _statement(f"DROP DATABASE IF EXISTS {NAME}")
            _statement(f"CREATE DATABASE {NAME}")
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(  # noqa: S603
            migrate, env=environment, cwd=ROOT, check=True
        )
        try:
            yield environment
        finally:
            if database == "postgresql":
                _statement(f"DROP DATABASE IF EXISTS {NAME}")


def _statement(sql: str) -> None:
    with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
        connection.execute(sql)


if __name__ == "__main__":
    raise SystemExit(main())
