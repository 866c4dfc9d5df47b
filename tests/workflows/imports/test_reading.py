import csv
import io
import tracemalloc
from itertools import islice

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.workflows.imports.extracts import (
    GOOD,
    TODAY,
    extract,
    lines,
    outcomes,
    raw,
    reasons,
    row,
)
from workflows.imports.columns import COLUMNS
from workflows.imports.reading import LONGEST_LINE, read
from workflows.imports.refusals import Reason, Refusal, UnreadableFile
from workflows.imports.row import Row

HEADER = ",".join(COLUMNS)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_either_line_end_with_or_without_a_bom(newline, bom):
    (read_row,) = outcomes(lines(raw(), newline=newline, bom=bom))

    assert (read_row.source_ref, read_row.offender_manager) == ("R1", "NO0001")


def test_the_last_line_may_lack_its_line_end():
    file = io.BytesIO(lines(raw()).getvalue().rstrip())

    assert [read_row.line for read_row in outcomes(file)] == [2]


def test_a_row_is_named_by_the_line_it_begins_on():
    read_rows = outcomes(
        extract(
            row(address_line_1="Flat 2\n13 Kiln Close"),
            row(source_ref="R2", address_line_1="1\r\n2\r\n3"),
            row(source_ref="R2"),
        )
    )

    assert [read_row.line for read_row in read_rows] == [2, 4, 7]
    assert read_rows[0].address_line_1 == "Flat 2 13 Kiln Close"
    assert reasons(read_rows) == {"line:7": "duplicate_reference"}


def test_lines_without_values_are_skipped_and_counted():
    read_rows = outcomes(lines("", raw(), "   ", raw(source_ref="R2")))

    assert [read_row.line for read_row in read_rows] == [3, 5]


def test_a_quoted_value_may_have_spaces_around_it():
    (read_row,) = outcomes(lines(raw(address_line_1=' "13, Kiln Close" ')))

    assert read_row.address_line_1 == "13, Kiln Close"


def test_columns_may_come_in_any_order_and_case_and_optional_ones_may_be_absent():
    file = io.BytesIO(
        b"SURNAME, source_ref,basis,Relevant_Date,date_of_birth,,\n"
        b"Holt,R1,caution,2026-01-05,1970-05-01,,\n"
    )

    (read_row,) = outcomes(file)

    assert (read_row.surname, read_row.management_level) == ("Holt", "not_assessed")
    assert (read_row.status, read_row.management_mode) == ("community", "active")
    assert read_row.mappa_level is None


def test_cells_left_off_at_the_end_are_empty():
    (read_row,) = outcomes(lines(raw().removesuffix(",North,NO0001")))

    assert (read_row.team, read_row.offender_manager) == ("", "")


def test_a_comma_too_many_refuses_the_row_and_trailing_commas_do_not():
    read_rows = outcomes(lines(raw() + ",,", raw(source_ref="R2") + ",surplus"))

    assert reasons(read_rows) == {"R2": "unknown_code"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (b"\n  \n", "empty_file"),
        (HEADER.replace(",surname", "").encode(), "missing_column"),
        (f"{HEADER},shoe_size\n".encode(), "unknown_column"),
        (f"{HEADER},surname\n".encode(), "repeated_column"),
        (raw().encode(), "unknown_column"),
        (HEADER.encode("utf-16"), "not_utf8"),
        (lines(raw()).getvalue() + "Zielińska".encode("cp1250"), "not_utf8"),
        (lines(raw(forename="Al\0ed")).getvalue(), "nul_character"),
        (lines("x" * (LONGEST_LINE + 1)).getvalue(), "line_too_long"),
        (lines(raw(town='"Dunmere')).getvalue(), "unclosed_quote"),
        (lines(raw(town='"Dunmere'), raw(town='x"')).getvalue(), "unclosed_quote"),
        (lines(raw(town='"Dunmere'), raw(team='x"')).getvalue(), "unclosed_quote"),
        (lines(raw(town='"Dunmere'), raw(forename='x"')).getvalue(), "unclosed_quote"),
        (lines(raw(town='"'), *["x" * 60_000] * 3).getvalue(), "unclosed_quote"),
        (lines(raw(town='"'), *['","'] * 1000).getvalue(), "unclosed_quote"),
    ],
)
def test_a_file_that_is_no_extract_says_why(content, code):
    with pytest.raises(UnreadableFile) as refused:
        outcomes(io.BytesIO(content))

    assert refused.value.code == code


def test_why_a_file_is_unreadable_repeats_nothing_from_it():
    for content in (raw(), f"{HEADER}\n{raw()}\n".replace("Marlkeld", "Marlkeld\udcff")):
        with pytest.raises(UnreadableFile) as refused:
            outcomes(io.BytesIO(content.encode(errors="surrogateescape")))

        assert "Marlkeld" not in refused.value.message
        assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_the_rows_before_an_unreadable_line_are_read():
    rows = read(io.BytesIO(lines(raw()).getvalue() + b"\xff"), as_of=TODAY)

    assert next(rows).source_ref == "R1"
    with pytest.raises(UnreadableFile, match="Line 3"):
        next(rows)


def test_memory_does_not_grow_with_the_file():
    """A file a hundred times as long: only the references seen are kept."""

    class Endless:
        """Rows of 400 bytes, made as they are asked for."""

        def __init__(self) -> None:
            self.number = 0

        def readline(self, limit: int) -> bytes:
            self.number += 1
            line = HEADER if self.number == 1 else raw(source_ref=str(self.number))
            return f"{line}\n".encode()

    def peak(rows: int) -> int:
        tracemalloc.start()
        for _ in islice(read(Endless(), as_of=TODAY), rows):
            pass
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    assert peak(3_000) - peak(30) < 3_000 * 200


CELL = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", '"', "31/02/1971", "2026-11-24", "R1", "conditional_discharge", "9" * 5000, "²", "①"]
    ),
)


@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), CELL, max_size=4), max_size=4))
@example([{"easting": "²", "northing": "1"}])
@example([{"mappa_level": "²"}])
def test_any_cells_are_accepted_or_refused_and_every_row_is_answered(changes):
    file = extract(*(row(**cells) for cells in changes))
    try:
        read_rows = outcomes(file)
    except UnreadableFile:
        return
    assert len(read_rows) == len(changes)
    keys = [r.key for r in read_rows if isinstance(r, Refusal)]
    accepted = [r.source_ref for r in read_rows if isinstance(r, Row)]
    assert len({*keys, *accepted}) == len(changes)


@given(st.binary(max_size=400), st.booleans())
@example(b'"', True)
@example(b"\r\r,\r", True)
@example(b"\xef\xbb\xbf\xef\xbb\xbf", False)
def test_any_bytes_are_read_or_called_unreadable(content, has_header):
    file = io.BytesIO((HEADER.encode() + b"\n" if has_header else b"") + content)
    try:
        read_rows = outcomes(file)
    except UnreadableFile:
        return
    assert all(isinstance(r, Row) or r.reason in Reason for r in read_rows)


NAMES = st.text(st.characters(categories=["Lu", "Ll", "Mn"]), min_size=1, max_size=50)


@given(st.fixed_dictionaries({"forename": NAMES, "town": NAMES}))
def test_reading_what_was_read_changes_nothing(cells):
    (once,) = outcomes(extract(row(**cells)))
    (twice,) = outcomes(extract(row(forename=once.forename, town=once.town)))

    assert once == twice


def test_the_builders_make_a_row_that_is_accepted():
    text = io.StringIO(extract(row()).getvalue().decode())

    assert next(csv.DictReader(text))["surname"] == GOOD["surname"]
    assert isinstance(outcomes(extract(row()))[0], Row)
