"""How information is graded: 3x5x2, by source, by what is known, by how it may be handled. Pure.

The three parts are held apart, as the national intelligence report has them (College of Policing,
APP on intelligence management); with them the conditions of handling, and whether the report was
sanitised so that it does not give its source away.
"""

from typing import NamedTuple

from django.db import models

from offenders.errors import Invalid

#: Characters of the conditions of handling.
MOST_CONDITIONS = 500


class SourceGrade(models.IntegerChoices):
    """How far the source is relied on."""

    RELIABLE = 1, "Reliable"
    UNTESTED = 2, "Untested"
    NOT_RELIABLE = 3, "Not reliable"


class AssessmentGrade(models.TextChoices):
    """How what was said is known."""

    DIRECTLY = "A", "Known directly"
    CORROBORATED = "B", "Known indirectly but corroborated"
    INDIRECTLY = "C", "Known indirectly"
    NOT_KNOWN = "D", "Not known"
    SUSPECTED_FALSE = "E", "Suspected to be false"


class Handling(models.TextChoices):
    """Whether it may be shared."""

    PERMITTED = "P", "Lawful sharing permitted"
    CONDITIONS = "C", "Lawful sharing permitted with conditions"


class Grading(NamedTuple):
    """The grade of one indicator. Make one with `graded`, which refuses what cannot be."""

    source: SourceGrade
    assessment: AssessmentGrade
    handling: Handling
    conditions: str = ""
    is_sanitised: bool = False

    @property
    def grade(self) -> str:
        """Source and assessment together, such as "1A": what reliability goes by."""
        return grade_of(self.source, self.assessment)


def grade_of(source: int, assessment: str) -> str:
    """Source and assessment together, such as "1A"."""
    return f"{int(source)}{assessment}"


#: All fifteen, the best first within each source.
GRADES = tuple(
    grade_of(source, assessment)
    for source in SourceGrade.values
    for assessment in AssessmentGrade.values
)


def graded(
    *,
    source: object,
    assessment: object,
    handling: object,
    conditions: str = "",
    is_sanitised: bool = False,
) -> Grading:
    """The grade in those parts, with the conditions stripped of space around them.

    Raises Invalid: `unknown_source_grade`, `unknown_assessment_grade`, `unknown_handling`,
    `handling_conditions_missing` (C says under which), `handling_conditions_not_expected` (with P
    nobody would read them), `handling_conditions_too_long`.
    """
    if type(source) is not int or source not in SourceGrade.values:
        raise Invalid(
            "unknown_source_grade", "The source is graded 1, 2 or 3.", field="source_grade"
        )
    if assessment not in AssessmentGrade.values:
        raise Invalid(
            "unknown_assessment_grade",
            "What was said is graded A, B, C, D or E.",
            field="assessment_grade",
        )
    if handling not in Handling.values:
        raise Invalid("unknown_handling", "Handling is P or C.", field="handling")
    said = _conditions(Handling(handling), conditions.strip())
    return Grading(
        SourceGrade(source), AssessmentGrade(assessment), Handling(handling), said, is_sanitised
    )


def _conditions(handling: Handling, said: str) -> str:
    field = "handling_conditions"
    if handling == Handling.CONDITIONS and not said:
        raise Invalid(
            "handling_conditions_missing", "Handling C says under which conditions.", field=field
        )
    if handling == Handling.PERMITTED and said:
        raise Invalid(
            "handling_conditions_not_expected", "Only handling C has conditions.", field=field
        )
    if len(said) > MOST_CONDITIONS:
        raise Invalid(
            "handling_conditions_too_long",
            f"The conditions have at most {MOST_CONDITIONS} characters.",
            field=field,
        )
    return said
