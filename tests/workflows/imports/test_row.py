from dataclasses import asdict
from datetime import date

import pytest

from tests.workflows.imports.extracts import (
    accepted,
    extract,
    outcomes,
    reason,
    reasons,
    row,
)
from workflows.imports.refusals import Reason

#: Each fault with a reason of its own, in the order of the checks.
FAULTS = {
    "missing_required": {"surname": " "},
    "duplicate_reference": {"source_ref": "R0"},
    "invalid_date": {"released_on": "31/02/2025"},
    "date_in_future": {"last_assessment_on": "2026-11-24"},
    "unknown_code": {"management_level": "severe"},
    "dates_out_of_order": {"last_effective_visit_on": "2024-02-28"},
    "invalid_postcode": {"postcode": "NOT A CODE"},
}


def test_the_order_of_the_checks_is_the_order_of_the_reasons():
    assert list(FAULTS) == [reason.value for reason in Reason]


@pytest.mark.parametrize("first", FAULTS)
def test_a_row_with_several_faults_gets_the_first(first):
    cells: dict[str, str] = {}
    for fault in reversed(FAULTS):
        cells |= FAULTS[fault]
        if fault == first:
            break

    read_rows = outcomes(extract(row(source_ref="R0"), row(**cells)))

    assert list(reasons(read_rows).values()) == [first]


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"source_ref": ""}, "missing_required"),
        ({"date_of_birth": ""}, "missing_required"),
        ({"basis": ""}, "missing_required"),
        ({"relevant_date": "\u200b"}, "missing_required"),
        ({"basis": "Conditional_Discharge"}, "missing_required"),
        ({"order_kind": "shpo"}, "missing_required"),
        ({"order_made_on": "2024-02-29"}, "missing_required"),
        ({"forename": "", "team": "", "postcode": "", "last_notification_on": ""}, None),
        ({"date_of_birth": "1970-5-1"}, "invalid_date"),
        ({"date_of_birth": "05-01-1970"}, "invalid_date"),
        ({"date_of_birth": "1970-05-01T00:00"}, "invalid_date"),
        ({"date_of_birth": "٢٠٠٠-٠١-٠١"}, "invalid_date"),
        ({"date_of_birth": "0070-05-01"}, "invalid_date"),
        ({"relevant_date": "29/02/2023"}, "invalid_date"),
        (
            {"order_kind": "shpo", "order_made_on": "2024-02-29", "order_ends_on": "never"},
            "invalid_date",
        ),
        ({"last_notification_on": "2026-11-23"}, None),
        ({"status": "custody", "status_since": "2026-11-24"}, "date_in_future"),
        ({"date_of_birth": "24/11/2026"}, "date_in_future"),
        (
            {"order_kind": "shpo", "order_made_on": "2024-02-29", "order_ends_on": "2034-02-28"},
            None,
        ),
        ({"basis": "fine"}, "unknown_code"),
        ({"ethnicity_self_defined": "W4"}, "unknown_code"),
        ({"ethnicity_officer_defined": "7"}, "unknown_code"),
        ({"mappa_category": "5"}, "unknown_code"),
        ({"mappa_level": "0"}, "unknown_code"),
        ({"warning_markers": "VI;ZZ"}, "unknown_code"),
        ({"order_kind": "asbo", "order_made_on": "2024-02-29"}, "unknown_code"),
        ({"easting": "391800.5"}, "unknown_code"),
        ({"easting": "700001"}, "unknown_code"),
        ({"easting": "00391800"}, "unknown_code"),
        ({"northing": "-1"}, "unknown_code"),
        ({"northing": ""}, "unknown_code"),
        ({"easting": "", "northing": ""}, None),
        ({"surname": "x" * 101}, "unknown_code"),
        ({"aliases": ";".join(f"Name {n}" for n in range(51))}, "unknown_code"),
        ({"last_notification_on": "2024-02-28"}, "dates_out_of_order"),
        ({"last_assessment_on": "28/02/2024"}, "dates_out_of_order"),
        ({"last_effective_visit_on": "2024-02-29"}, None),
        (
            {"order_kind": "shpo", "order_made_on": "2024-02-29", "order_ends_on": "2024-02-28"},
            "dates_out_of_order",
        ),
        ({"postcode": "QX6"}, "invalid_postcode"),
        ({"postcode": "QX6 2N"}, "invalid_postcode"),
        ({"postcode": "6QX 2NZ"}, "invalid_postcode"),
    ],
)
def test_what_is_refused_and_why(cells, why):
    assert reason(**cells) == why


def test_the_first_row_of_a_reference_stands_and_later_ones_go_by_their_line():
    read_rows = outcomes(
        extract(row(surname="Holt"), row(surname="Skelby"), row(surname=""), row(source_ref="r1"))
    )

    assert reasons(read_rows) == {"line:3": "duplicate_reference", "line:4": "missing_required"}
    assert [read_rows[0].surname, read_rows[3].source_ref] == ["Holt", "r1"]


def test_a_reference_is_never_both_refused_and_accepted():
    read_rows = outcomes(extract(row(postcode="no"), row()))

    assert reasons(read_rows) == {"R1": "invalid_postcode", "line:3": "duplicate_reference"}


def test_a_row_without_a_usable_reference_goes_by_its_line():
    read_rows = outcomes(extract(row(source_ref=""), row(source_ref="R" * 41)))

    assert reasons(read_rows) == {"line:2": "missing_required", "line:3": "unknown_code"}


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("management_level", "VERY_HIGH", "very_high"),
        ("management_level", "", "not_assessed"),
        ("status", " Custody ", "custody"),
        ("basis", "CAUTION", "caution"),
        ("ethnicity_self_defined", "m9", "M9"),
        ("ethnicity_officer_defined", "IC3", "3"),
        ("sex", "m", "M"),
        ("warning_markers", "vi; mn;VI;", ("VI", "MN")),
        ("mappa_level", "2", 2),
        ("easting", "0400935", 400935),
        ("postcode", "qx62nz", "QX6 2NZ"),
        ("postcode", "QX16  2 nz", "QX16 2NZ"),
        ("relevant_date", "05/04/2024", date(2024, 4, 5)),
        ("relevant_date", "2024-02-29", date(2024, 2, 29)),
        ("surname", "  de   Souza ", "de Souza"),
        ("surname", "O’Neill", "O’Neill"),
        ("surname", "D'Arcy", "D'Arcy"),
        ("surname", "Zielin\u0301ska", "Zielińska"),
        ("surname", "Ho\u200blt\u202e", "Holt"),
        ("surname", "St.\u00a0John", "St. John"),
        ("forename", "=1+1", "=1+1"),
        ("aliases", "Łukasz Holt; Joe ;; Joe", ("Łukasz Holt", "Joe")),
        ("status_since", "", None),
    ],
)
def test_values_are_stored_in_their_canonical_form(column, cell, value):
    assert asdict(accepted(**{column: cell}))[column] == value


def test_a_visit_inside_custody_is_history():
    kept = accepted(status="custody", status_since="2026-01-01")

    assert kept.last_effective_visit_on == date(2026, 10, 24)
