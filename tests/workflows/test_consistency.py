"""Whether groups are managed alike: what is counted, what is not told, what stands apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.consistency import Judged, Measure, consistency, first_tenth

LEAST = 10
OVERDUE = frozenset({Measure.VISIT_OVERDUE})
NOTHING: frozenset[Measure] = frozenset()


def people(sex: str, count: int, *, overdue: int = 0) -> list[Judged]:
    return [Judged({"sex": sex}, OVERDUE if place < overdue else NOTHING) for place in range(count)]


def told(found: list[Judged]) -> dict[str, tuple[int | None, int | None, bool]]:
    groups = consistency(found, LEAST)
    return {
        one.name: (one.people, *(one.parts[Measure.VISIT_OVERDUE] if one.parts else (None, False)))
        for one in groups
    }


def test_each_group_is_counted_beside_everyone():
    found = people("M", 200, overdue=40) + people("F", 100, overdue=20)

    assert told(found) == {"M": (200, 40, False), "F": (100, 20, False)}


@pytest.mark.parametrize(
    ("overdue", "is_apart"),
    [(50, True), (24, False), (18, False), (0, True)],
    ids=["far more often", "a little more", "a little less", "never"],
)
def test_a_group_stands_apart_where_chance_hardly_explains_it(overdue, is_apart):
    found = people("M", 900, overdue=180) + people("F", 100, overdue=overdue)

    assert told(found)["F"] == (100, overdue, is_apart)


def test_a_group_of_few_is_not_told_nor_what_would_tell_it():
    found = people("M", 200) + people("F", 9) + people("", 40)

    assert told(found) == {
        "M": (200, 0, False),
        "F": (None, None, False),
        "": (None, None, False),
    }


def test_a_share_of_a_few_is_not_told_nor_what_would_tell_it():
    found = people("M", 200, overdue=40) + people("F", 100, overdue=3) + people("", 50, overdue=10)

    assert told(found) == {
        "M": (200, 40, False),
        "F": (100, None, False),
        "": (50, None, False),
    }


def test_all_but_a_few_are_not_told_nor_what_would_tell_them():
    found = people("M", 100, overdue=98) + people("F", 40, overdue=20) + people("", 60, overdue=30)

    assert told(found) == {
        "M": (100, None, False),
        "F": (40, None, False),
        "": (60, 30, True),
    }


def test_nobody_gives_no_groups():
    assert consistency([], LEAST) == []


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({}, set()),
        ({1: 10}, {1}),
        ({key: key for key in range(1, 11)}, {10}),
        ({key: key for key in range(1, 12)}, {11, 10}),
        ({1: 50, 2: 50, 3: 10, 4: 10, 5: 10}, {1, 2}),
    ],
)
def test_the_first_tenth_is_by_score_and_takes_all_that_stand_alike(scores, expected):
    assert first_tenth({key: (True, -score) for key, score in scores.items()}) == expected


def test_whoever_has_something_critical_open_is_before_any_score():
    places = {key: (True, -100) for key in range(1, 10)} | {10: (False, 0)}

    assert first_tenth(places) == {10}


JUDGED = st.lists(
    st.builds(
        lambda team, sex, is_overdue: Judged(
            {"team": team, "sex": sex}, OVERDUE if is_overdue else NOTHING
        ),
        st.sampled_from("abc"),
        st.sampled_from("MFX"),
        st.booleans(),
    ),
    min_size=30,
    max_size=150,
)


@given(JUDGED)
def test_no_few_people_are_left_by_taking_one_breakdown_from_the_other(found):
    """As one told whole gives the number of everyone."""
    groups = consistency(found, LEAST)
    so = sum(bool(one.measures) for one in found)
    for breakdown in ("team", "sex"):
        mine = [one for one in groups if one.breakdown == breakdown]
        told_parts = [
            (one.people, one.parts[Measure.VISIT_OVERDUE].number)
            for one in mine
            if one.parts and one.parts[Measure.VISIT_OVERDUE].number is not None
        ]
        if len(told_parts) == len(mine) or not told_parts:
            continue
        left = so - sum(number for _, number in told_parts)
        left_people = len(found) - sum(people for people, _ in told_parts)
        assert left == 0 or left >= LEAST
        assert left_people - left == 0 or left_people - left >= LEAST


@given(
    st.lists(
        st.builds(
            lambda team, sex, measures: Judged({"team": team, "sex": sex}, frozenset(measures)),
            st.sampled_from("abc"),
            st.sampled_from("MF"),
            st.sets(st.sampled_from(Measure)),
        ),
        max_size=120,
    )
)
def test_no_number_of_few_people_is_ever_told(found):
    for group in consistency(found, LEAST):
        assert group.people is None or group.people >= LEAST
        for part in group.parts.values():
            assert part.number in (None, 0, group.people) or (
                LEAST <= part.number <= group.people - LEAST
            )
