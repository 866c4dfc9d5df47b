"""Each refusal names the column that has the fault, and never what stands in it."""

import datetime as dt

import pytest

from tests.workflows.imports.extracts import extract, row
from workflows.imports.reading import read
from workflows.imports.refusals import Refusal

AS_OF = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("stated", "reason", "column"),
    [
        ({"surname": ""}, "missing_required", "surname"),
        ({"order_kind": "shpo"}, "missing_required", "order_made_on"),
        ({"order_made_on": "2024-01-02"}, "missing_required", "order_kind"),
        ({"relevant_date": "soon"}, "invalid_date", "relevant_date"),
        ({"last_notification_on": "2026-11-24"}, "date_in_future", "last_notification_on"),
        ({"management_level": "extreme"}, "unknown_code", "management_level"),
        ({"warning_markers": "vi;zz"}, "unknown_code", "warning_markers"),
        ({"town": "x" * 300}, "unknown_code", "town"),
        ({"easting": "400000", "northing": ""}, "unknown_code", "northing"),
        (
            {"order_kind": "shpo", "order_made_on": "2024-01-02", "order_ends_on": "2024-01-01"},
            "dates_out_of_order",
            "order_ends_on",
        ),
        ({"postcode": "nowhere"}, "invalid_postcode", "postcode"),
    ],
)
def test_a_refusal_names_its_column(stated, reason, column):
    [found] = read(extract(row(**stated)), as_of=AS_OF)
    assert isinstance(found, Refusal)
    assert (found.reason, found.column) == (reason, column)


def test_a_repeated_reference_is_at_fault_itself():
    _, again = read(extract(row(), row()), as_of=AS_OF)
    assert (again.reason, again.column) == ("duplicate_reference", "source_ref")
