"""The columns of an extract, in the order in which it is written, and what each may hold."""

import re
import unicodedata
from datetime import date

COLUMNS = (
    "source_ref",
    "visor_ref",
    "pnc_id",
    "forename",
    "surname",
    "aliases",
    "date_of_birth",
    "sex",
    "ethnicity_self_defined",
    "ethnicity_officer_defined",
    "management_level",
    "management_mode",
    "mappa_category",
    "mappa_level",
    "address_kind",
    "address_line_1",
    "town",
    "postcode",
    "easting",
    "northing",
    "basis",
    "relevant_date",
    "released_on",
    "last_notification_on",
    "last_effective_visit_on",
    "last_assessment_on",
    "status",
    "status_since",
    "order_kind",
    "order_made_on",
    "order_ends_on",
    "warning_markers",
    "team",
    "offender_manager",
)
REQUIRED = ("source_ref", "surname", "date_of_birth", "basis", "relevant_date")
#: Dates that have happened: none may lie in the future.
PAST_DATES = (
    "date_of_birth",
    "relevant_date",
    "released_on",
    "last_notification_on",
    "last_effective_visit_on",
    "last_assessment_on",
    "status_since",
    "order_made_on",
)
DATES = (*PAST_DATES, "order_ends_on")
#: What cannot have happened before the relevant date made the person registered.
AFTER_RELEVANT_DATE = ("last_notification_on", "last_effective_visit_on", "last_assessment_on")

#: Longest value of each free-text column, characters.
LONGEST = {
    "source_ref": 40,
    "visor_ref": 40,
    "pnc_id": 40,
    "forename": 100,
    "surname": 100,
    "address_line_1": 200,
    "town": 100,
    "team": 80,
    "offender_manager": 20,
}
LONGEST_ALIAS = 200
MOST_ALIASES = 50
#: Extent of the OS National Grid, metres.
GRID = {"easting": 700_000, "northing": 1_300_000}
#: A year outside these is a slip of the keyboard, and date arithmetic must not overflow.
YEARS = range(1900, 2200)

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_BRITISH = re.compile(r"([0-9]{2})/([0-9]{2})/([0-9]{4})")
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
_GRID_NUMBER = re.compile(r"[0-9]{1,7}")


def plain(cell: str) -> str:
    """Return the cell as stored: composed (NFC), without the characters nobody sees.

    Outer spaces go and inner runs become one. Control, zero-width and direction characters are
    dropped, since a person must not be hidden from a search by a letter that does not show.
    Letters, accents and apostrophes stay.
    """
    if not cell:
        return cell
    if not cell.isascii() or not cell.isprintable():
        seen = (c for c in cell if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf"))
        cell = unicodedata.normalize("NFC", "".join(seen))
    return " ".join(cell.split())


def day(text: str) -> date | None:
    """Read `YYYY-MM-DD` or `DD/MM/YYYY`; None where it is neither, or there is no such day."""
    if iso := _ISO.fullmatch(text):
        year, month, number = map(int, iso.groups())
    elif british := _BRITISH.fullmatch(text):
        number, month, year = map(int, british.groups())
    else:
        return None
    if year not in YEARS:
        return None
    try:
        return date(year, month, number)
    except ValueError:
        return None


def postcode(text: str) -> str | None:
    """Read a postcode in any case and spacing as `QX6 2NZ`; None where it has not that shape."""
    packed = text.replace(" ", "").upper()
    return f"{packed[:-3]} {packed[-3:]}" if _POSTCODE.fullmatch(packed) else None


def grid_number(column: str, text: str) -> int | None:
    """Read an easting or northing, whole metres; None where it is off the National Grid."""
    metres = int(text) if _GRID_NUMBER.fullmatch(text) else -1
    return metres if 0 <= metres <= GRID[column] else None


def listed(text: str) -> tuple[str, ...]:
    """Split a cell at its semicolons, each part once, in the order given."""
    return tuple(dict.fromkeys(part for item in text.split(";") if (part := item.strip())))
