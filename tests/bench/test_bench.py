"""The benchmark still runs, its answers agree, and its report says what was measured."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench import report
from bench.meter import Cost
from bench.run import WORKLOADS

ROOT = Path(__file__).resolve().parents[2]


def measured(people: int = 5000, *, lead: float = 100, distance: float = 2, grown: float = 1):
    own = Cost(100 * grown, 2, 1)
    return report.Measured(
        "sqlite",
        people,
        {
            "Inbox by due date": {
                "raw": Cost(100 / distance, 1, 1),
                "ours": own,
                "peer": Cost(own.cpu * lead, 3, 1),
            }
        },
    )


def test_a_run_within_every_bar_misses_none():
    assert report.missed([measured(), measured(70_000)]) == []


@pytest.mark.parametrize(
    ("runs", "says"),
    [
        ([measured(lead=3.9)], "leads by 3.9"),
        ([measured(distance=4.2)], "4.2 times raw SQL"),
        ([measured(), measured(70_000, grown=1.6)], "grows by 1.6"),
        ([measured(), measured(70_000, grown=1.6, distance=2 / 1.05)], "grows by 1.5"),
    ],
)
def test_each_bar_can_be_missed(runs, says):
    [line] = report.missed(runs)
    assert says in line


def test_smoke_asks_for_half():
    assert report.missed([measured(lead=2.1)], slack=0.5) == []


def test_the_tables_are_put_between_the_marks_and_again(tmp_path):
    page = tmp_path / "performance.md"
    page.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n")
    for _ in range(2):
        report.write(page, report.tables([measured()]))
    text = page.read_text()
    assert text.startswith("before\n")
    assert text.endswith(f"{report.END}\nafter\n")
    assert "old" not in text
    assert "| Inbox by due date | request | 5,000 | 50.0 µs | **100.0 µs** | 10.00 ms |" in text


@pytest.mark.slow
def test_every_answer_agrees_with_raw_sql_and_the_peer(tmp_path):
    environment = os.environ | {
        "VAR_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/bench.sqlite3",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LOG_LEVEL": "WARNING",
    }
    for command in (
        ["manage.py", "migrate", "--verbosity", "0"],
        ["-m", "bench.run", *WORKLOADS, "--people", "420", "--seconds", "0"],
    ):
        said = subprocess.run(  # noqa: S603
            [sys.executable, *command],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
        )
    costs = report.costs(json.loads(said.stdout))
    assert set(report.LEAD) <= set(costs)
    # One statement more or less would show in every list: candidates, page, rules,
    # and for whom the officer covers.
    assert costs["Inbox by priority"]["ours"].statements == 4
    assert costs["Inbox by due date"]["ours"].statements == 3
