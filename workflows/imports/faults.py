"""In which column the fault of a refused row is. Names columns alone, never a value."""

from collections.abc import Callable, Iterator

from workflows.imports import columns
from workflows.imports.codes import CODES, MARKER_CODES
from workflows.imports.refusals import Reason
from workflows.imports.row import CONDITIONAL_DISCHARGE, Statement


def column_of(statement: Statement, reason: Reason) -> str:
    """The first column with that fault, in the order of the file; "" where it is in none alone,
    such as a row with more cells than the header."""
    return next(FAULTY[reason](statement), "")


def _missing(statement: Statement) -> Iterator[str]:
    values = statement.values
    yield from (column for column in columns.REQUIRED if not values[column])
    if values["basis"].lower() == CONDITIONAL_DISCHARGE:
        yield "basis"
    yield from (column for column in ("order_kind", "order_made_on") if not values[column])


def _no_date(statement: Statement) -> Iterator[str]:
    stated = ((column, statement.values[column]) for column in columns.DATES)
    yield from (column for column, text in stated if text and columns.day(text) is None)


def _in_future(statement: Statement) -> Iterator[str]:
    dates = statement.dates or {}
    past = (column for column in columns.PAST_DATES if column in dates)
    yield from (column for column in past if dates[column] > statement.as_of)


def _not_known(statement: Statement) -> Iterator[str]:
    values = statement.values
    yield from (column for column, known in CODES.items() if values[column].lower() not in known)
    markers = columns.listed(values["warning_markers"].lower())
    if any(code not in MARKER_CODES for code in markers):
        yield "warning_markers"
    yield from (column for column, most in columns.LONGEST.items() if len(values[column]) > most)
    aliases = columns.listed(values["aliases"])
    too_long = any(len(alias) > columns.LONGEST_ALIAS for alias in aliases)
    if len(aliases) > columns.MOST_ALIASES or too_long:
        yield "aliases"
    if any(values[column] for column in columns.GRID):
        stated = ((column, values[column]) for column in columns.GRID)
        yield from (column for column, text in stated if columns.grid_number(column, text) is None)


def _too_early(statement: Statement) -> Iterator[str]:
    dates = statement.dates or {}
    stated = (column for column in columns.AFTER_RELEVANT_DATE if column in dates)
    yield from (column for column in stated if dates[column] < dates["relevant_date"])
    made, ends = dates.get("order_made_on"), dates.get("order_ends_on")
    if made is not None and ends is not None and ends < made:
        yield "order_ends_on"


#: By reason: the columns that have the fault.
FAULTY: dict[Reason, Callable[[Statement], Iterator[str]]] = {
    Reason.MISSING_REQUIRED: _missing,
    Reason.DUPLICATE_REFERENCE: lambda statement: iter(("source_ref",)),
    Reason.INVALID_DATE: _no_date,
    Reason.DATE_IN_FUTURE: _in_future,
    Reason.UNKNOWN_CODE: _not_known,
    Reason.DATES_OUT_OF_ORDER: _too_early,
    Reason.INVALID_POSTCODE: lambda statement: iter(("postcode",)),
}
