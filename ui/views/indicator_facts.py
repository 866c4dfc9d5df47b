"""What was received of an indicator, in words: the same on its own page and beside its triage."""

import datetime as dt
from dataclasses import dataclass

from risk.grading import AssessmentGrade, Handling, SourceGrade
from risk.models import Indicator, IndicatorIdentifierKind, IndicatorSubject, ReferenceKind
from ui import words


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is said of it: words, or a moment."""

    label: str
    words: str = ""
    at: dt.datetime | None = None


def grade_words(found: Indicator) -> str:
    """Its grade with what each part says: "2C: untested, known indirectly"."""
    source = SourceGrade(found.source_grade)
    known = AssessmentGrade(found.assessment_grade)
    return f"{source}{known}: {str(source.label).lower()}, {str(known.label).lower()}"


def source_words(source: str) -> str:
    """Where it comes from, as it is read."""
    return source.replace("_", " ")


def handling_words(found: Indicator) -> str:
    """How it may be handled."""
    return str(Handling(found.handling).label)


def sent_by(found: Indicator) -> str:
    """The other system, or the officer who wrote it down."""
    officer = found.recorded_by
    return found.client_label or (officer.display_name if officer else "")


def received(found: Indicator) -> list[Fact]:
    """Everything as it was received, how it may be handled first, whatever is empty left out.

    References only: nothing here leads to a picture or a film.
    """
    facts = [
        Fact("Handling", handling_words(found) + ("; sanitised" if found.sanitised else "")),
        Fact("Conditions of handling", found.handling_conditions),
        Fact("Where it comes from", source_words(found.source)),
        Fact("Number", found.external_id),
        Fact("Grade", grade_words(found)),
        Fact("Happened", at=found.occurred_at),
        Fact("Received", at=found.received_at),
        Fact("Sent by", sent_by(found)),
        Fact("What it says", found.text or "Nothing besides"),
        *(Fact("Names", _named(one)) for one in found.subjects.all()),
        *(
            Fact(
                str(IndicatorIdentifierKind(one.kind).label),
                f"{one.value} ({one.service})" if one.service else one.value,
            )
            for one in found.identifiers.all()
        ),
        *(Fact(str(ReferenceKind(one.kind).label), one.value) for one in found.references.all()),
    ]
    return [fact for fact in facts if fact.words or fact.at]


def _named(one: IndicatorSubject) -> str:
    """Somebody whom it names, as received."""
    born = f"born {words.long_day(one.born_on)}" if one.born_on else ""
    return ", ".join(filter(None, (f"{one.surname} {one.forename}".strip(), born, one.postcode)))
