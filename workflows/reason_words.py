"""The reasons for a place in a list, worded once for pages, paper and other systems. Pure."""

from collections.abc import Iterable

from risk.differences import Difference
from risk.indicator_types import indicator_types
from risk.priority import INDICATOR, RESTRICTED

#: Risk levels from least to most; the position is the number of bars drawn.
LEVEL_WORDS = {"low": "Low", "medium": "Medium", "high": "High", "very_high": "Very high"}
#: A person without an assessment is never shown as low.
NOT_ASSESSED = "Not assessed"


def days(count: int) -> str:
    """A number of days in words."""
    return "1 day" if count == 1 else f"{count} days"


def reason_words(code: str, value: str) -> str:
    """One term of a task's score, by its code and value (`risk.priority`)."""
    match code:
        case "level" if value in LEVEL_WORDS:
            return f"{LEVEL_WORDS[value]} risk"
        case "level":
            return "Not assessed: counts as high"
        case "overdue":
            return f"{days(int(value))} overdue"
        case "due_soon":
            return "Due today" if value == "0" else f"Due in {days(int(value))}"
        case "order_expiry":
            return "An order ends today" if value == "0" else f"An order ends in {days(int(value))}"
    return REASONS.get(code, code.replace("_", " ").capitalize())


REASONS = {
    "statutory": "Statutory duty",
    "escalated": "Out of time",
    "failed_attempt": "The last attempt failed",
    "change": "A significant change, not assessed yet",
    RESTRICTED: "Restricted item",
    **{f"{INDICATOR}{code}": one.name for code, one in indicator_types().items()},
}

#: What became of a reason, after its words.
HOW = {
    "time": "by time alone",
    "new": "new",
    "ended": "ended",
    "more": "weighs more",
    "less": "weighs less",
}


def difference_words(one: Difference) -> str:
    """One reason that weighs otherwise than before: "Undeclared device found: new"."""
    value = one.after if one.after is not None else one.before
    return f"{reason_words(one.code, value or '')}: {HOW[one.how]}"


def sum_words(found: Iterable[Difference]) -> str:
    """What they make together, with its sign."""
    return f"{sum(one.points for one in found):+d}"
