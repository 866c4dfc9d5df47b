"""The form by which a dip sample is drawn."""

from workflows.steps.fields import LineField, PublicIdField, StrictSerializer, WholeNumberField

#: The largest sample drawn at once: each person of it is locked, and is work for one checker.
MOST_DRAWN = 50


class DrawSample(StrictSerializer):
    """Of whom a sample is drawn, how large, and who checks it."""

    team = PublicIdField(label="Team", error_messages={"required": "Choose the team"})
    size = WholeNumberField(
        label="How many people",
        min_value=1,
        max_value=MOST_DRAWN,
        error_messages={"required": "Say how many people"},
    )
    officer = LineField(
        label="Of one officer's people only",
        help_text="Staff number. Leave empty for the whole team",
        max_length=20,
        required=False,
        allow_blank=True,
        default="",
    )
    checker = LineField(
        label="Who checks them",
        help_text="Staff number. Leave empty to check them yourself. Never people they manage",
        max_length=20,
        required=False,
        allow_blank=True,
        default="",
    )
