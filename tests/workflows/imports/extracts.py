"""Builds small extracts. A test names only the cells it is about."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from workflows.imports.columns import COLUMNS
from workflows.imports.reading import read
from workflows.imports.refusals import Refusal
from workflows.imports.row import Row

TODAY = date(2026, 11, 23)

GOOD = {
    "source_ref": "R1",
    "visor_ref": "23/657911",
    "pnc_id": "2020/9781064I",
    "forename": "Bronwen",
    "surname": "Marlkeld",
    "date_of_birth": "1970-05-01",
    "sex": "F",
    "ethnicity_self_defined": "W1",
    "ethnicity_officer_defined": "1",
    "management_level": "medium",
    "management_mode": "active",
    "mappa_category": "1",
    "mappa_level": "1",
    "address_kind": "main_residence",
    "address_line_1": "13 Kiln Close",
    "town": "Dunmere",
    "postcode": "QX6 2NZ",
    "easting": "391800",
    "northing": "327500",
    "basis": "any_other",
    "relevant_date": "2024-02-29",
    "last_notification_on": "2026-02-14",
    "last_effective_visit_on": "2026-10-24",
    "last_assessment_on": "2026-10-08",
    "status": "community",
    "warning_markers": "VI",
    "team": "North",
    "offender_manager": "NO0001",
}


def row(**cells: str) -> dict[str, str]:
    """A good row but for the cells named."""
    return dict.fromkeys(COLUMNS, "") | GOOD | cells


def extract(*rows: dict[str, str]) -> io.BytesIO:
    """An extract of these rows."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode())


def lines(*rows: str, newline: str = "\n", bom: bytes = b"") -> io.BytesIO:
    """An extract of these raw lines under the usual header."""
    return io.BytesIO(bom + newline.join([",".join(COLUMNS), *rows, ""]).encode())


def raw(**cells: str) -> str:
    """One good row as its line, written without any quoting."""
    return ",".join(row(**cells).values())


def outcomes(file: io.BytesIO) -> list[Row | Refusal]:
    return list(read(file, as_of=TODAY))


def reasons(read_rows: Iterable[Row | Refusal]) -> dict[str, str]:
    """Refused rows as a report names them."""
    return {r.key: r.reason.value for r in read_rows if isinstance(r, Refusal)}


def reason(**cells: str) -> str | None:
    """Why a good row with these cells is refused, or None."""
    return next(iter(reasons(outcomes(extract(row(**cells)))).values()), None)


def accepted(**cells: str) -> Row:
    """A good row with these cells, as read."""
    (outcome,) = outcomes(extract(row(**cells)))
    assert isinstance(outcome, Row), outcome
    return outcome
