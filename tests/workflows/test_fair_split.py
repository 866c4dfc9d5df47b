"""Who could take whom: worked examples, and what holds for any people and officers."""

import itertools
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.fair_split import Officer, Person, Split, fair_split

A, B, C = (UUID(int=number) for number in (1, 2, 3))


def person(number: int, points: str = "1", area: str = "", manager: UUID | None = A, *closed: UUID):
    return Person(UUID(int=100 + number), Decimal(points), area, manager, frozenset(closed))


def officer(key: UUID, capacity: str = "10", points: str = "0", *areas: str) -> Officer:
    return Officer(key, Decimal(capacity), Decimal(points), frozenset(areas))


def numbers(split: Split) -> dict[int, int]:
    """The officer of each person who moves, by their numbers."""
    return {key.int - 100: to.int for key, to in split.moves.items()}


@pytest.mark.parametrize(
    ("people", "officers", "moves", "why"),
    [
        ([person(1), person(2)], [officer(A, points="2"), officer(B)], {}, "nobody need move"),
        (
            [person(n) for n in range(4)],
            [officer(A, "3", "4"), officer(B)],
            {3: 2},
            "as few as end the overload",
        ),
        ([person(n) for n in range(3)], [officer(B)], dict.fromkeys(range(3), 2), "A is not asked"),
        (
            [person(n) for n in range(3)],
            [officer(A, "0", "3"), officer(B)],
            dict.fromkeys(range(3), 2),
            "A can carry nothing",
        ),
        (
            [person(1, "1", "QX1", None), person(2, "1", "QX2", None)],
            [officer(A, "10", "5", "QX2"), officer(B, "10", "5", "QX1")],
            {1: 2, 2: 1},
            "to where an officer goes already",
        ),
        (
            [person(1, "3", "QX1", None), person(2, "3", "QX1", None)],
            [officer(A, "10", "6", "QX1"), officer(B)],
            {1: 1, 2: 2},
            "but not at the price of an overload",
        ),
        (
            [person(1, "1", "QX9", None), person(2, "1", "QX9", None)],
            [officer(A), officer(B)],
            {1: 1, 2: 1},
            "a district new to all goes to one",
        ),
        (
            [person(1, "1", "", None, A)],
            [officer(A), officer(B, "10", "30")],
            {1: 2},
            "a conflict beats everything, an overload too",
        ),
        (
            [person(n, "4", "", None) for n in range(3)],
            [officer(A, "8"), officer(B, "4")],
            {0: 1, 1: 1, 2: 2},
            "twice as many to who can carry twice as much",
        ),
    ],
)
def test_worked_examples(people, officers, moves, why):
    assert numbers(fair_split(people, officers)) == moves, why


def test_whom_nobody_may_have_is_named_and_the_others_are_given():
    people = [person(1, "1", "", A, A, B), person(2, "1", "", None)]
    split = fair_split(people, [officer(A, points="1"), officer(B)])
    assert split.impossible == (people[0].id,)
    assert set(split.moves) == {people[1].id}


def test_without_anybody_who_can_carry_something_all_are_impossible():
    people = [person(1), person(2)]
    assert fair_split(people, [officer(A, "0", "2")]).impossible == tuple(p.id for p in people)
    assert fair_split(people, []).impossible == tuple(p.id for p in people)
    assert fair_split([], [officer(A)]) == Split({}, (), ())


def test_all_move_leaves_nobody_with_the_manager_they_have():
    people = [person(1), person(2)]
    split = fair_split(people, [officer(A, points="2"), officer(B)], all_move=True)
    assert (numbers(split), split.stays) == ({1: 2, 2: 2}, ())
    alone = fair_split(people, [officer(A, points="2")], all_move=True)
    assert alone.impossible == tuple(p.id for p in people)


def test_a_caseload_of_a_hundred_and_fifty_is_split_soon_enough_among_fifteen():
    keys = [UUID(int=number) for number in range(1, 16)]
    people = [
        person(n, ("1", "1.5", "3", "6", "0.25")[n % 5], f"QX{n % 9}", keys[0]) for n in range(150)
    ]
    held = sum(each.points for each in people)
    officers = [officer(keys[0], "80", str(held)), *(officer(key, "80", "50") for key in keys[1:])]
    split = fair_split(people, officers)
    assert max(shares(people, officers, split).values()) <= 1
    assert len(split.stays) > 60, "they stay while that overloads nobody"


# --- whatever the input ---------------------------------------------------------------------------


def shares(people, officers, split: Split) -> dict[UUID, Decimal]:
    """Points against capacity of each officer who can carry any, after the split."""
    of = {each.id: each for each in people}
    loads = {each.id: each.points for each in officers}
    for key, to in split.moves.items():
        if of[key].manager in loads:
            loads[of[key].manager] -= of[key].points
        loads[to] += of[key].points
    return {each.id: loads[each.id] / each.capacity for each in officers if each.capacity}


def dealt_out(people, officers, *, all_move: bool) -> Decimal:
    """How full the fullest officer is where people are dealt out in turn: the oracle."""
    able = sorted((each for each in officers if each.capacity), key=lambda each: each.id)
    may = {
        p.id: [
            each.id
            for each in able
            if each.id not in p.closed_to and not (all_move and each.id == p.manager)
        ]
        for p in people
    }
    loads = {each.id: each.points for each in able}
    dealt = [p for p in sorted(people, key=lambda p: p.id) if may[p.id]]
    for p in dealt:
        if p.manager in loads:
            loads[p.manager] -= p.points
    turns = itertools.cycle([each.id for each in able])
    for p in dealt:
        loads[next(key for key in turns if key in may[p.id])] += p.points
    return max((loads[each.id] / each.capacity for each in able), default=Decimal(0))


POINTS = st.sampled_from([Decimal(text) for text in ("0.25", "1", "1.25", "1.5", "3", "6", "8")])
KEYS = [UUID(int=number) for number in range(1, 6)]
AREAS = st.sampled_from(["", "QX1", "QX2", "QX3"])


@st.composite
def teams(draw) -> tuple[list[Person], list[Officer], bool]:
    """Some people, and some officers who hold at least those whose manager they are."""
    people = [
        Person(
            UUID(int=100 + number),
            draw(POINTS),
            draw(AREAS),
            draw(st.sampled_from([None, *KEYS])),
            frozenset(draw(st.sets(st.sampled_from(KEYS), max_size=3))),
        )
        for number in range(draw(st.integers(0, 12)))
    ]
    officers = []
    for key in draw(st.lists(st.sampled_from(KEYS), unique=True)):
        mine = [each for each in people if each.manager == key]
        others = draw(st.integers(0, 20))
        goes = frozenset(each.area for each in mine if each.area) | draw(st.frozensets(AREAS))
        capacity = draw(st.sampled_from([Decimal(text) for text in ("0", "0.5", "4", "10", "16")]))
        held = sum((each.points for each in mine), Decimal(others))
        officers.append(Officer(key, capacity, held, goes - {""}))
    return people, officers, draw(st.booleans())


@given(teams())
def test_everyone_is_given_to_somebody_who_may_have_them_or_named_as_impossible(team):
    people, officers, all_move = team
    split = fair_split(people, officers, all_move=all_move)
    named = [*split.moves, *split.stays, *split.impossible]
    assert sorted(named) == sorted(each.id for each in people)
    of = {each.id: each for each in people}
    able = {each.id for each in officers if each.capacity}
    for key, to in split.moves.items():
        assert to in able - of[key].closed_to
        assert to != of[key].manager
    for key in split.stays:
        assert not all_move
        assert of[key].manager in able - of[key].closed_to
    for key in split.impossible:
        left = {of[key].manager} if all_move else set()
        assert able <= of[key].closed_to | left


@given(teams())
def test_the_fullest_is_never_fuller_than_by_dealing_out_in_turn(team):
    people, officers, all_move = team
    split = fair_split(people, officers, all_move=all_move)
    fullest = max(shares(people, officers, split).values(), default=Decimal(0))
    assert max(fullest, 1) <= max(dealt_out(people, officers, all_move=all_move), 1)


@given(teams())
def test_nobody_moves_where_nobody_need(team):
    people, officers, _ = team
    able = {each.id: each for each in officers if each.capacity}
    at_home = all(
        each.manager in able and each.manager not in each.closed_to for each in people
    ) and all(each.points <= each.capacity for each in able.values())
    if at_home:
        assert fair_split(people, officers).moves == {}


@given(teams(), st.randoms(use_true_random=False))
def test_the_same_input_in_any_order_gives_the_same_split(team, random):
    people, officers, all_move = team
    once = fair_split(people, officers, all_move=all_move)
    random.shuffle(people)
    random.shuffle(officers)
    assert fair_split(people, officers, all_move=all_move) == once


@settings(max_examples=60)
@given(teams())
def test_nobody_can_be_moved_once_more_to_relieve_who_is_overloaded(team):
    people, officers, all_move = team
    split = fair_split(people, officers, all_move=all_move)
    after = shares(people, officers, split)
    capacity = {each.id: each.capacity for each in officers}
    now = {key: to for key, to in split.moves.items()}
    now |= {each.id: each.manager for each in people if each.id in split.stays}
    for each in people:
        if each.id not in now or after[now[each.id]] <= 1:
            continue
        have = now[each.id]
        for to in set(after) - each.closed_to - {have}:
            if all_move and to == each.manager:
                continue
            then = max(
                after[have] - each.points / capacity[have],
                after[to] + each.points / capacity[to],
                1,
            )
            assert then >= after[have]
