"""What a spreadsheet would run, it shows."""

import csv
import io

import pytest

from api.spreadsheet import CHUNK, lines, safe


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",  # some programs trim first
        "＝1",  # full-width, read as = by some
        '=HYPERLINK("http://example.invalid","x")',
        "=cmd|' /C calc'!A0",
    ],
)
def test_a_formula_becomes_text(text: str) -> None:
    [row] = csv.reader(io.StringIO(b"".join(lines([text], [])).decode(), newline=""))
    assert row == [f"'{text}"]


@pytest.mark.parametrize(("value", "text"), [(-3, "-3"), (None, ""), ("O'Neill", "O'Neill")])
def test_other_cells_stay_as_they_are(value: object, text: str) -> None:
    assert safe(value) == text


def test_every_row_comes_out_in_few_chunks() -> None:
    rows = [(number, f"a,{number}\nb") for number in range(CHUNK * 2 + 1)]
    chunks = list(lines(["number", "text"], rows))
    read = list(csv.reader(io.StringIO(b"".join(chunks).decode(), newline="")))
    assert len(chunks) == 4
    assert read == [["number", "text"], *([str(number), text] for number, text in rows)]
