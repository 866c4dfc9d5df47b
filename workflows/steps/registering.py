"""Form of somebody who is registered here and comes by no extract: page and API share it."""

from rest_framework import serializers

from offenders.models import (
    Address,
    Disposal,
    EthnicityOfficerDefined,
    EthnicitySelfDefined,
    Identifier,
    Sex,
)
from workflows.imports.columns import LONGEST, LONGEST_ALIAS
from workflows.steps.fields import (
    BoundedDateField,
    LineField,
    PublicIdField,
    RowsField,
    StrictSerializer,
    WholeNumberField,
)
from workflows.steps.managing import WHERE

#: Kinds of home that somebody can have.
HOMES = [choice for choice in Address.Kind.choices if choice[0] in Address.HOME]
#: Other names of one person here: the form draws a line for each. An extract may bring more.
MOST_NAMES = 6
#: Months of the longest conditional discharge: three years (Sentencing Act 2020 s.80).
LONGEST_DISCHARGE = 36


def _line(label: str, longest: int, hint: str = "", *, letters: bool = False) -> LineField:
    """A line that may be left empty."""
    return LineField(
        label=label,
        help_text=hint or None,
        max_length=longest,
        letters=letters,
        required=False,
        allow_blank=True,
        default="",
    )


def _day(label: str, hint: str) -> BoundedDateField:
    """A day that may be left empty."""
    return BoundedDateField(
        label=label, help_text=hint, required=False, allow_null=True, default=None
    )


def _number(label: str, hint: str, *, most: int) -> WholeNumberField:
    """A whole number from one up that may be left empty."""
    return WholeNumberField(
        label=label,
        help_text=hint,
        min_value=1,
        max_value=most,
        required=False,
        allow_null=True,
        default=None,
    )


class NumberElsewhere(StrictSerializer):
    """A number by which another system knows somebody."""

    kind = serializers.ChoiceField(
        label="Which number is it?",
        choices=Identifier.Kind.choices,
        error_messages={"required": "Choose which number it is"},
    )
    value = LineField(
        label="Number", max_length=40, error_messages={"required": "Enter the number"}
    )


class RegisterPerson(StrictSerializer):
    """Who somebody is, what registers them and since when, where they are, and who has them."""

    reference = LineField(
        label="Reference of their record",
        help_text="The force's own. An extract that comes later finds them by it",
        max_length=LONGEST["source_ref"],
        error_messages={"required": "Enter the reference"},
    )
    surname = LineField(
        label="Surname",
        max_length=LONGEST["surname"],
        letters=True,
        error_messages={"required": "Enter the surname"},
    )
    forename = _line("Forenames", LONGEST["forename"], letters=True)
    aliases = serializers.ListField(
        label="Other names",
        help_text="That they use or used",
        child=LineField(max_length=LONGEST_ALIAS, letters=True),
        max_length=MOST_NAMES,
        required=False,
        default=list,
    )
    date_of_birth = BoundedDateField(
        label="Date of birth", error_messages={"required": "Enter the date of birth"}
    )
    sex = serializers.ChoiceField(
        label="Sex",
        help_text="As on the notification. Leave empty where it is not known",
        choices=Sex.choices,
        required=False,
        allow_blank=True,
        default="",
    )
    identifiers = RowsField(
        label="Number elsewhere",
        child=NumberElsewhere(),
        max_length=len(Identifier.Kind.choices),
        required=False,
        default=list,
        spare=3,
    )
    disposal = serializers.ChoiceField(
        label="What registers them?",
        help_text="What the court or the police did. Of a notification order, what was done abroad",
        choices=Disposal.choices,
        error_messages={"required": "Choose what registers them"},
    )
    relevant_date = BoundedDateField(
        label="Relevant date",
        help_text="Of the conviction, finding or caution (section 82): registration begins with it",
        error_messages={"required": "Enter the relevant date"},
    )
    discharge_months = _number(
        "Months of the conditional discharge",
        "Only of a conditional discharge",
        most=LONGEST_DISCHARGE,
    )
    status = serializers.ChoiceField(
        label="Where are they?",
        help_text="Custody is after remand or sentence; hospital means detained there",
        choices=WHERE,
        error_messages={"required": "Choose where they are"},
    )
    status_since = _day("Since when?", "Of custody, hospital or abroad, where it is known")
    released_on = _day("When were they last released?", "Leave empty where they were not held")
    address_kind = serializers.ChoiceField(
        label="Home",
        help_text="Leave empty where it is not known yet",
        choices=HOMES,
        required=False,
        allow_blank=True,
        default="",
    )
    address_line_1 = _line("Address, or where they are found", LONGEST["address_line_1"])
    town = _line("Town", LONGEST["town"])
    postcode = _line("Postcode", 10)
    mappa_category = _number("MAPPA category", "1 to 4", most=4)
    mappa_level = _number("MAPPA level", "1 to 3", most=3)
    ethnicity_self_defined = serializers.ChoiceField(
        label="Ethnicity as they say it",
        choices=EthnicitySelfDefined.choices,
        required=False,
        allow_blank=True,
        default="",
    )
    ethnicity_officer_defined = serializers.ChoiceField(
        label="Ethnicity as an officer sees it",
        choices=EthnicityOfficerDefined.choices,
        required=False,
        allow_blank=True,
        default="",
    )
    team = PublicIdField(
        label="Which team manages them?", error_messages={"required": "Choose the team"}
    )
    offender_manager = _line(
        "Staff number of the offender manager",
        LONGEST["offender_manager"],
        "Of that team. Left empty, nobody manages them yet and the team's supervisor is told",
    )
    is_another_person = serializers.BooleanField(
        label="Is it somebody else than those on record?",
        help_text="Asked where somebody of that name and birthday is on record",
        required=False,
        default=False,
    )
