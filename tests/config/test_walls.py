"""Every server process looks for every trigger before it starts."""

import re
from pathlib import Path

import pytest

from config import walls

ROOT = Path(__file__).parents[2]
FOUND = ("audit", "accounts", "rules", "offenders", "risk", "workflows")
ASKS = re.compile(r"^(def require\(connection|missing, require = )", re.MULTILINE)


def test_every_module_that_makes_triggers_is_asked():
    makes = {
        file
        for room in FOUND
        for file in (ROOT / room).rglob("*.py")
        if ASKS.search(file.read_text())
    }
    assert makes == {Path(str(module.__file__)) for module in walls.ROOMS}


@pytest.mark.parametrize("entry", ["config/wsgi.py", "config/celery.py"])
def test_no_server_process_starts_without_asking(entry):
    assert "require_walls()" in (ROOT / entry).read_text(encoding="utf-8")
