"""Caseload points: our defaults from the field's case weighting."""

from decimal import Decimal

import pytest

from offenders.models import ManagementLevel
from workflows.points import LEVEL_POINTS, Weight, percent_of_capacity


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
        (Weight("medium", "active", 2, False), "2.5", "MAPPA level 2 adds one"),
        (Weight("high", "active", 3, True), "5.75", "level 3 adds two, after the quarter"),
    ],
)
def test_how_much_work_one_person_is(weight, points, why):
    assert weight.points == Decimal(points), why


def test_every_level_has_its_points():
    assert set(LEVEL_POINTS) == set(ManagementLevel.values)


def test_fifty_people_of_the_usual_mix_fill_one_officer():
    mix = {"very_high": 1, "high": 9, "medium": 20, "low": 20}
    points = sum(
        (count * Weight(level, "active", 1, False).points for level, count in mix.items()),
        Decimal(0),
    )
    assert 95 <= percent_of_capacity(points) <= 110
