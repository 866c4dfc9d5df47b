"""Forms of delegations. No step of a flow: pages and API share them."""

from workflows.steps.fields import AwareDateTimeField, LineField, StrictSerializer, TextField


class GrantDelegation(StrictSerializer):
    """Whose decisions go to whom, from when, until when, and why."""

    delegator = LineField(
        max_length=20,
        required=False,
        label="Staff number of whose decisions they are",
        help_text="Empty for your own; an inspector may give another officer's",
    )
    to = LineField(
        max_length=20,
        label="Staff number of who decides instead",
        error_messages={"required": "Enter the staff number of who decides instead"},
    )
    from_at = AwareDateTimeField(label="From", error_messages={"required": "Enter the beginning"})
    until_at = AwareDateTimeField(
        label="Until",
        help_text="Not longer than the rules allow; for longer, another is granted",
        error_messages={"required": "Enter the end"},
    )
    reason = TextField(
        max_length=2000, label="Reason", error_messages={"required": "Give the reason"}
    )
