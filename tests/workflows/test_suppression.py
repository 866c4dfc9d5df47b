"""What a report by group must not tell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.suppression import hidden, is_telling

LEAST = 10
COUNTS = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 60))


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        pytest.param({"M": 90, "F": 10}, set(), id="all large enough"),
        pytest.param({"M": 90, "F": 9}, {"M", "F"}, id="the total would tell the other"),
        pytest.param({"a": 90, "b": 40, "c": 3}, {"b", "c"}, id="the next smallest goes too"),
        pytest.param({"a": 90, "b": 6, "c": 7}, {"b", "c"}, id="two hide each other"),
        pytest.param({"a": 90, "b": 2, "c": 3}, {"a", "b", "c"}, id="few together"),
        pytest.param({"a": 90, "b": 0}, set(), id="nobody is nothing to hide"),
        pytest.param({"a": 3}, {"a"}, id="one small group alone"),
        pytest.param({}, set(), id="no group"),
    ],
)  # fmt: skip
def test_which_groups_are_hidden(counts, expected):
    assert hidden(counts, LEAST) == expected


@given(COUNTS)
def test_what_is_hidden_cannot_be_worked_out_from_the_total(counts):
    found = hidden(counts, LEAST)
    left = sum(people for group, people in counts.items() if group in found)

    assert all(people >= LEAST for group, people in counts.items() if people and group not in found)
    told = any(people for group, people in counts.items() if group not in found)
    assert not found or left >= LEAST or not told


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(0, 20, False), (9, 40, True), (10, 40, False), (31, 40, True), (40, 40, False)],
)
def test_a_share_of_single_people_is_not_told(part, whole, expected):
    assert is_telling(part, whole, LEAST) is expected
