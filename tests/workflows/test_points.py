"""Caseload points: our defaults from the field's case weighting."""

from decimal import Decimal

import pytest

from offenders.models import ManagementLevel
from rules.drafting import changed
from tests.rules.shipped import day, default_rules
from workflows.points import Scale, Weight

SCALE = Scale.of(default_rules())


@pytest.mark.parametrize(
    ("weight", "points", "why"),
    [
        (Weight("very_high", "active", 1, False), "6", "very high"),
        (Weight("high", "active", None, False), "3", "high"),
        (Weight("medium", "active", 1, False), "1.5", "medium"),
        (Weight("low", "active", 1, False), "1", "low"),
        (Weight("not_assessed", "active", 1, False), "3", "a missing level counts as high"),
        (Weight("low", "reactive", 1, False), "0.25", "reactive, whatever the level"),
        (Weight("high", "reactive", 3, True), "0.25", "and whatever else"),
        (Weight("medium", "active", 1, True), "1.875", "a quarter more when new"),
        (Weight("medium", "active", 1, False, True), "1.875", "a quarter more for devices"),
        (Weight("medium", "active", 1, True, True), "2.34375", "new, and an order on devices"),
        (Weight("low", "reactive", 1, False, True), "0.25", "reactive, devices or not"),
        (Weight("medium", "active", 2, False), "2.5", "MAPPA level 2 adds one"),
        (Weight("high", "active", 2, False, True), "4.75", "after the quarter for devices"),
        (Weight("high", "active", 3, True), "5.75", "level 3 adds two, after the quarter"),
    ],
)
def test_how_much_work_one_person_is(weight, points, why):
    assert SCALE.points(weight) == Decimal(points), why


def test_every_level_has_its_points():
    assert set(SCALE.levels) == set(ManagementLevel.values)


def test_fifty_people_of_the_usual_mix_fill_one_officer():
    mix = {"very_high": 1, "high": 9, "medium": 20, "low": 20}
    points = sum(
        (count * SCALE.points(Weight(level, "active", 1, False)) for level, count in mix.items()),
        Decimal(0),
    )
    assert 95 <= SCALE.percent(points) <= 110


@pytest.mark.parametrize(
    ("figure", "value", "weight", "points"),
    [
        ("caseload.points.low", "2", Weight("low", "active", 1, False), "2"),
        ("caseload.points.reactive", "0", Weight("low", "reactive", 1, False), "0"),
        ("caseload.points.mappa_2", "0.5", Weight("low", "active", 2, False), "1.5"),
        ("caseload.new.factor", "2", Weight("low", "active", 1, True), "2"),
        ("caseload.devices.factor", "2", Weight("low", "active", 1, False, True), "2"),
    ],
)
def test_a_force_changes_each_figure(figure, value, weight, points):
    rules = changed(default_rules(), [{"id": figure, "value": value}])
    assert Scale.of(rules).points(weight) == Decimal(points)


def test_a_force_changes_what_full_and_new_mean():
    figures = {"caseload.capacity": "40", "caseload.new.days": "30"}
    changes = [{"id": name, "value": value} for name, value in figures.items()]
    scale = Scale.of(changed(default_rules(), changes))
    assert (SCALE.percent(Decimal(40)), scale.percent(Decimal(40))) == (50, 100)
    assert SCALE.new_since(day("2026-11-25")) == day("2026-08-27")
    assert scale.new_since(day("2026-11-25")) == day("2026-10-26")
