"""Forms of indicators: one item as a sender writes it, and what officers decide about its match."""

from typing import Any

from rest_framework import serializers

from risk.grading import MOST_CONDITIONS, AssessmentGrade, Handling, SourceGrade
from risk.indicator_codes import IndicatorCode, Severity
from risk.models import IndicatorIdentifierKind, ReferenceKind
from workflows.steps.contraband import ReferenceKindField, WordsField, WordsLineField
from workflows.steps.fields import (
    AwareDateTimeField,
    BoundedDateField,
    PublicIdField,
    RowsField,
    StrictSerializer,
    TextField,
    WholeNumberField,
)

#: The most that one of them names, of each kind.
MOST_ROWS = 20
#: Indicators of one batch or delivery.
MOST_ITEMS = 1000


class ReferenceRow(StrictSerializer):
    """Where evidence is, by number."""

    kind = ReferenceKindField(max_length=40, help_text=f"One of {', '.join(ReferenceKind.values)}")
    value = WordsLineField(max_length=200)


class SubjectRow(StrictSerializer):
    """Somebody whom it may be about."""

    surname = WordsLineField(max_length=100, letters=True, required=False)
    forename = WordsLineField(max_length=100, letters=True, required=False)
    born_on = BoundedDateField(required=False)
    postcode = WordsLineField(max_length=8, required=False)


class IdentifierRow(StrictSerializer):
    """Something by which a person may be found."""

    kind = serializers.ChoiceField(choices=IndicatorIdentifierKind.choices)
    service = WordsLineField(max_length=100, required=False, help_text="Of an account")
    value = WordsLineField(max_length=200)


class SendIndicator(StrictSerializer):
    """One indicator as its sender writes it. References only: no picture, no film, no bytes."""

    source = WordsLineField(  # type: ignore[assignment]  # DRF has an attribute of that name
        max_length=40, help_text="What it comes from, such as nca"
    )
    external_id = WordsLineField(max_length=120, help_text="The sender's own number of it")
    code = serializers.ChoiceField(
        choices=[(code.value, code.value) for code in IndicatorCode], help_text="Its type"
    )
    severity = serializers.ChoiceField(
        choices=Severity.choices,
        required=False,
        help_text="Counts only where its type leaves that to the sender",
    )
    source_grade = WholeNumberField(
        min_value=min(SourceGrade.values),
        max_value=max(SourceGrade.values),
        help_text="1 reliable, 2 untested, 3 not reliable",
    )
    assessment_grade = serializers.ChoiceField(choices=AssessmentGrade.choices)
    handling = serializers.ChoiceField(choices=Handling.choices)
    handling_conditions = WordsField(
        max_length=MOST_CONDITIONS, required=False, help_text="Of handling C"
    )
    sanitised = serializers.BooleanField(
        default=False, help_text="What would name its source was left out"
    )
    occurred_at = AwareDateTimeField()
    text = WordsField(max_length=4000, required=False)
    subjects = RowsField(child=SubjectRow(), max_length=MOST_ROWS, required=False)
    identifiers = RowsField(child=IdentifierRow(), max_length=MOST_ROWS, required=False)
    references = RowsField(child=ReferenceRow(), max_length=MOST_ROWS, required=False)


class ItemsField(serializers.ListField):
    """Indicators that are each read by itself, so that one that is wrong refuses no other."""

    def run_child_validation(self, data: Any) -> list[Any]:
        """As they were sent: `workflows.actions.indicators.reading` looks at each."""
        return list(data)


class SendBatch(StrictSerializer):
    """Up to a thousand indicators. Each is received or refused by itself."""

    indicators = ItemsField(child=SendIndicator(), allow_empty=False, max_length=MOST_ITEMS)


class DeliverIndicators(StrictSerializer):
    """A signed delivery: what is not exactly this is held."""

    schema_version = serializers.CharField()
    indicators = ItemsField(child=SendIndicator(), allow_empty=False, max_length=MOST_ITEMS)


class ConfirmMatch(StrictSerializer):
    """Whom it is about."""

    offender = PublicIdField(help_text="Id of the person")
    reason = TextField(
        max_length=2000,
        required=False,
        help_text="Why; asked for where nothing had suggested the person, or they were rejected",
    )


class RejectMatch(StrictSerializer):
    """Whom it is not about."""

    offender = PublicIdField(help_text="Id of the person who was suggested")
    reason = TextField(max_length=2000, required=False)


class TakeBack(StrictSerializer):
    """Why a decision is taken back."""

    reason = TextField(max_length=2000, error_messages={"required": "Give the reason"})
