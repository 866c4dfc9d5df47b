"""One accepted row of an extract, and the seven checks it passed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from workflows.imports import columns
from workflows.imports.codes import CODES, CONDITIONAL_DISCHARGE, MARKER_CODES
from workflows.imports.refusals import Reason


@dataclass(frozen=True, slots=True)
class Row:
    """One person as an extract states them, in canonical values. The header is line 1.

    `last_effective_visit_on` may lie inside a custody interval: it is kept as stated.
    """

    line: int
    source_ref: str
    visor_ref: str
    pnc_id: str
    forename: str
    surname: str
    aliases: tuple[str, ...]
    date_of_birth: date
    sex: str
    ethnicity_self_defined: str
    ethnicity_officer_defined: str
    management_level: str
    management_mode: str
    mappa_category: int | None
    mappa_level: int | None
    address_kind: str
    address_line_1: str
    town: str
    postcode: str
    easting: int | None
    northing: int | None
    basis: str
    relevant_date: date
    released_on: date | None
    last_notification_on: date | None
    last_effective_visit_on: date | None
    last_assessment_on: date | None
    status: str
    status_since: date | None
    order_kind: str
    order_made_on: date | None
    order_ends_on: date | None
    warning_markers: tuple[str, ...]
    team: str
    offender_manager: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One record as it arrived: every column, plain, with what the checks need beside it."""

    line: int
    values: Mapping[str, str]
    #: Dates that are stated; None where one of them is no date.
    dates: Mapping[str, date] | None
    #: True where the record has more filled cells than the header has columns.
    has_surplus: bool
    #: False where an earlier row stated the same reference.
    is_first: bool
    as_of: date


def stated_dates(values: Mapping[str, str]) -> dict[str, date] | None:
    """Read the dates that are stated; None where one of them is no date."""
    dates = {}
    for column in columns.DATES:
        if text := values[column]:
            day = columns.day(text)
            if day is None:
                return None
            dates[column] = day
    return dates


def first_fault(statement: Statement) -> Reason | None:
    """Return the reason to refuse, the first that applies in the order of `Reason`, or None."""
    return next((reason for reason, applies in CHECKS if applies(statement)), None)


def accepted(statement: Statement) -> Row:
    """Make the row of a statement without faults."""
    values, dates = statement.values, statement.dates or {}
    code = {column: known[values[column].lower()] for column, known in CODES.items()}
    return Row(
        line=statement.line,
        source_ref=values["source_ref"],
        visor_ref=values["visor_ref"],
        pnc_id=values["pnc_id"],
        forename=values["forename"],
        surname=values["surname"],
        aliases=columns.listed(values["aliases"]),
        date_of_birth=dates["date_of_birth"],
        sex=code["sex"],
        ethnicity_self_defined=code["ethnicity_self_defined"],
        ethnicity_officer_defined=code["ethnicity_officer_defined"],
        management_level=code["management_level"],
        management_mode=code["management_mode"],
        mappa_category=_number(code["mappa_category"]),
        mappa_level=_number(code["mappa_level"]),
        address_kind=code["address_kind"],
        address_line_1=values["address_line_1"],
        town=values["town"],
        postcode=columns.postcode(values["postcode"]) or "",
        easting=_number(values["easting"]),
        northing=_number(values["northing"]),
        basis=code["basis"],
        relevant_date=dates["relevant_date"],
        released_on=dates.get("released_on"),
        last_notification_on=dates.get("last_notification_on"),
        last_effective_visit_on=dates.get("last_effective_visit_on"),
        last_assessment_on=dates.get("last_assessment_on"),
        status=code["status"],
        status_since=dates.get("status_since"),
        order_kind=code["order_kind"],
        order_made_on=dates.get("order_made_on"),
        order_ends_on=dates.get("order_ends_on"),
        warning_markers=tuple(MARKER_CODES[marker] for marker in _markers(values)),
        team=values["team"],
        offender_manager=values["offender_manager"],
    )


def _number(text: str) -> int | None:
    return int(text) if text else None


def _markers(values: Mapping[str, str]) -> Sequence[str]:
    return columns.listed(values["warning_markers"].lower())


def _misses_required(statement: Statement) -> bool:
    """A conditional discharge misses its length; an order, its kind or the day it was made."""
    values = statement.values
    has_order = any(values[column] for column in ("order_kind", "order_made_on", "order_ends_on"))
    return (
        not all(values[column] for column in columns.REQUIRED)
        or values["basis"].lower() == CONDITIONAL_DISCHARGE
        or (has_order and not (values["order_kind"] and values["order_made_on"]))
    )


def _lies_in_future(statement: Statement) -> bool:
    dates = statement.dates or {}
    return any(dates[past] > statement.as_of for past in columns.PAST_DATES if past in dates)


def _says_what_nobody_knows(statement: Statement) -> bool:
    """A code outside its table, and any value its column cannot hold: too long, off the grid."""
    values = statement.values
    return (
        statement.has_surplus
        or any(values[column].lower() not in known for column, known in CODES.items())
        or any(code not in MARKER_CODES for code in _markers(values))
        or any(len(values[column]) > longest for column, longest in columns.LONGEST.items())
        or not _has_aliases_that_fit(values)
        or not _has_whole_position(values)
    )


def _has_aliases_that_fit(values: Mapping[str, str]) -> bool:
    aliases = columns.listed(values["aliases"])
    return len(aliases) <= columns.MOST_ALIASES and all(
        len(alias) <= columns.LONGEST_ALIAS for alias in aliases
    )


def _has_whole_position(values: Mapping[str, str]) -> bool:
    """Both grid numbers or neither: half a position is nowhere."""
    stated = {column: values[column] for column in columns.GRID if values[column]}
    return len(stated) in (0, len(columns.GRID)) and all(
        columns.grid_number(column, text) is not None for column, text in stated.items()
    )


def _is_out_of_order(statement: Statement) -> bool:
    """What is done with a person before they were registered; an order over before it was made."""
    dates = statement.dates or {}
    relevant, made = dates["relevant_date"], dates.get("order_made_on")
    return any(
        dates[column] < relevant for column in columns.AFTER_RELEVANT_DATE if column in dates
    ) or (made is not None and dates.get("order_ends_on", made) < made)


def _has_bad_postcode(statement: Statement) -> bool:
    text = statement.values["postcode"]
    return bool(text) and columns.postcode(text) is None


CHECKS: tuple[tuple[Reason, Callable[[Statement], bool]], ...] = (
    (Reason.MISSING_REQUIRED, _misses_required),
    (Reason.DUPLICATE_REFERENCE, lambda statement: not statement.is_first),
    (Reason.INVALID_DATE, lambda statement: statement.dates is None),
    (Reason.DATE_IN_FUTURE, _lies_in_future),
    (Reason.UNKNOWN_CODE, _says_what_nobody_knows),
    (Reason.DATES_OUT_OF_ORDER, _is_out_of_order),
    (Reason.INVALID_POSTCODE, _has_bad_postcode),
)
