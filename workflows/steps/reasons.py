"""Why somebody looks. No step of a flow: pages, the API's header and searches share it."""

from typing import Any

from workflows.steps.fields import LineField, StrictSerializer

#: Longest reason for a look, characters; shortest that says anything to who checks it. Our default.
MOST_REASON, LEAST_REASON = 500, 10


class ReasonField(LineField):
    """A reason that an auditor can read: long enough, and nothing in it that hides."""

    def __init__(self, **kwargs: Any) -> None:
        said = {"min_length": "Say a little more"} | kwargs.pop("error_messages", {})
        super().__init__(
            min_length=LEAST_REASON, max_length=MOST_REASON, error_messages=said, **kwargs
        )


class GiveReason(StrictSerializer):
    """Why someone looks at a person outside their own work."""

    reason = ReasonField(
        label="Why do you need to see this record?",
        help_text="Kept in the record, which is checked",
        error_messages={"required": "Say why you need to see this record"},
    )
