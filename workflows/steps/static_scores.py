"""Forms of static scores: the facts of a calculation, an official value, and why one is void."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from risk.models import CALCULATED, ScoreBand, ScoreTool
from risk.official import MOST_POINTS, PERCENT
from risk.static_scores.inputs import MOST_SANCTIONS
from workflows.steps.fields import (
    BoundedDateField,
    LineField,
    SeveralField,
    StrictSerializer,
    WholeNumberField,
)


class PercentField(LineField):
    """Per cent from 0 to 100 with at most four decimals, as text: "1.54"."""

    default_error_messages = {"not_percent": "Enter per cent from 0 to 100, such as 1.54."}

    def to_internal_value(self, data: Any) -> Decimal:  # type: ignore[override]
        text = super().to_internal_value(data)
        if not PERCENT.fullmatch(text):
            self.fail("not_percent")
        return Decimal(text)

    def to_representation(self, value: Any) -> str:
        return str(value)


class _Sanctions(WholeNumberField):
    """A count that may not be known."""

    def __init__(self, **kwargs: Any) -> None:
        unknown = {"required": False, "allow_null": True, "default": None}
        super().__init__(**({"max_value": MOST_SANCTIONS} | unknown | kwargs))


class _Day(BoundedDateField):
    """A day that may not be known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"required": False, "allow_null": True, "default": None} | kwargs))


class CalculateScores(StrictSerializer):
    """The facts of a static score. What is left empty is not known: the score is provisional.

    Sanctions are convictions and cautions of a whole life. Sex, date of birth and whether the
    person is detained are read from their record.
    """

    tools = SeveralField(
        label="Which scores?",
        choices=[(tool.value, tool.label) for tool in CALCULATED],
        allow_empty=False,
        error_messages={
            "required": "Choose at least one score",
            "empty": "Choose at least one score",
        },
    )
    contact_adult = _Sanctions(label="Sanctions for contact sexual offences against adults")
    contact_child = _Sanctions(label="Sanctions for contact sexual offences against children")
    non_contact = _Sanctions(
        label="Sanctions for sexual offences without contact",
        help_text="Without those for images of children or indirect contact",
    )
    images = _Sanctions(
        label="Sanctions for indecent images of children, or indirect contact with them"
    )
    total_sanctions = _Sanctions(label="Sanctions for all offences together")
    stranger_victim = serializers.BooleanField(
        label="Was a victim of the current offence a stranger?",
        required=False,
        allow_null=True,
        default=None,
    )
    follow_up_on = _Day(
        label="When did they begin to live in the community?",
        help_text="Release from the last sentence; without one, the day of the conviction",
    )
    last_sexual_sanction_on = _Day(label="When was the last sanction for a sexual offence?")
    last_sexual_offence_on = _Day(label="When was the last sexual offence committed?")
    last_offence_on = _Day(label="When was the last offence of any kind committed?")


class RecordOfficialScore(StrictSerializer):
    """A value of whoever is answerable for it, as it was given."""

    tool = serializers.ChoiceField(
        label="Which tool?",
        choices=ScoreTool.choices,
        error_messages={"required": "Choose the tool"},
    )
    band = serializers.ChoiceField(
        label="Which band?",
        help_text="RM2000/s: I is low, II medium, III high, IV very high",
        choices=ScoreBand.choices,
        error_messages={"required": "Choose the band"},
    )
    scored_on = BoundedDateField(
        label="Of which day is it?", error_messages={"required": "Enter the day of the score"}
    )
    reference = LineField(
        label="Its reference",
        help_text="Such as the assessment's number in OASys. Needed for OSP",
        max_length=60,
        required=False,
        allow_blank=True,
        default="",
    )
    version = LineField(
        label="Version of the tool",
        max_length=20,
        required=False,
        allow_blank=True,
        default="",
    )
    points = WholeNumberField(
        label="Points",
        help_text="OSP/DC alone, 0 to 64",
        max_value=MOST_POINTS,
        required=False,
        allow_null=True,
        default=None,
    )
    percent = PercentField(
        label="Likelihood in per cent",
        help_text="OSP and CSRP alone, such as 1.54",
        required=False,
        allow_null=True,
        default=None,
    )


class VoidScore(StrictSerializer):
    """Why a score that was entered wrongly is void."""

    reason = LineField(
        label="What is wrong with the score?",
        help_text="Kept with it",
        max_length=500,
        error_messages={"required": "Say what is wrong with it"},
    )
