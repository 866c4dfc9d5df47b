"""Grading 3x5x2: three parts held apart, and what cannot be."""

import pytest

from offenders.errors import Invalid
from risk.grading import GRADES, MOST_CONDITIONS, AssessmentGrade, Handling, SourceGrade, graded
from rules.shipped import shipped

GOOD = {"source": 2, "assessment": "B", "handling": "P"}


def test_the_parts_are_held_apart_and_read_together():
    found = graded(source=1, assessment="A", handling="C", conditions=" Ask first. ")

    assert (found.source, found.assessment, found.handling) == (1, "A", "C")
    assert (found.grade, found.conditions, found.is_sanitised) == ("1A", "Ask first.", False)
    assert graded(**GOOD, is_sanitised=True).is_sanitised


def test_three_by_five_by_two():
    assert (len(SourceGrade), len(AssessmentGrade), len(Handling)) == (3, 5, 2)
    assert len(GRADES) == len(set(GRADES)) == 15


def test_every_grade_has_its_reliability():
    for grade in GRADES:
        assert 0 < shipped().figure(f"indicator.reliability.{grade.lower()}") <= 1


@pytest.mark.parametrize(
    ("changes", "code", "field", "reason"),
    [
        ({"source": 0}, "unknown_source_grade", "source_grade", "below"),
        ({"source": 4}, "unknown_source_grade", "source_grade", "above"),
        ({"source": "1"}, "unknown_source_grade", "source_grade", "a text"),
        ({"source": True}, "unknown_source_grade", "source_grade", "true is no grade"),
        ({"source": None}, "unknown_source_grade", "source_grade", "none"),
        ({"assessment": "F"}, "unknown_assessment_grade", "assessment_grade", "beyond E"),
        ({"assessment": "a"}, "unknown_assessment_grade", "assessment_grade", "small letter"),
        ({"assessment": ["A"]}, "unknown_assessment_grade", "assessment_grade", "a list"),
        ({"handling": "X"}, "unknown_handling", "handling", "neither"),
        ({"handling": "C"}, "handling_conditions_missing", "handling_conditions", "which?"),
        ({"handling": "C", "conditions": " \n"}, "handling_conditions_missing",
         "handling_conditions", "only spaces"),
        ({"conditions": "Ask first"}, "handling_conditions_not_expected", "handling_conditions",
         "nobody would read them"),
        ({"handling": "C", "conditions": "x" * (MOST_CONDITIONS + 1)},
         "handling_conditions_too_long", "handling_conditions", "one too many"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(changes, code, field, reason):
    with pytest.raises(Invalid) as refusal:
        graded(**(GOOD | changes))
    assert (refusal.value.code, refusal.value.field) == (code, field), reason


def test_the_longest_conditions_are_taken():
    said = "x" * MOST_CONDITIONS
    assert graded(**(GOOD | {"handling": "C", "conditions": said})).conditions == said
