"""What changed between two explanations, and where a row would stand otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.counterfactual import Item, Move, moved
from risk.differences import Difference, differences
from risk.priority import Contribution, of_indicators, score
from risk.standing import Standing
from risk.weights import Live
from tests.risk.indicating import NOW, SCALE, days

explanations = st.dictionaries(
    st.sampled_from(["level", "overdue", "indicator:UDEV", "indicator:MONO", "change"]),
    st.tuples(st.sampled_from(["", "1"]), st.integers(0, 150)),
).map(lambda said: tuple(Contribution(code, *rest) for code, rest in said.items()))


def standing(*found: Live) -> Standing:
    return Standing.of(found, SCALE)


def test_each_reason_is_new_ended_or_weighs_otherwise():
    before = (Contribution("level", "low", 5), Contribution("escalated", "", 10),
              Contribution("overdue", "3", 10))  # fmt: skip
    after = (Contribution("level", "high", 30), Contribution("overdue", "3", 10),
             Contribution("change", "0", 12))  # fmt: skip

    assert differences(before, after) == (
        Difference("level", "more", "low", "high", 25),
        Difference("change", "new", None, "0", 12),
        Difference("escalated", "ended", "", None, -10),
    )


def test_what_time_did_is_told_apart_from_what_came_in():
    """A monitoring alarm of last week, and today a second one."""
    known = standing(Live("MONO", "high", "1A", decays_from=NOW))
    now = standing(
        Live("MONO", "high", "1A", decays_from=NOW), Live("MONO", "medium", "1A", is_untriaged=True)
    )
    later = NOW + days(7)

    found = differences(
        of_indicators(known, NOW), of_indicators(now, later), meanwhile=of_indicators(known, later)
    )

    assert found == (
        Difference("indicator:MONO", "more", "fading", "open", 30),
        Difference("indicator:MONO", "time", "fading", "fading", -30),
    )


@given(explanations, explanations, explanations)
def test_they_add_up_to_the_difference_of_the_scores(before, after, meanwhile):
    for found in (differences(before, after), differences(before, after, meanwhile=meanwhile)):
        assert sum(one.points for one in found) == score(after) - score(before)
        assert all(found.points for found in found)
        assert [abs(one.points) for one in found] == sorted(
            (abs(one.points) for one in found), reverse=True
        )


@given(explanations)
def test_what_is_the_same_differs_in_nothing(said):
    assert differences(said, said) == ()


def item(key: int, points: int, *, critical: bool = False) -> Item:
    return Item(key, (Contribution("overdue", "9", points),), critical)


LIST = [item(1, 50), item(2, 40), item(3, 40), item(4, 10), item(5, 5)]


@pytest.mark.parametrize(
    ("key", "altered", "places", "reason"),
    [
        (1, item(1, 1), (1, 5), "from the first to the last"),
        (1, item(1, 50), (1, 1), "nothing else, nothing moves"),
        (4, item(4, 60), (4, 1), "and to the first"),
        (1, item(1, 40), (1, 1), "on a tie by key"),
        (3, item(3, 50), (3, 2), "on a tie by key"),
        (1, item(99, 40), (1, 3), "the next visit is another task, behind its ties"),
        (5, item(5, 1, critical=True), (5, 1), "an unactioned critical one stands first"),
        (2, None, (2, None), "it leaves the list"),
    ],
)
def test_from_which_place_to_which_it_moves(key, altered, places, reason):
    found = moved(LIST, key, altered)
    assert (found.was, found.becomes) == places, reason


def test_the_move_says_what_of_the_score_makes_it():
    assert moved(LIST, 1, item(1, 8)) == Move(1, 4, (Difference("overdue", "less", "9", "9", -42),))
    assert moved(LIST, 1, None).differences == (Difference("overdue", "ended", "9", None, -50),)


def test_a_row_that_is_not_in_the_list_is_refused():
    with pytest.raises(KeyError):
        moved(LIST, 77, None)


@given(
    st.lists(st.tuples(st.integers(0, 100), st.booleans()), min_size=1, max_size=40),
    st.integers(0, 100),
    st.booleans(),
)
def test_the_places_are_those_of_the_sorted_lists(drawn, points, critical):
    items = [item(key, number, critical=first) for key, (number, first) in enumerate(drawn)]
    altered = item(0, points, critical=critical)

    found = moved(items, 0, altered)

    before = sorted(items, key=lambda one: one.place)
    after = sorted([altered, *items[1:]], key=lambda one: one.place)
    assert found.was == 1 + [one.key for one in before].index(0)
    assert found.becomes == 1 + [one.key for one in after].index(0)
