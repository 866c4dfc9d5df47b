"""Forms of finding a person. No step of a flow: the page asks in one line, the API by field."""

from workflows.steps.fields import BoundedDateField, LineField, StrictSerializer


class SearchOffenders(StrictSerializer):
    """Whom to look for. A surname or an identifier; the rest narrows it down."""

    surname = LineField(letters=True, max_length=100, required=False)
    forename = LineField(letters=True, max_length=100, required=False)
    date_of_birth = BoundedDateField(required=False)
    identifier = LineField(max_length=40, required=False, help_text="Any reference or number")


class SearchLine(StrictSerializer):
    """Whom to look for: one line that is a name or a number, and what narrows it."""

    q = LineField(
        label="Reference, surname or number",
        help_text="ViSOR, PNC or CRO number, or the beginning of a surname",
        max_length=100,
        required=False,
        allow_blank=True,
        style={"width": "20"},
    )
    date_of_birth = BoundedDateField(label="Date of birth", required=False)
