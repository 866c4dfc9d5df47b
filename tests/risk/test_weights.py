"""What one indicator is worth: severity, grade, age, order; and what never lowers it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.grading import GRADES
from risk.indicator_codes import IndicatorCode
from risk.indicator_types import indicator_types
from risk.weights import Live
from rules.drafting import changed
from tests.risk.indicating import CENTURY, NOW, SCALE, days, indicators, instants, scale_of
from tests.rules.shipped import default_rules


def one(code="UDEV", severity="high", grade="1A", **more) -> Live:
    return Live(code, severity, grade, **more)


@pytest.mark.parametrize(
    ("indicator", "points", "reason"),
    [
        (one(severity="critical"), 100, "critical"),
        (one(), 60, "high"),
        (one(severity="medium"), 30, "medium"),
        (one(severity="low"), 10, "low"),
        (one(grade="2B"), 42, "a grade discounts"),
        (one(severity="low", grade="2E"), 1.5, "to the half point, exactly"),
        (one(severity="low", grade="3E"), 1, "the worst grade leaves a tenth"),
        (one(engages_order=True), 90, "half more where it may breach a condition"),
        (one(grade="2B", engages_order=True), 63, "both"),
        (one(severity="critical", grade="3E", is_untriaged=True), 100, "no grade before triage"),
        (one(severity="critical", grade="3E"), 10, "and its grade after it"),
        (one(severity="high", grade="3E", is_untriaged=True), 6, "only critical ones"),
        (one(severity="critical", grade="3E", is_untriaged=True, engages_order=True), 150,
         "an order counts before triage too"),
    ],
)  # fmt: skip
def test_what_one_indicator_is_worth_before_it_fades(indicator, points, reason):
    assert SCALE.weight(indicator) == points, reason
    assert SCALE.points_at(indicator, NOW) == points, reason


@pytest.mark.parametrize(
    ("code", "age", "points", "reason"),
    [
        ("MONO", 0, 60, "the clock starts"),
        ("MONO", 7, 30, "a week, short"),
        ("MONO", 14, 15, "two weeks"),
        ("UDEV", 30, 30, "a month, medium"),
        ("NEWREL", 180, 30, "half a year, long"),
        ("NEWREL", 360, 15, "a year"),
        ("MONO", -1, 60, "an instant before the clock counts as its start"),
        ("MONO", -36_500, 60, "however far before"),
    ],
)
def test_half_of_its_points_are_left_after_each_half_life(code, age, points, reason):
    fading = one(code, decays_from=NOW - days(age))
    assert SCALE.points_at(fading, NOW) == pytest.approx(points, rel=1e-12), reason


def test_a_hundred_years_leave_nothing_and_break_nothing():
    assert SCALE.points_at(one("MONO", decays_from=NOW - CENTURY), NOW) == 0


@given(indicators(), instants, instants)
def test_what_waits_for_triage_or_its_action_does_not_fade(indicator, at, later):
    waiting = indicator._replace(decays_from=None)
    assert SCALE.points_at(waiting, at) == SCALE.points_at(waiting, later) > 0


@given(indicators())
def test_no_grade_discounts_a_critical_one_before_triage(indicator):
    untriaged = indicator._replace(severity="critical", is_untriaged=True, decays_from=None)
    assert {SCALE.weight(untriaged._replace(grade=grade)) for grade in GRADES} == {
        SCALE.weight(untriaged)
    }
    assert SCALE.weight(untriaged) >= 100


@pytest.mark.parametrize(("is_untriaged", "points"), [(True, 100), (False, 50)])
def test_no_type_discounts_a_critical_one_before_triage(is_untriaged, points):
    scale = scale_of(changed(default_rules(), [{"id": "indicator.factor.ctip", "value": "0.5"}]))

    assert scale.weight(one("CTIP", "critical", is_untriaged=is_untriaged)) == points


@given(indicators(), instants, st.integers(0, 36_525))
def test_it_never_counts_for_more_later(indicator, at, more):
    later = at + dt.timedelta(days=more)
    assert SCALE.points_at(indicator, later) <= SCALE.points_at(indicator, at)


def test_every_code_has_a_half_life():
    assert set(SCALE.half_lives) == {code.value for code in IndicatorCode}
    for code, found in indicator_types().items():
        assert SCALE.half_lives[code] == {"short": 7, "medium": 30, "long": 180}[found.half_life]


@pytest.mark.parametrize(
    ("figure", "value", "indicator", "points"),
    [
        ("indicator.points.high", "70", one(), 70),
        ("indicator.reliability.2b", "0.75", one(grade="2B"), 45),
        ("indicator.order.factor", "2", one(engages_order=True), 120),
        ("indicator.factor.udev", "0.5", one(), 30),
        ("indicator.factor.udev", "1.5", one(), 90),
        ("indicator.half_life.medium", "15", one(decays_from=NOW - days(30)), 15),
    ],
)
def test_a_force_changes_each_figure(figure, value, indicator, points):
    scale = scale_of(changed(default_rules(), [{"id": figure, "value": value}]))
    assert scale.points_at(indicator, NOW) == pytest.approx(points, rel=1e-12)
    assert SCALE.points_at(indicator, NOW) != pytest.approx(points, rel=1e-12)
