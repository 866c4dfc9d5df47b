"""The first places of a long list, found without reading it all, are those of the whole sort."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.grading import GRADES
from risk.ranking import NO_DATE, Bounded, Top, place, top
from risk.standing import Standing
from risk.weights import Live
from tests.risk.indicating import NOW, SCALE, days, indicators

CODES = ("UDEV", "MONO", "NEWREL", "CTIP")
begun = st.integers(0, 400).map(lambda age: NOW - days(age))
#: Some people, each with events and some of them retracted since.
people = st.lists(
    st.lists(st.tuples(indicators(CODES, since=begun), st.booleans()), max_size=3), max_size=16
)


def walked(standings: dict[int, Standing]) -> list[Bounded]:
    """The rows as an index of the ceilings of NOW gives them."""
    rows = [
        Bounded(key, standing.has_unactioned_critical, standing.ceiling(NOW))
        for key, standing in standings.items()
    ]
    return sorted(rows, key=lambda row: row.earliest)


def whole_sort(standings: dict[int, Standing], at) -> list:
    return sorted(
        place(
            has_unactioned_critical=standing.has_unactioned_critical,
            score=standing.score(at),
            key=key,
        )
        for key, standing in standings.items()
    )


@given(people, st.integers(0, 36_525), st.integers(0, 12))
def test_it_is_the_whole_sort_for_any_events_times_and_retractions(events, later, count):
    at = NOW + days(later)
    standings = {
        key: Standing.of([event for event, is_retracted in some if not is_retracted], SCALE)
        for key, some in enumerate(events)
    }

    found = top(walked(standings), lambda key: standings[key].score(at), count)

    assert list(found.places) == whole_sort(standings, at)[:count]
    assert found.visited <= len(standings)


@given(people, st.integers(0, 400), st.integers(1, 6), st.integers(0, 30))
def test_later_pages_go_on_where_the_one_before_ended(events, later, count, seen):
    at = NOW + days(later)
    standings = {
        key: Standing.of([event for event, _ in some], SCALE) for key, some in enumerate(events)
    }
    everybody = whole_sort(standings, at)
    after = everybody[seen] if seen < len(everybody) else None

    found = top(walked(standings), lambda key: standings[key].score(at), count, after=after)

    rest = everybody[seen + 1 :] if after is not None else everybody
    assert list(found.places) == rest[:count]


def test_of_two_thousand_people_a_day_later_few_are_scored():
    draw = random.Random(18)
    half_lives = list(SCALE.half_lives)
    standings = {
        key: Standing.of(
            [
                Live(
                    draw.choice(half_lives),
                    draw.choice(["high", "medium", "low"]),
                    draw.choice(GRADES),
                    decays_from=NOW - days(draw.expovariate(1 / 60)),
                )
                for _ in range(draw.choice([0, 1, 1, 2, 5]))
            ],
            SCALE,
        )
        for key in range(2_000)
    }
    tomorrow = NOW + days(1)

    found = top(walked(standings), lambda key: standings[key].score(tomorrow), 50)

    assert list(found.places) == whole_sort(standings, tomorrow)[:50]
    assert 50 <= found.visited <= 200


def rows(*ceilings: int) -> list[Bounded]:
    return [Bounded(key, False, ceiling) for key, ceiling in enumerate(ceilings)]


def test_it_stops_as_soon_as_no_later_row_can_stand_before():
    ceilings = rows(90, 80, 70, *[10] * 1000)
    assert top(ceilings, {0: 60, 1: 80, 2: 50}.__getitem__, 2) == Top(
        ((True, -80, NO_DATE, 1), (True, -60, NO_DATE, 0)), visited=3
    )


def test_rows_that_are_not_needed_are_not_even_asked_for():
    def endless():
        key = 0
        while True:
            yield Bounded(key, False, 100 if key < 3 else 1)
            key += 1

    found = top(endless(), lambda key: 100 if key < 3 else 1, 3)
    assert (found.keys, found.visited) == ((0, 1, 2), 3)


def test_a_tie_goes_to_the_lower_key_as_in_the_sort():
    """Key 5 has the higher ceiling and fades to what key 2 has all the time."""
    tied = [Bounded(5, False, 60), Bounded(2, False, 50)]
    assert top(tied, lambda _: 50, 1).keys == (2,)


def test_of_two_scores_alike_what_is_due_first_stands_first():
    due = {1: NOW.date(), 2: NOW.date() - days(9)}
    tied = [Bounded(key, False, 50, due[key]) for key in (2, 1)]
    assert top(tied, lambda _: 50, 2).keys == (2, 1)


def test_an_unactioned_critical_one_stands_before_any_score():
    found = [Bounded(9, True, 10), Bounded(1, False, 500)]
    assert top(found, {9: 10, 1: 500}.__getitem__, 2).keys == (9, 1)


def test_ceilings_that_are_out_of_date_are_not_trusted():
    """Key 1 is above its ceiling, so that key 2 may be too: it is read, and is the first."""
    scores = {0: 100, 1: 95, 2: 120}
    found = top(rows(100, 90, 20), scores.__getitem__, 2)
    assert (found.keys, found.visited) == ((2, 0), 3)


def test_rows_in_another_order_are_refused():
    with pytest.raises(ValueError, match="order of their ceilings"):
        top(rows(10, 20), lambda key: (10, 20)[key], 5)


def test_no_places_take_no_rows():
    assert top(rows(10), lambda _: 10, 0) == Top((), visited=0)
