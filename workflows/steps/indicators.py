"""Forms of indicators: one item as a sender writes it, and what officers decide about its match."""

from typing import Any

from rest_framework import serializers

from risk.grading import MOST_CONDITIONS, AssessmentGrade, Handling, SourceGrade
from risk.indicator_codes import IndicatorCode, Severity
from risk.indicator_types import indicator_types
from risk.models import IndicatorIdentifierKind, ReferenceKind
from workflows.steps.contraband import ReferenceKindField, WordsField, WordsLineField
from workflows.steps.fields import (
    AwareDateTimeField,
    BoundedDateField,
    GradeField,
    PublicIdField,
    RowsField,
    StrictSerializer,
    TextField,
    WholeNumberField,
)

#: The most that one of them names, of each kind.
MOST_ROWS = 20
#: Where nobody is named for whom it stays open.
NAME_ONE = "Name at least one officer who may see it besides you."
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


class RecordIndicator(StrictSerializer):
    """One that an officer writes down, from a visit, a call or a report they were given.

    The same shape as a sender's, in the order in which an officer is asked.
    """

    code = serializers.ChoiceField(
        choices=[(code.value, one.name) for code, one in indicator_types().items()],
        label="What it is",
        error_messages={"required": "Choose what it is"},
    )
    severity = serializers.ChoiceField(
        choices=Severity.choices,
        required=False,
        label="How severe",
        help_text="For a monitoring alert alone. Of every other the type says it, or the grade",
    )
    occurred_at = AwareDateTimeField(
        label="When it happened", error_messages={"required": "Enter the day and the time"}
    )
    text = WordsField(
        max_length=4000,
        required=False,
        label="What was seen or said",
        help_text="Words alone. Never a picture, nor where one is to be found",
    )
    source = WordsLineField(  # type: ignore[assignment]  # DRF has an attribute of that name
        max_length=40,
        label="Where it comes from",
        help_text="Such as visit, call, intelligence",
        error_messages={"required": "Say where it comes from"},
    )
    external_id = WordsLineField(
        max_length=120,
        required=False,
        label="Number of the log or report",
        help_text="Leave empty where there is none",
    )
    source_grade = GradeField(
        choices=SourceGrade.choices,
        label="How far the source is relied on",
        help_text="1 reliable, 2 untested, 3 not reliable",
        error_messages={"required": "Choose how far the source is relied on"},
    )
    assessment_grade = serializers.ChoiceField(
        choices=[(value, f"{value}. {label}") for value, label in AssessmentGrade.choices],
        label="How it is known",
        error_messages={"required": "Choose how it is known"},
    )
    handling = serializers.ChoiceField(
        choices=[(value, f"{value}. {label}") for value, label in Handling.choices],
        label="Handling",
        error_messages={"required": "Choose how it may be handled"},
    )
    handling_conditions = WordsField(
        max_length=MOST_CONDITIONS,
        required=False,
        label="Conditions of handling",
        help_text="Of handling C: who may know, and what may be done with it",
    )
    sanitised = serializers.BooleanField(
        default=False, label="Sanitised", help_text="What would name its source was left out"
    )
    identifiers = RowsField(
        child=IdentifierRow(),
        max_length=MOST_ROWS,
        required=False,
        label="Device, account or number",
        help_text="By which a person may be found",
    )
    references = RowsField(
        child=ReferenceRow(),
        max_length=MOST_ROWS,
        required=False,
        label="Reference",
        help_text="Where evidence lies, by number. Never the evidence",
    )


class RecordUnmatched(RecordIndicator):
    """The same, with whom it may be about: people of that name are suggested."""

    subjects = RowsField(
        child=SubjectRow(),
        max_length=MOST_ROWS,
        required=False,
        label="Person named",
        help_text="Whoever is on record under the name, birthday or postcode is suggested",
    )


class RecordAbout(RecordIndicator):
    """The same of a person who is known, and why it is them."""

    reason = TextField(
        max_length=2000,
        label="Why it is this person",
        error_messages={"required": "Say why it is this person"},
    )


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


class MatchReason(StrictSerializer):
    """Why it is, or is not, the person whom the page is about."""

    reason = TextField(
        max_length=2000,
        required=False,
        label="Why",
        help_text="Needed where nobody had suggested the person, or somebody said it is not them",
    )


class MatchByReference(StrictSerializer):
    """Whom it is about, by the reference of the record."""

    reference = WordsLineField(max_length=40, label="Reference of the person")
    reason = TextField(max_length=2000, label="Why it is this person")


class RejectMatch(StrictSerializer):
    """Whom it is not about."""

    offender = PublicIdField(help_text="Id of the person who was suggested")
    reason = TextField(max_length=2000, required=False)


class TakeBack(StrictSerializer):
    """Why a decision is taken back."""

    reason = TextField(
        max_length=2000, label="Reason", error_messages={"required": "Give the reason"}
    )


class RestrictIndicator(StrictSerializer):
    """Who may see it besides whoever restricts it."""

    users = serializers.ListField(
        child=PublicIdField(),
        min_length=1,
        max_length=MOST_ROWS,
        help_text="Ids of officers",
        error_messages={"min_length": NAME_ONE},
    )
    reason = TextField(max_length=2000)


class KeepSecret(StrictSerializer):
    """Who is given an indicator of which nobody else may know."""

    supervisor = PublicIdField(help_text="Id of the supervisor, who is named and told")
    reason = TextField(max_length=2000, help_text="What is asked of them, and why it is secret")


class NameUser(StrictSerializer):
    """Who may see it as well, or no more."""

    user = PublicIdField(help_text="Id of the officer")
    reason = TextField(max_length=2000)


class RestrictByNumber(StrictSerializer):
    """The same, by staff number."""

    users = serializers.ListField(
        child=WordsLineField(max_length=20),
        min_length=1,
        max_length=6,
        label="Staff numbers of who may see it",
        help_text="Besides you. Always two in service, one of them a supervisor or inspector",
        error_messages={"required": NAME_ONE, "min_length": NAME_ONE},
    )
    reason = TextField(max_length=2000, label="Why it is restricted")


class KeepSecretByNumber(StrictSerializer):
    """The same, by staff number."""

    supervisor = WordsLineField(
        max_length=20,
        label="Staff number of the supervisor who acts on it",
        help_text="They are named and told",
    )
    reason = TextField(
        max_length=2000, label="What is asked of them", help_text="And why nobody else may know"
    )


class NameByNumber(StrictSerializer):
    """The same, by staff number."""

    user = WordsLineField(max_length=20, label="Staff number")
    reason = TextField(max_length=2000, label="Why they need to see it")
