"""Which tool is for whom (PRACTICE 17), and how a force changes the tools without code."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from offenders.models import Offender
from risk import tools
from risk.factors import FACTORS
from risk.models import ToolVersion
from tests import make
from workflows.actions.tools import change_tools

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 23)

SPARE = """
tools:
  - code: force_tool
    name: Our own tool
    factors: [{code: housing, name: Housing, side: protective}]
    ratings: [low, high, not_known]
    priorities: [high, low]
    source: Force order 7
"""


def offered(**facts: object) -> list[str]:
    person = Offender(**{"sex": "M", "date_of_birth": dt.date(1980, 1, 1)} | facts)
    return [tool.code for tool in tools.tools_for(person, DAY)]


@pytest.mark.parametrize(
    ("facts", "first", "reason"),
    [
        ({}, "arms", "an adult man"),
        ({"date_of_birth": dt.date(2008, 11, 23)}, "arms", "18 today"),
        ({"date_of_birth": dt.date(2008, 11, 24)}, "aim", "17 until tomorrow"),
        ({"sex": "F"}, "adapted_tool", "a woman"),
        ({"sex": "F", "date_of_birth": dt.date(2010, 1, 1)}, "aim", "a girl"),
        ({"date_of_birth": dt.date(1920, 1, 1)}, "arms", "however old"),
    ],
)
def test_a_tool_is_offered_by_sex_and_age_and_else_there_is_judgement(facts, first, reason):
    found = offered(**facts)

    assert found[0] == first, reason
    assert found[-1] == "structured_judgement", "there is always one"
    assert ("arms" in found) is (first == "arms")


def test_the_factors_of_arms_are_seven_of_risk_and_four_that_protect():
    arms = tools.in_force(DAY)["arms"]

    assert [factor["code"] for factor in arms.factors] == [factor.code for factor in FACTORS]
    assert [factor["side"] for factor in arms.factors] == ["risk"] * 7 + ["protective"] * 4
    assert (arms.training, arms.ratings[-1]) == ("arms", "not_known")


def test_the_shipped_file_is_what_the_database_has():
    read = tools.read(tools.SHIPPED.read_text())

    assert [one["code"] for one in read] == list(tools.in_force(DAY))
    for said in read:
        row = ToolVersion.objects.get(code=said["code"], number=1)
        assert {name: getattr(row, name) for name in said} == said


def test_a_force_adds_a_tool_and_changes_one_without_code(tmp_path):
    file = tmp_path / "tools.yaml"
    file.write_text(SPARE)
    call_command("change_tools", file, begin=DAY)
    call_command("change_tools", file, begin=DAY)
    file.write_text(SPARE.replace("Our own tool", "Our better tool"))
    call_command("change_tools", file, begin=DAY + dt.timedelta(days=1))

    versions = ToolVersion.objects.filter(code="force_tool").order_by("number")
    assert [version.name for version in versions] == ["Our own tool", "Our better tool"]
    assert tools.in_force(DAY)["force_tool"].number == 1, "the new one begins tomorrow"
    assert "arms" in tools.in_force(DAY), "what the file does not name stays"


def test_a_tool_that_is_offered_no_more_is_kept():
    text = SPARE + "    offered: false\n"
    change_tools(by=make.SETUP, text=text, effective_from=DAY)

    assert "force_tool" in tools.in_force(DAY)
    assert "force_tool" not in offered()


@pytest.mark.parametrize(
    ("said", "instead", "why"),
    [
        ("force_tool", "Force Tool", "no code"),
        ("name: Our own tool", "nickname: Ours", "nickname"),
        ("source: Force order 7", "source: ''", "source"),
        ("side: protective", "side: left", "a factor is"),
        ("[low, high, not_known]", "[low, worst]", "ratings are of"),
        ("[low, high, not_known]", "[not_known]", "how its factors are rated"),
        ("priorities: [high, low]", "priorities: []", "which priorities"),
        ("priorities: [high, low]", "priorities: [high]\n    training: reiki", "no such training"),
        (
            "priorities: [high, low]",
            "priorities: [high]\n    from_age: 20\n    until_age: 18",
            "the first before the second",
        ),
        ("tools:", "tool:", "no list of tools"),
        ("tools:", "tools: [", "no YAML"),
    ],
)
def test_a_file_that_makes_no_sense_changes_nothing(tmp_path, said, instead, why):
    file = tmp_path / "tools.yaml"
    file.write_text(SPARE.replace(said, instead, 1))

    with pytest.raises(CommandError, match=why):
        call_command("change_tools", file, begin=DAY)

    assert not ToolVersion.objects.filter(number__gt=1).exists()
    assert not ToolVersion.objects.filter(code="force_tool").exists()


def test_a_version_of_a_tool_never_changes_and_never_goes_away():
    arms = ToolVersion.objects.get(code="arms")
    for change in (
        lambda: ToolVersion.objects.filter(pk=arms.pk).update(name="ARMS 2"),
        lambda: ToolVersion.objects.filter(pk=arms.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
