"""Forms of who does a task, and when instead: pages and API share them."""

from workflows.steps.fields import BoundedDateField, LineField, StrictSerializer, TextField


class DeferTask(StrictSerializer):
    """When a task will be done instead. Its due date does not move."""

    until = BoundedDateField(label="Until which day?", error_messages={"required": "Enter the day"})
    reason = TextField(label="Why later?", max_length=2000, error_messages={"required": "Say why"})


class GiveTask(StrictSerializer):
    """To whom one task goes, as a page asks for them."""

    staff_number = LineField(
        label="Who does it instead?",
        help_text="Staff number",
        max_length=20,
        error_messages={"required": "Enter the staff number of who does it"},
    )
    reason = TextField(label="Why?", max_length=2000, error_messages={"required": "Say why"})


class DisagreeWithPriority(StrictSerializer):
    """That a task should stand elsewhere. It moves nothing: a supervisor reads it."""

    reason = TextField(
        label="Why does it stand in the wrong place?",
        max_length=2000,
        error_messages={"required": "Say why"},
    )
    would_do_first = LineField(
        label="What would you do first?",
        max_length=500,
        error_messages={"required": "Say what you would do first"},
    )
