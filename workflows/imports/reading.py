"""Reads an extract from a file, a row at a time, holding one record and the references seen."""

import csv
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from datetime import date
from typing import BinaryIO

from workflows.imports.columns import COLUMNS, LONGEST, REQUIRED, plain
from workflows.imports.faults import column_of
from workflows.imports.refusals import Refusal, UnreadableFile
from workflows.imports.row import Row, Statement, accepted, first_fault, stated_dates

#: Longest line read, bytes; a row of the longest values is a tenth of it.
LONGEST_LINE = 65_536
#: Most lines of one record: more is a quote that was never closed.
MOST_LINES = 50


def read(file: BinaryIO, *, as_of: date) -> Iterator[Row | Refusal]:
    """Yield every row of an extract, accepted or refused, in the order of the file.

    `as_of` is today in London. A row is named by the line it begins on, the header being line 1:
    a line break inside a quoted value counts as a line. Lines without any value are skipped.

    The first row that states a reference stands for it, even where that row is itself refused:
    otherwise one reference could be both refused and accepted in the same report.

    Raises UnreadableFile, at the line where the file proves not to be an extract.
    """
    seen: set[str] = set()
    for line, values, has_surplus in laid_out(file, columns=COLUMNS, required=REQUIRED):
        statement = Statement(
            line=line,
            values=values,
            dates=stated_dates(values),
            has_surplus=has_surplus,
            is_first=values["source_ref"] not in seen,
            as_of=as_of,
        )
        reference = statement.values["source_ref"]
        # A reference too long to be one names nobody; its row goes by its line.
        owns_reference = statement.is_first and len(reference) <= LONGEST["source_ref"]
        if owns_reference and reference:
            seen.add(reference)
        reason = first_fault(statement)
        if reason is None:
            yield accepted(statement)
        else:
            named = reference if owns_reference else ""
            yield Refusal(line, named, reason, column_of(statement, reason))


def laid_out(
    file: BinaryIO, *, columns: Sequence[str], required: Sequence[str]
) -> Iterator[tuple[int, dict[str, str], bool]]:
    """Each row of a file of those columns: its line, its cells by column, and whether it has more.

    Cells left off at the end, and absent columns, are empty. Raises UnreadableFile.
    """
    records = _records(_Lines(file))
    header = next(records, None)
    if header is None:
        raise UnreadableFile("empty_file", "The file is empty.")
    names = _header(header[1], columns, required)
    for line, cells in records:
        values = dict.fromkeys(columns, "")
        values.update(zip(names, map(plain, cells), strict=False))
        yield line, values, any(map(plain, cells[len(names) :]))


def _header(cells: Sequence[str], columns: Sequence[str], required: Sequence[str]) -> list[str]:
    """Return the column names, or raise UnreadableFile naming columns by their position.

    A file without a header has a person's details there, which no message may repeat.
    """
    names = [plain(cell).lower() for cell in cells]
    while names and not names[-1]:
        names.pop()
    for position, name in enumerate(names, start=1):
        if name not in columns:
            raise UnreadableFile(
                "unknown_column", f"Column {position} of the header is not one of an extract."
            )
        if name in names[: position - 1]:
            raise UnreadableFile("repeated_column", f"The column {name} is there twice.")
    missing = [name for name in required if name not in names]
    if missing:
        raise UnreadableFile("missing_column", f"The file has no column {', '.join(missing)}.")
    return names


class _Lines:
    """The lines of a file as text, counted, none of them longer than the limit."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        #: Line handed out last.
        self.number = 0
        #: Line on which the record being read begins.
        self.record_begins = 1
        #: True once a line was asked for that is not there.
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._file.readline(LONGEST_LINE + 1)
        if not line:
            self.ended = True
            raise StopIteration
        self.number += 1
        if len(line) > LONGEST_LINE:
            raise UnreadableFile(
                "line_too_long", f"Line {self.number} is longer than {LONGEST_LINE} bytes."
            )
        if self.number - self.record_begins >= MOST_LINES:
            raise _unclosed_quote(self.record_begins)
        return self._text(line)

    def _text(self, line: bytes) -> str:
        if self.number == 1:
            line = line.removeprefix(BOM_UTF8)
        try:
            text = line.decode()
        except UnicodeDecodeError:
            # Without its cause, which quotes the line.
            raise UnreadableFile("not_utf8", f"Line {self.number} is not UTF-8.") from None
        if "\0" in text:
            raise UnreadableFile("nul_character", f"Line {self.number} has a NUL character.")
        # A stray carriage return is a space: the csv module would take it for a line break.
        return text.removesuffix("\n").removesuffix("\r").replace("\r", " ") + "\n"


def _unclosed_quote(line: int) -> UnreadableFile:
    """Name the line from which a quote swallows the rows that follow."""
    return UnreadableFile("unclosed_quote", f"A quote that opens on line {line} is not closed.")


def _records(lines: _Lines) -> Iterator[tuple[int, list[str]]]:
    """Yield each record's cells with the line it begins on, skipping lines without any value.

    A stray quote must not swallow the people on the following lines unnoticed: a record over
    several lines has exactly the cells of the header, and no cell of it has room for a row.
    """
    reader = csv.reader(lines, skipinitialspace=True)
    width = 0
    try:
        for cells in reader:
            begins, lines.record_begins = lines.record_begins, lines.number + 1
            is_cut = lines.ended
            spans_lines = lines.number > begins
            width = width or len(cells)
            if is_cut or (spans_lines and _swallows_rows(cells, width)):
                raise _unclosed_quote(begins)
            if len(cells) > 1 or any(map(plain, cells)):
                yield begins, cells
    except csv.Error:
        raise _unclosed_quote(lines.record_begins) from None


def _swallows_rows(cells: Sequence[str], width: int) -> bool:
    return len(cells) != width or any(cell.count(",") >= width - 1 for cell in cells)
