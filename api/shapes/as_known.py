"""Two times of every list: the day it is about, and the instant whose record counts."""

from typing import Any

from workflows.steps.fields import AwareDateTimeField, BoundedDateField, StrictSerializer

AS_OF = "The day it is about, from which overdue counts; else that of `known_at`, else today"
KNOWN_AT = (
    "By what was on record at that instant: without what was entered since, and with what was "
    "ended, voided or changed since. Now without it"
)


class AsOfField(BoundedDateField):
    """The London day that is asked for, not in the future."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, help_text=AS_OF, **kwargs)


class KnownAtField(AwareDateTimeField):
    """The instant whose record counts, not in the future."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, help_text=KNOWN_AT, **kwargs)


class AsKnownQuery(StrictSerializer):
    """As of which day, and as known when."""

    as_of = AsOfField()
    known_at = KnownAtField()
