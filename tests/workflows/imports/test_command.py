"""`manage.py import_extract`."""

import io
import json

import pytest
import time_machine
from django.core.management import CommandError, call_command

from accounts.models import Force
from offenders.models import Offender
from tests.workflows.imports.extracts import extract, row
from tests.workflows.imports.importing import rows_of_every_table

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel("2026-11-23 09:00:00+00:00", tick=False):
        yield


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "extract.csv"
    file.write_bytes(
        extract(row(), row(surname="Other"), row(source_ref="R2", surname="")).getvalue()
    )
    return file


def run(*arguments):
    said = io.StringIO()
    call_command("import_extract", *arguments, "--force", "NEW", stdout=said)
    return said.getvalue()


def test_it_makes_the_force_and_says_what_became_of_each_row(path, tmp_path):
    report = tmp_path / "refused.json"

    said = run(path, "--report", str(report))

    assert Force.objects.get(code="NEW").name == "NEW"
    assert "3 rows: 1 created, 0 changed, 0 unchanged, 2 refused" in said
    assert "missing_required: 1 (surname 1)" in said
    assert "New teams: North" in said
    assert "Marlkeld" not in said
    assert json.loads(report.read_text()) == {
        "line:3": "duplicate_reference",
        "R2": "missing_required",
    }


def test_a_dry_run_writes_nothing_and_says_the_same(path, tmp_path):
    report = tmp_path / "refused.json"
    before = rows_of_every_table()

    said = run(path, "--dry-run", "--report", str(report))

    assert rows_of_every_table() == before
    assert "Dry run: nothing was written" in said
    assert "3 rows: 1 created, 0 changed, 0 unchanged, 2 refused" in said
    assert len(json.loads(report.read_text())) == 2


def test_a_dry_run_after_an_import_knows_who_is_unchanged(path):
    run(path)

    assert "0 created, 0 changed, 1 unchanged, 2 refused" in run(path, "--dry-run")


def test_the_extract_is_read_as_at_the_day_given(path):
    said = run(path, "--as-of", "2026-10-01")

    assert "date_in_future: 1" in said
    assert not Offender.objects.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is no extract: The file is empty"),
        (b"Marlkeld,Bronwen\n", "is no extract: Column 1"),
        (None, "cannot be read: No such file"),
    ],
)
def test_an_unreadable_file_is_an_error_that_says_why(tmp_path, content, message):
    file = tmp_path / "extract.csv"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CommandError, match=message):
        run(file)


def test_a_report_that_cannot_be_written_is_said_before_anything_is_imported(path, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        run(path, "--report", str(tmp_path / "missing" / "refused.json"))

    assert not Offender.objects.exists()


def test_a_force_code_that_is_too_long_is_refused(path):
    with pytest.raises(CommandError, match="force"):
        call_command("import_extract", str(path), "--force", "ELEVEN-LONG")


def test_a_file_of_which_no_row_was_taken_is_not_said_to_be_imported(path, tmp_path):
    assert run(path).startswith("Imported, but for the rows that were refused.")
    path.write_bytes(extract(row(source_ref="R3", surname="")).getvalue())
    assert run(path).startswith("Nothing was imported: every row was refused.")
    path.write_bytes(extract(row(source_ref="R4")).getvalue())
    assert run(path).startswith("Imported.\n")
