"""What a person's indicators amount to: one number, whatever order they came in, at any instant."""

import datetime as dt
import json
import math
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.standing import NOTHING, OtherFigures, Standing, whole
from risk.weights import Live
from rules.drafting import changed
from tests.risk.indicating import CENTURY, NOW, SCALE, days, indicators, instants, scale_of
from tests.rules.shipped import default_rules

#: Few codes, so that several fall on one.
CODES = ("UDEV", "MONO", "NEWREL", "CTIP")
some = st.lists(indicators(CODES), max_size=6)
#: Of one person as it truly is: the clocks have started.
begun = st.lists(
    indicators(CODES, since=st.integers(0, 36_525).map(lambda age: NOW - days(age))), max_size=6
)
later = st.integers(0, 36_525).map(lambda age: NOW + days(age))


def of(*found: Live) -> Standing:
    return Standing.of(found, SCALE)


def udev(grade="1A", severity="high", **more) -> Live:
    return Live("UDEV", severity, grade, **more)


@pytest.mark.parametrize(
    ("found", "score", "reason"),
    [
        ([], 0, "nothing"),
        ([udev(is_untriaged=True)], 60, "one that waits"),
        ([udev(is_untriaged=True), udev()], 120, "two of one code add up"),
        ([udev(), udev(), udev()], 150, "to at most the cap"),
        ([udev(), udev(), udev(), Live("MONO", "high", "1A")], 210, "of one code"),
        ([udev(decays_from=NOW - days(30)), udev(is_untriaged=True)], 90, "one fades, one waits"),
        ([udev(decays_from=NOW - days(30)), udev(decays_from=NOW)], 90, "two that fade"),
        ([udev(severity="low", grade="2E")], 2, "1.5 is rounded half up"),
        ([udev(severity="low", grade="2E")] * 2, 3, "and only once for each code"),
        ([udev(severity="low", grade="2E"), Live("MONO", "low", "2E")], 4, "each code is whole"),
        ([udev(severity="low", grade="2E", decays_from=NOW)], 2, "by way of logarithms too"),
        ([udev(decays_from=NOW - CENTURY)], 0, "nothing is left of it"),
    ],
)
def test_the_score_of_a_person(found, score, reason):
    assert Standing.of(found, SCALE).score(NOW) == score, reason


@pytest.mark.parametrize(
    ("indicator", "is_first", "reason"),
    [
        (Live("CTIP", "critical", "3E", is_untriaged=True), True, "nobody has looked yet"),
        (Live("CTIP", "critical", "3E"), True, "looked at, and its action is open"),
        (Live("CTIP", "critical", "3E", decays_from=NOW), False, "done"),
        (Live("CTIP", "high", "1A", is_untriaged=True), False, "not critical"),
    ],
)
def test_a_critical_one_stands_first_until_its_action_is_closed(indicator, is_first, reason):
    assert of(indicator, udev()).has_unactioned_critical is is_first, reason


def one_by_one(found: list[Live]) -> Standing:
    return reduce(Standing.plus, (of(each) for each in found), NOTHING)


@given(some.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))), instants)
def test_the_order_of_arrival_does_not_matter(both, at):
    found, otherwise = both
    assert Standing.of(found, SCALE) == Standing.of(otherwise, SCALE)
    assert one_by_one(found).score(at) == one_by_one(list(otherwise)).score(at)


@given(some, instants)
def test_added_one_by_one_it_is_what_it_is_worked_out_at_once(found, at):
    at_once, added = Standing.of(found, SCALE), one_by_one(found)

    assert added.has_unactioned_critical == at_once.has_unactioned_critical
    for one, other in zip(added.terms, at_once.terms, strict=True):
        assert one.code == other.code
        assert one.amount(at) == pytest.approx(other.amount(at), rel=1e-9, abs=1e-300)


@given(begun, later)
def test_it_is_the_sum_of_its_indicators_to_a_billionth(found, at):
    standing = Standing.of(found, SCALE)
    for term in standing.terms:
        parts = [SCALE.points_at(each, at) for each in found if each.code == term.code]
        assert term.amount(at) == pytest.approx(math.fsum(parts), rel=1e-9, abs=1e-300)


@given(some, instants)
def test_before_its_time_it_is_never_less_than_its_indicators_nor_more_than_all_in_full(found, at):
    for term in Standing.of(found, SCALE).terms:
        parts = [each for each in found if each.code == term.code]
        least = math.fsum(SCALE.points_at(each, at) for each in parts)
        most = math.fsum(SCALE.weight(each) for each in parts)
        assert least * (1 - 1e-9) <= term.amount(at) <= most * (1 + 1e-9)


def amounts(standing: Standing, at: dt.datetime) -> dict[str, float]:
    return {term.code: term.amount(at) for term in standing.terms}


@given(some, st.lists(indicators(CODES), min_size=1, max_size=4), st.randoms(), instants)
def test_worked_out_again_without_what_was_retracted_it_is_as_if_that_had_never_come(
    found, retracted, chance, at
):
    rows = [(each, False) for each in found] + [(each, True) for each in retracted]
    chance.shuffle(rows)
    stood = one_by_one([each for each, _ in rows])

    again = Standing.of([each for each, is_retracted in rows if not is_retracted], SCALE)

    assert amounts(again, at) == pytest.approx(amounts(one_by_one(found), at), rel=1e-9, abs=1e-300)
    assert again.score(at) <= stood.score(at)


@given(some, some, instants)
def test_indicators_only_ever_add(found, more, at):
    before, after = Standing.of(found, SCALE), Standing.of([*found, *more], SCALE)

    assert after.score(at) >= before.score(at)
    assert after.has_unactioned_critical >= before.has_unactioned_critical


@given(some, instants)
def test_no_code_gives_more_than_the_cap(found, at):
    for term in Standing.of(found, SCALE).terms:
        assert 0 <= term.points(at) <= 150


@given(some, instants, st.integers(0, 2 * 36_525 * 86_400))
def test_the_ceiling_holds_ever_after(found, at, seconds):
    standing = Standing.of(found, SCALE)
    assert standing.score(at + dt.timedelta(seconds=seconds)) <= standing.ceiling(at)


@given(some)
def test_a_hundred_years_before_and_after_nothing_overflows(found):
    standing = Standing.of(found, SCALE)
    first, last = (dt.datetime(year, 1, 1, tzinfo=dt.UTC) for year in (1, 9999))
    scores = [standing.score(at) for at in (NOW - CENTURY, NOW + CENTURY, first, last)]
    assert all(0 <= score <= 150 * len(CODES) for score in scores)


@given(some, instants)
def test_it_is_kept_as_json_and_comes_back_the_same(found, at):
    standing = Standing.of(found, SCALE)
    kept = json.loads(json.dumps(standing.written()))
    back = Standing.read(kept, has_unactioned_critical=standing.has_unactioned_critical)
    assert back == standing
    assert back.score(at) == standing.score(at)


def test_terms_of_another_shape_are_refused():
    [kept] = of(udev()).written()
    with pytest.raises(TypeError):
        Standing.read([kept | {"points": 3}], has_unactioned_critical=False)


@pytest.mark.parametrize("figure", ["indicator.half_life.medium", "indicator.cap"])
def test_what_other_figures_gave_is_not_added_up(figure):
    rules = changed(default_rules(), [{"id": figure, "value": "120"}])
    other = Standing.of([udev()], scale_of(rules))
    with pytest.raises(OtherFigures):
        of(udev()).plus(other)


@pytest.mark.parametrize(
    ("points", "rounded", "reason"),
    [
        (0.0, 0, "nothing"),
        (0.49, 0, "below a half"),
        (0.5, 1, "half up"),
        (1.5, 2, "half up, not to even"),
        (2.5, 3, "half up, not to even"),
        (2.4999999999, 3, "a half, but for the order in which it was added up"),
        (2.4999, 2, "truly below"),
    ],
)
def test_points_are_rounded_half_up(points, rounded, reason):
    assert whole(points) == rounded, reason
