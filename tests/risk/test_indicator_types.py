"""The coded types of indicators: what is shipped, what a file may not say, who says severity."""

import pytest
import yaml

from offenders.errors import Invalid
from offenders.models.condition import ConditionCategory
from risk.grading import GRADES, Grading, graded
from risk.indicator_codes import SETS_ASIDE, IndicatorCode, Severity
from risk.indicator_types import SHIPPED, indicator_types, read, type_of
from rules.shipped import shipped

TEXT = SHIPPED.read_text(encoding="utf-8")

#: As the field lists them, typed in by hand: our default severity of each type.
SEVERITIES = {
    "critical": "CTIP P2P GROOM MISPER",
    "high": "MONO UDEV UACC WIPE ANON AIGEN NEWREL CUST DA TRAV WELF",
    "medium": "CLOUD GAME DISC ANPR NAMECH NONC",
    "by_item": "MONA",
    "from_grade": "INTEL",
}


def grading(source: int = 1, assessment: str = "A") -> Grading:
    return graded(source=source, assessment=assessment, handling="P")


def written(code: str = "TRAV", *, without: str = "", **changes: object) -> str:
    """The shipped file with one type written otherwise."""
    document = yaml.safe_load(TEXT)
    row = next(row for row in document["types"] if row["code"] == code)
    row |= changes
    row.pop(without, None)
    return yaml.safe_dump(document)


def test_all_types_are_shipped_with_the_severities_of_the_field():
    found = {code.value: one.severity for code, one in indicator_types().items()}

    assert len(found) == 23
    assert found == {
        code: severity for severity, codes in SEVERITIES.items() for code in codes.split()
    }


def test_no_type_proposes_to_set_an_indicator_aside():
    assert not {one.leads_to for one in indicator_types().values()} & SETS_ASIDE


def test_an_alert_of_the_monitoring_may_breach_conditions_on_devices_and_the_internet():
    assert type_of("MONA").engages == {ConditionCategory.DEVICE, ConditionCategory.INTERNET}


def test_every_half_life_and_severity_has_its_figure():
    rules = shipped()
    for one in indicator_types().values():
        assert rules.figure(f"indicator.half_life.{one.half_life}") > 0
    for severity in Severity.values:
        assert rules.figure(f"indicator.points.{severity}") > 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("types: [", "no YAML"),
        ("types: 3", "one list of types"),
        ("types: []\nmore: 1", "one list of types"),
        ("types: []", "There is no CTIP, P2P"),
        (TEXT.replace("code: TRAV", "code: TRAM"), "has no code that the service knows"),
        (TEXT.replace("code: TRAV", "code: CTIP"), "twice"),
        (TEXT.replace("code: TRAV", "code: [TRAV]"), "has no code"),
        (written(code="TRAV", severity="urgent"), "TRAV: severity is one of"),
        (written(severity=None), "TRAV: severity is one of"),
        (written(half_life="brief"), "TRAV: half_life is one of short, medium, long"),
        (written(half_life=["short"]), "TRAV: half_life is one of"),
        (written(engages=["weather"]), "TRAV: engages are of device"),
        (written(engages="travel"), "TRAV: engages are of"),
        (written(engages=["travel", "travel"]), "each once"),
        (written(sources=["rumour"]), "TRAV: sources are of"),
        (written(sources=[{"a": 1}]), "TRAV: sources are of"),
        (written(leads_to="prison"), "TRAV: leads_to is one of"),
        (written(leads_to="no_action"), "TRAV: leads_to may not set"),
        (written(name=" "), "TRAV: say its name"),
        (written(note=""), "TRAV: say its note"),
        (written(source=7), "TRAV: say its source"),
        (written(points=60), "TRAV: unknown points"),
        (written(without="half_life"), "TRAV: say its half_life"),
        (written(by_grade={"high": ["1A"]}), "TRAV: by_grade names each grade once, and only"),
        (written("INTEL", without="by_grade"), "INTEL: by_grade names each grade once"),
        (written("INTEL", by_grade={"high": list(GRADES[1:])}), "INTEL: by_grade names each"),
        (written("INTEL", by_grade={"high": list(GRADES), "low": ["1A"]}), "INTEL: by_grade names"),
        (written("INTEL", by_grade={"high": [*GRADES, "4A"]}), "INTEL: high are of 1A"),
        (written("INTEL", by_grade={"urgent": list(GRADES)}), "INTEL: by_grade is by critical"),
        (written("INTEL", by_grade=list(GRADES)), "INTEL: by_grade is by critical"),
    ],
)
def test_a_file_with_a_fault_is_refused_in_words(text, said):
    with pytest.raises(ValueError, match=said):
        read(text)


def test_the_file_those_faults_were_put_into_is_sound():
    assert read(written()) == list(indicator_types().values()) == read(TEXT)


def test_a_code_that_is_not_known_is_refused():
    with pytest.raises(Invalid) as refusal:
        type_of("ctip")
    assert (refusal.value.code, refusal.value.field) == ("unknown_indicator_code", "code")


@pytest.mark.parametrize(
    ("code", "grade", "said", "severity", "reason"),
    [
        ("CTIP", (3, "E"), None, "critical", "the type says it"),
        ("CTIP", (1, "A"), "low", "critical", "no feed makes it lighter"),
        ("CLOUD", (1, "A"), "critical", "medium", "nor graver"),
        ("MONA", (1, "A"), "low", "low", "each alert says its own"),
        ("MONA", (1, "A"), "critical", "critical", "each alert says its own"),
        ("INTEL", (1, "A"), None, "high", "known directly by a reliable source"),
        ("INTEL", (2, "B"), "critical", "medium", "the grade says it, whatever is sent"),
        ("INTEL", (3, "E"), None, "low", "suspected to be false"),
    ],
)
def test_who_says_how_grave_one_is(code, grade, said, severity, reason):
    assert type_of(code).severity_of(grading(*grade), said) == severity, reason


@pytest.mark.parametrize(
    ("code", "said", "refused"),
    [("MONA", None, "severity_missing"), ("MONA", "urgent", "unknown_severity"),
     ("CTIP", "urgent", "unknown_severity")],
)  # fmt: skip
def test_a_severity_that_is_missing_or_unknown_is_refused(code, said, refused):
    with pytest.raises(Invalid) as refusal:
        type_of(code).severity_of(grading(), said)
    assert (refusal.value.code, refusal.value.field) == (refused, "severity")


def test_a_better_grade_never_makes_intelligence_lighter():
    order = ["low", "medium", "high", "critical"]
    by_grade = indicator_types()[IndicatorCode.INTEL].by_grade
    for source in "123":
        ranks = [order.index(by_grade[f"{source}{grade}"]) for grade in "ABCDE"]
        assert ranks == sorted(ranks, reverse=True)
    for grade in "ABCDE":
        ranks = [order.index(by_grade[f"{source}{grade}"]) for source in "123"]
        assert ranks == sorted(ranks, reverse=True)
