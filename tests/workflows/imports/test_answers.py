"""Both fictitious extracts, through the commands, against answers worked out elsewhere."""

import io
import json
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command

from offenders.models import Offender

DATA = Path(__file__).parents[2] / "data"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["extract_small", "extract_force"])
def test_refusals_and_what_is_owed_equal_the_answers(name, tmp_path):
    answers = json.loads((DATA / f"{name}.answers.json").read_text())
    report, printed = tmp_path / "rejected.json", io.StringIO()

    with time_machine.travel("2026-11-23 09:00:00+00:00", tick=False):
        call_command(
            "import_extract", DATA / f"{name}.csv", force="T", report=report, stdout=io.StringIO()
        )
        call_command("owed", "--as-of", answers["as_of"], "--force", "T", stdout=printed)

    assert json.loads(report.read_text()) == answers["rejected"]
    assert Offender.objects.count() == answers["accepted"]
    assert json.loads(printed.getvalue()) == answers["due"]
