"""One life beside another that differs in one fact: how what is owed may differ, and how not."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from offenders.models import ManagementLevel
from offenders.registration import HoldingOrder
from tests.workflows.known import (
    TODAY,
    all_owed,
    day,
    due,
    endorsed,
    facts,
    kinds,
    levels,
    plan,
    stay,
)
from tests.workflows.test_owed_properties import DAYS, people
from workflows.models import Kind
from workflows.obligations import (
    ActionRaised,
    Changed,
    Direction,
    Facts,
    LevelDecided,
    ReactiveProposed,
    ReleaseChecked,
    SampleDrawn,
    Stay,
)

ONE_DAY = dt.timedelta(days=1)
TOMORROW = TODAY + ONE_DAY
NOTIFICATIONS = (
    Kind.INITIAL_NOTIFICATION,
    Kind.CHANGE_NOTIFICATION,
    Kind.PERIODIC_NOTIFICATION,
)


def owing(known: Facts, *of: Kind) -> dict[tuple[str, str], dt.date]:
    """What is due when, of these kinds, or of all."""
    wanted = of or tuple(Kind)
    return {(i.kind, i.about): i.due_on for i in all_owed(known) if i.kind in wanted}


# --- what completes a thing clears it -------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "clears"),
    [
        ({"last_visited_on": TODAY}, [Kind.HOME_VISIT]),
        ({"last_assessed_on": TODAY}, [Kind.RISK_REASSESSMENT]),
        ({"last_notified_on": TODAY}, NOTIFICATIONS),
    ],
    ids=["an effective visit", "an assessment that stands", "a notification"],
)
@given(known=people)
def test_the_contact_that_is_asked_for_always_clears_what_was_due(done, clears, known):
    """Done today, nothing of that kind is overdue or due today, whatever the life before."""
    after = owing(replace(known, **done), *clears)

    assert all(on > TODAY for on in after.values()), after
    assert not any(kind == Kind.INITIAL_NOTIFICATION for kind, _ in after if kind in clears)


@given(known=people, first=DAYS, later=DAYS)
def test_a_contact_on_a_later_day_never_leaves_less_time_than_an_earlier_one(known, first, later):
    """For the clocks that start with a contact and that nothing else moved since."""
    first, later = sorted([first, later])
    plain = replace(known, levels=(), modes=(), directions=(), stays=(), orders=(), plans=())

    for name, kind in (
        ("last_visited_on", Kind.HOME_VISIT),
        ("last_assessed_on", Kind.RISK_REASSESSMENT),
        ("last_notified_on", Kind.PERIODIC_NOTIFICATION),
    ):
        before = owing(replace(plain, **{name: first}), kind)
        after = owing(replace(plain, **{name: later}), kind)
        assert before.keys() == after.keys()
        assert all(after[key] >= before[key] for key in before)


# --- what is nothing to it moves nothing ----------------------------------------------------------


#: What goes by the management level.
BY_LEVEL = {Kind.HOME_VISIT, Kind.PLAN_REVIEW, Kind.SUPERVISOR_REVIEW}


@pytest.mark.parametrize(
    ("more", "moves"),
    [
        ({"last_visited_on": TODAY}, {Kind.HOME_VISIT}),
        ({"last_assessed_on": TODAY}, {Kind.RISK_REASSESSMENT}),
        ({"last_notified_on": TODAY}, set(NOTIFICATIONS)),
        ({"levels": levels(("2026-01-10", "very_high"))}, BY_LEVEL),
        ({"levels": ()}, BY_LEVEL),
        ({"directions": (Direction(TODAY, TODAY),)}, {Kind.HOME_VISIT}),
        ({"release_checks": (ReleaseChecked(TODAY, 0, None),)}, {Kind.RELEASE_PLANNING}),
        ({"plans": (plan("2026-01-10", "14d"),)}, {Kind.HOME_VISIT, Kind.PLAN_REVIEW}),
        ({"assessments": endorsed("2026-11-20")}, {Kind.PLAN_REVIEW}),
        ({"is_regularly_found": True}, {Kind.PERIODIC_NOTIFICATION}),
        ({"case_actions": (ActionRaised(TODAY, 1, TODAY),)}, {Kind.CASE_ACTION}),
        ({"samples": (SampleDrawn(TODAY, 1),)}, {Kind.DIP_SAMPLE}),
        ({"changes": (Changed(TODAY, "arrest"),)}, {Kind.RISK_REASSESSMENT}),
        ({"last_reviewed_on": TODAY}, {Kind.SUPERVISOR_REVIEW}),
        ({"reactive_proposals": (ReactiveProposed(TODAY, 1),)}, {Kind.REACTIVE_PROPOSAL}),
        ({"last_reactive_review_on": TODAY}, {Kind.REACTIVE_REVIEW}),
        ({"offender_id": 2, "force_id": 2}, set()),
    ],
    ids=lambda given: ", ".join(given) if isinstance(given, dict) else "",
)
@given(known=people)
def test_a_fact_moves_no_due_date_but_those_it_is_about(more, moves, known):
    rest = [kind for kind in Kind if kind not in moves]

    assert owing(replace(known, **more), *rest) == owing(known, *rest)


@given(known=people, made_on=DAYS)
def test_an_order_that_ended_before_the_period_is_nothing_to_anyone(known, made_on):
    """It holds nobody: what ends when, and what is owed, is as without it."""
    ended = HoldingOrder(made_on, "shpo", ends_on=made_on)
    first = min(basis.relevant_date for basis in known.bases)
    assume(made_on < first)

    assert owing(replace(known, orders=(*known.orders, ended))) == owing(known)


# --- the earliest counts --------------------------------------------------------------------------


@given(known=people, days=st.lists(DAYS, min_size=1, max_size=3))
def test_of_many_directions_the_earliest_is_the_one_that_is_shown(known, days):
    one_by_one = [
        owing(replace(known, directions=(Direction(TODAY, on),)), Kind.HOME_VISIT) for on in days
    ]
    together = replace(known, directions=tuple(Direction(TODAY, on) for on in days))

    assert owing(together, Kind.HOME_VISIT) == min(one_by_one, key=lambda found: [*found.values()])


@given(level=st.sampled_from(ManagementLevel.values), known=people)
def test_a_level_decided_today_never_puts_off_what_is_overdue(level, known):
    before = owing(known, Kind.HOME_VISIT)
    assume(any(on < TODAY for on in before.values()))
    decided = LevelDecided(TODAY, 99, level)

    after = owing(replace(known, levels=(*known.levels, decided)), Kind.HOME_VISIT)

    assert all(after[key] <= before[key] for key in before)


@pytest.mark.parametrize(
    ("releases", "expected", "reason"),
    [
        (("2026-03-02",), "2026-03-04", "three days beginning with release"),
        (("2026-03-02", "2026-06-01"), "2026-03-04", "never notified: the first still counts"),
        (("2026-03-02", "2026-03-04"), "2026-03-05", "back inside on the third day, which waits"),
    ],
)
def test_a_later_release_adds_no_time_to_one_that_was_never_notified(releases, expected, reason):
    """Away for a day before each: the days outside are added up (s.84(5))."""
    stays = []
    since = "2026-02-01"
    for on in releases:
        went_in = day(on) - ONE_DAY
        if str(went_in) > since:
            stays.append(stay("community", since, str(went_in)))
        stays.append(stay("custody", max(since, str(went_in)), on))
        since = on
    stays.append(stay("community", since))
    known = facts(notified="2026-01-15", stays=tuple(stays))

    assert due(known, Kind.CHANGE_NOTIFICATION) == expected, reason


# --- a stay away excludes exactly its days --------------------------------------------------------


@pytest.mark.parametrize("status", ["custody", "hospital", "abroad", "missing"])
@pytest.mark.parametrize(
    ("today", "is_owed", "reason"),
    [
        ("2026-10-04", True, "the day before"),
        ("2026-10-05", False, "the first day"),
        ("2026-10-31", False, "the last day"),
        ("2026-11-01", True, "the day of return is the first that counts"),
    ],
)
def test_a_visit_is_not_owed_on_the_days_of_a_stay_and_on_no_others(status, today, is_owed, reason):
    away = stay(status, "2026-10-05", "2026-11-01")
    stays = (stay("community", "2020-01-10", "2026-10-05"), away, stay("community", "2026-11-01"))
    known = facts(visited="2026-08-01", notified="2026-08-01", stays=stays)

    assert ("home_visit" in kinds(known, day(today))) is is_owed, reason


@given(since=DAYS, length=st.integers(1, 60), gap=st.integers(0, 5))
def test_the_first_three_days_leave_out_exactly_the_days_of_a_stay(since, length, gap):
    """Convicted `gap` days before custody: three days outside are counted, and the last is due."""
    convicted, until = since - gap * ONE_DAY, since + length * ONE_DAY
    known = facts(
        relevant_date=str(convicted),
        stays=(stay("custody", str(since), str(until)), stay("community", str(until))),
    )
    outside = [
        on
        for on in (convicted + n * ONE_DAY for n in range(gap + length + 3))
        if not since <= on < until
    ]

    [item] = [i for i in all_owed(known, until + 90 * ONE_DAY) if i.kind == "initial_notification"]
    assert item.due_on == outside[2]


@given(known=people)
def test_an_interval_split_in_two_is_the_same_interval(known):
    """Custody recorded as one stay, or as two that touch (moved to another prison)."""

    def split(spent: Stay) -> list[Stay]:
        length = ((spent.until or TODAY) - spent.since).days
        if spent.status not in ("custody", "hospital", "abroad") or length < 2:
            return [spent]
        half = spent.since + (length // 2) * ONE_DAY
        return [
            spent._replace(until=half),
            spent._replace(since=half, began_with_release=False),
        ]

    parted = replace(known, stays=tuple(part for spent in known.stays for part in split(spent)))
    rest = [kind for kind in Kind if kind != Kind.RELEASE_PLANNING]

    assert owing(parted, *rest) == owing(known, *rest)
