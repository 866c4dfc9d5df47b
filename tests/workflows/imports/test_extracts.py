"""The two fictitious extracts, against answers worked out independently of this project."""

import json
from pathlib import Path

import pytest

from tests.workflows.imports.extracts import TODAY, reasons
from workflows.imports.reading import read
from workflows.imports.row import Row

DATA = Path(__file__).parents[2] / "data"


@pytest.mark.parametrize("name", ["extract_small", "extract_force"])
def test_what_is_refused_and_accepted_equals_the_answers(name):
    answers = json.loads((DATA / f"{name}.answers.json").read_text())

    with (DATA / f"{name}.csv").open("rb") as file:
        read_rows = list(read(file, as_of=TODAY))

    assert reasons(read_rows) == answers["rejected"]
    assert len(read_rows) == answers["rows"]
    accepted = [row.source_ref for row in read_rows if isinstance(row, Row)]
    assert sorted(accepted) == sorted(answers["due"])


def test_the_messy_extract_is_read_into_canonical_values():
    with (DATA / "extract_force.csv").open("rb") as file:
        rows = [row for row in read(file, as_of=TODAY) if isinstance(row, Row)]

    assert {row.status for row in rows} == {"community", "custody", "hospital", "abroad", "missing"}
    assert all(row.postcode[-4] == " " and row.postcode.isupper() for row in rows)
    assert all(row.surname == row.surname.strip() for row in rows)
    assert all(row.ethnicity_self_defined == row.ethnicity_self_defined.upper() for row in rows)
