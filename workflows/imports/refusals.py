"""Why a row, or a whole file, is not taken."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a row is refused. A row with several faults gets the first, in this order."""

    MISSING_REQUIRED = "missing_required"
    DUPLICATE_REFERENCE = "duplicate_reference"
    INVALID_DATE = "invalid_date"
    DATE_IN_FUTURE = "date_in_future"
    UNKNOWN_CODE = "unknown_code"
    DATES_OUT_OF_ORDER = "dates_out_of_order"
    INVALID_POSTCODE = "invalid_postcode"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row that is not taken, and why. The header is line 1.

    `source_ref` is empty where the row does not own a reference: it states none, or an earlier
    row already stated the same one.
    """

    line: int
    source_ref: str
    reason: Reason
    #: The first column that has the fault; empty where none has it alone.
    column: str = ""

    @property
    def key(self) -> str:
        """What names the row in a report: its own reference, else `line:N`."""
        return self.source_ref or f"line:{self.line}"


class UnreadableFile(Exception):
    """The file as a whole is not an extract. The message quotes nothing from the file."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
