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


class ScoreReason(StrEnum):
    """Why a row of a file of scores is refused, after the faults that it has as a row."""

    UNKNOWN_PERSON = "unknown_person"
    BEFORE_BIRTH = "before_birth"
    NOT_OF_THIS_TOOL = "not_of_this_tool"
    REFERENCE_NEEDED = "reference_needed"
    BAND_CONTRADICTS_FIGURE = "band_contradicts_figure"
    NOT_FOR_THIS_PERSON = "not_for_this_person"


#: Every reason, in the order in which reports have them.
REASONS: tuple[Reason | ScoreReason, ...] = (*Reason, *ScoreReason)
#: By its code, as it is kept.
REASON_OF: dict[str, Reason | ScoreReason] = {reason.value: reason for reason in REASONS}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One row that is not taken, and why. The header is line 1.

    `source_ref` is empty where the row does not own a reference: it states none, or an earlier
    row already stated the same one.
    """

    line: int
    source_ref: str
    reason: Reason | ScoreReason
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
