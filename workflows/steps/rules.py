"""Proposing and deciding on rules, as a page takes it. Shape only."""

from workflows.steps.fields import BoundedDateField, LineField, StrictSerializer, TextField


class ProposeChange(StrictSerializer):
    """Another period or figure from a day on, with a case worked by hand where it gives days.

    One at a time; the API takes many at once.
    """

    id = LineField(
        max_length=60,
        label="Rule or figure",
        help_text="As the list names it",
        error_messages={"required": "Name the rule or figure"},
    )
    to = LineField(
        max_length=12,
        label="New period or value",
        help_text="A number with d for days, w weeks, m months, y years or h hours: 4m is 4 "
        "months, 10d is 10 days. Of a figure the number alone: 2.5",
        error_messages={"required": "Enter the new period or value"},
    )
    # Asked for by the rules where the examples that stand no longer come out right.
    trigger = BoundedDateField(
        required=False,
        label="Example: counted from",
        help_text="Needed where the examples of the rule no longer come out right",
        style={"asked": True},
    )
    due = BoundedDateField(
        required=False,
        label="Example: then due on",
        help_text="Worked from a calendar, with the new period",
        style={"asked": True},
    )
    why = LineField(
        max_length=200,
        required=False,
        label="Example: why",
        help_text="Such as: the same day of the month",
        style={"asked": True},
    )

    effective_from = BoundedDateField(
        label="From which day",
        help_text="Today or later",
        error_messages={"required": "Enter the day"},
    )
    title = LineField(max_length=120, label="Title", error_messages={"required": "Give it a title"})
    source = TextField(  # type: ignore[assignment]
        max_length=2000,
        label="Where it comes from",
        help_text="Such as the number of a force order",
        error_messages={"required": "Say where it comes from"},
    )
    evidence = TextField(
        max_length=2000,
        label="What it rests on",
        error_messages={"required": "Say what it rests on"},
    )
    reason = TextField(
        max_length=2000, label="Reason", error_messages={"required": "Give the reason"}
    )


class DecideOnRules(StrictSerializer):
    """Why a proposal is approved or withdrawn."""

    reason = TextField(
        max_length=2000, label="Reason", error_messages={"required": "Give the reason"}
    )
