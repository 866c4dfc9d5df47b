"""Drawing a sample: the same again from its seed, nobody twice, the riskier likelier."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.sampling import Candidate, drawn

FRAME = [Candidate(f"p{n:03}", 3.0 if n < 20 else 1.0, is_recent=n % 10 == 0) for n in range(100)]


def test_the_same_seed_draws_the_same_people_whatever_the_order():
    assert drawn(FRAME, "seed", 12) == drawn(FRAME[::-1], "seed", 12)


def test_another_seed_draws_others():
    assert drawn(FRAME, "seed", 12) != drawn(FRAME, "another", 12)


def test_a_known_draw_stays_what_it_was():
    """The largest digests of "2026:a" to "2026:f" lead, worked out apart from this code: a stored
    sample must come out the same in years to come."""
    people = [Candidate(key, 1.0, is_recent=False) for key in "abcdef"]
    assert drawn(people, "2026", 3) == ["e", "d", "c"]


@given(st.integers(1, 120), st.text(min_size=1, max_size=20))
def test_nobody_is_drawn_twice_and_nobody_recent_while_others_are_left(size, seed):
    found = drawn(FRAME, seed, size)

    assert len(found) == len(set(found)) == min(size, len(FRAME))
    recent = {one.key for one in FRAME if one.is_recent}
    assert not recent & set(found[: len(FRAME) - len(recent)])


def test_those_of_three_times_the_weight_are_drawn_first_about_three_times_as_often():
    even = [Candidate("heavy", 3.0, is_recent=False), Candidate("light", 1.0, is_recent=False)]
    first = Counter(drawn(even, f"seed {n}", 1)[0] for n in range(4000))
    assert first["heavy"] / 4000 == pytest.approx(0.75, abs=0.03)


def test_an_empty_frame_gives_nobody():
    assert drawn([], "seed", 5) == []
