"""What holds for any facts at all."""

import datetime as dt
import random
from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from offenders.models import ManagementLevel, ManagementMode, Status
from offenders.registration import Basis, HoldingOrder
from tests.workflows.known import TODAY, all_owed, kinds
from workflows.models import Kind
from workflows.obligations import (
    AssessmentEndorsed,
    Direction,
    Facts,
    LevelDecided,
    ModeDecided,
    PlanAgreed,
    ReleaseChecked,
    Stay,
)
from workflows.obligations.intervals import RANK

#: Months or days between visits, as plans set them; neither: as the level does.
INTERVALS = [(None, None), (None, 7), (None, 28), (1, None), (3, None), (9, None), (24, None)]
FIRST = TODAY - dt.timedelta(days=1200)
DAYS = st.integers(0, 1200).map(lambda n: FIRST + dt.timedelta(days=n))
DISPOSALS = st.sampled_from(["life_or_ipp_or_30m_plus", "caution", "any_other"])


def decided(make, what):
    pairs = st.lists(st.tuples(DAYS, st.sampled_from(what)), max_size=4)
    return pairs.map(lambda found: tuple(make(on, n, to) for n, (on, to) in enumerate(found)))


@st.composite
def lives(draw) -> tuple[Stay, ...]:
    """Status intervals without gaps or overlaps, up to an open one."""
    days = sorted(draw(st.sets(DAYS, min_size=1, max_size=5)))
    ends = [*days[1:], None]
    found = []
    for since, until in zip(days, ends, strict=True):
        status = draw(st.sampled_from(Status.values))
        free = status not in ("custody", "hospital")
        found.append(Stay(since, until, status, free and draw(st.booleans())))
    return tuple(found)


@st.composite
def plans(draw) -> tuple[PlanAgreed, ...]:
    """Plans in the order in which they came into force, some with an interval of their own."""
    found = []
    for n, on in enumerate(sorted(draw(st.lists(DAYS, max_size=3))), 1):
        waited = dt.timedelta(days=draw(st.integers(0, 10)))
        months, days = draw(st.sampled_from(INTERVALS))
        level = draw(st.sampled_from(ManagementLevel.values))
        light = draw(st.integers(0, 3))
        found.append(PlanAgreed(on, n, on - waited, level, light, months, days))
    return tuple(found)


people = st.builds(
    Facts,
    offender_id=st.just(1),
    force_id=st.just(1),
    date_of_birth=st.just(dt.date(1980, 1, 1)),
    known_on=DAYS,
    bases=st.lists(st.builds(Basis, DAYS, DISPOSALS), min_size=1, max_size=3).map(tuple),
    orders=st.lists(
        st.builds(HoldingOrder, DAYS, st.just("shpo"), st.none(), st.none()), max_size=1
    ).map(tuple),
    stays=lives(),
    levels=decided(LevelDecided, ManagementLevel.values),
    modes=decided(ModeDecided, ManagementMode.values),
    directions=st.lists(st.builds(Direction, DAYS, DAYS), max_size=2).map(tuple),
    release_checks=decided(ReleaseChecked, [None, TODAY, FIRST]),
    last_notified_on=st.none() | DAYS,
    last_visited_on=st.none() | DAYS,
    last_assessed_on=st.none() | DAYS,
    is_regularly_found=st.booleans(),
    assessments=st.lists(DAYS, max_size=3).map(
        lambda days: tuple(AssessmentEndorsed(on, n) for n, on in enumerate(sorted(days), 1))
    ),
    plans=plans(),
)


@given(people, st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(known: Facts, chance: random.Random):
    def shuffled(facts):
        return tuple(chance.sample(facts, len(facts)))

    other = replace(
        known,
        bases=shuffled(known.bases),
        stays=shuffled(known.stays),
        levels=shuffled(known.levels),
        modes=shuffled(known.modes),
        directions=shuffled(known.directions),
        release_checks=shuffled(known.release_checks),
        assessments=shuffled(known.assessments),
        plans=shuffled(known.plans),
    )

    assert all_owed(other) == all_owed(known)


@given(people)
def test_the_same_facts_give_the_same_answer(known: Facts):
    assert all_owed(known) == all_owed(replace(known))


@given(people, st.integers(0, 400))
def test_a_due_date_does_not_move_as_time_passes(known: Facts, later: int):
    """While the same is owed, it is due when it was: only facts move it."""
    before = {(item.kind, item.about): item.due_on for item in all_owed(known)}
    after = all_owed(known, TODAY + dt.timedelta(days=later))

    moved = [
        item
        for item in after
        if before.get((item.kind, item.about), item.due_on) != item.due_on
        and item.kind != Kind.RELEASE_PLANNING  # an expected release that passes is none
    ]
    assert moved == []


@given(people)
def test_each_thing_is_owed_at_most_once(known: Facts):
    keys = [(item.kind, item.about) for item in all_owed(known)]

    assert len(keys) == len(set(keys))


@given(people)
def test_whoever_is_managed_in_the_community_owes_something_on_each_count(known: Facts):
    """Nobody falls between two rules."""
    here = next((stay for stay in known.stays if stay.until is None), None)
    known = replace(known, orders=(HoldingOrder(FIRST, "shpo"),), modes=())
    assert here is not None
    found = kinds(known)
    if here.status == "community":
        assert {"home_visit", "risk_reassessment"} <= found
        assert ("initial_notification" in found) != ("periodic_notification" in found)
    if here.status in ("custody", "hospital"):
        assert found <= {"release_planning"}


@given(people)
def test_an_unrelated_fact_moves_no_due_date(known: Facts):
    """A look at release, or another officer's day of assessment, is nothing to a visit."""

    def visits(facts: Facts) -> list:
        return [item for item in all_owed(facts) if item.kind == Kind.HOME_VISIT]

    other = replace(known, release_checks=(), last_assessed_on=TODAY, last_notified_on=TODAY)

    assert visits(other) == visits(known)


@given(people)
def test_a_later_effective_visit_never_leaves_an_earlier_due_date_than_its_interval(known: Facts):
    visited = replace(known, last_visited_on=TODAY, directions=())

    assert all(item.due_on > TODAY for item in all_owed(visited) if item.kind == Kind.HOME_VISIT)


@given(people, DAYS)
def test_a_direction_never_puts_a_visit_off(known: Facts, visit_by: dt.date):
    def due(facts: Facts) -> list[dt.date]:
        return [item.due_on for item in all_owed(facts) if item.kind == Kind.HOME_VISIT]

    directed = replace(known, directions=(*known.directions, Direction(TODAY, visit_by)))

    assert due(directed) <= due(known)


@given(people)
def test_once_two_people_ended_it_nothing_is_owed(known: Facts):
    assert all_owed(replace(known, registration_ended_on=TODAY)) == []


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(people, st.sampled_from(INTERVALS))
def test_a_plan_agreed_today_never_puts_off_what_is_overdue(known: Facts, every):
    before = due_visits(known)
    assume(any(on < TODAY for on in before))
    level = max(known.levels).level if known.levels else "not_assessed"
    agreed = PlanAgreed(TODAY, 99, TODAY, level, 3, *every)

    assert due_visits(replace(known, plans=(*known.plans, agreed))) <= before


@given(people, st.sampled_from(INTERVALS))
def test_very_high_is_never_visited_less_often_than_its_level_asks(known: Facts, every):
    """Whatever a plan says, once the person was visited at that level."""
    at_level = replace(
        known, last_visited_on=TODAY, levels=(LevelDecided(FIRST, 0, "very_high"),), directions=()
    )
    plain = replace(at_level, plans=())
    planned = replace(at_level, plans=(PlanAgreed(FIRST, 1, FIRST, "very_high", 3, *every),))

    assert due_visits(planned) <= due_visits(plain)


@given(people, st.sampled_from(ManagementLevel.values))
def test_no_raise_leads_to_a_later_visit_whatever_the_plan(known: Facts, level: str):
    standing = max(known.levels).level if known.levels else "not_assessed"
    assume(RANK[level] > RANK[standing])
    raised = LevelDecided(TODAY, 99, level)

    after = due_visits(replace(known, levels=(*known.levels, raised)))

    assert after <= due_visits(known)


@given(people)
def test_a_plan_handed_in_today_leaves_no_review_overdue(known: Facts):
    newest = max((one.order for one in known.assessments), default=0)
    reviewed = PlanAgreed(TODAY, 99, TODAY, "low", newest)

    after = all_owed(replace(known, plans=(*known.plans, reviewed)))

    assert all(item.due_on > TODAY for item in after if item.kind == Kind.PLAN_REVIEW)


def due_visits(known: Facts) -> list[dt.date]:
    """When the home visit is due; empty where none is."""
    return [item.due_on for item in all_owed(known) if item.kind == Kind.HOME_VISIT]
