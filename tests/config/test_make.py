"""What `make test` leaves out is said, and CI runs nothing twice."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("browser", "left_out", "why"),
    [
        ("BROWSER=/usr/bin/chromium", False, "there is a browser"),
        ("BROWSER=", True, "CI has a stage for it"),
    ],
)
def test_the_browser_tests_run_where_there_is_a_browser(browser: str, left_out: bool, why: str):
    plan = subprocess.run(  # noqa: S603 - our own command line
        ["make", "--dry-run", "--assume-old=.venv/installed", "test", browser],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    ).stdout
    assert ("and not browser" in plan) is left_out, why
    assert ("Skipped: the browser tests" in plan) is left_out, why


def test_ci_leaves_them_to_their_own_stage():
    stages = (ROOT / ".ci" / "run").read_text()
    assert "make test BROWSER=\n" in stages
    assert 'own "browser" 480 tests -n 0 -m browser' in stages
