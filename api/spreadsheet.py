"""CSV that a spreadsheet shows and does not run."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

#: A cell that begins with one of these is a formula, or hides one (OWASP, CSV injection).
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
#: Rows sent at a time.
CHUNK = 500


def lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """`header` and `rows` as UTF-8 CSV, every cell quoted, in chunks of some hundred rows."""
    remaining = iter(rows)
    yield _written([header])
    while chunk := list(islice(remaining, CHUNK)):
        yield _written(chunk)


def safe(value: object) -> str:
    """`value` as the text of a cell; a leading apostrophe keeps a spreadsheet from running it."""
    if value is None:
        return ""
    text = str(value)
    runs = isinstance(value, str) and text.lstrip(" ").startswith(FORMULAS)
    return f"'{text}" if runs else text


def _written(rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode()
