"""Visits by the interval of a plan: both sides of each boundary, with the reason on each row.

November 2026: Mondays are the 2nd, 9th, 16th, 23rd and 30th, and no day is a bank holiday.
"""

import pytest

from tests.rules.shipped import day
from tests.workflows.known import TODAY, due, facts, levels, modes, owes, plan, stay
from workflows.models import Kind

BEFORE = "2026-09-01"


def visit(known, today=TODAY):
    return due(known, Kind.HOME_VISIT, today)


@pytest.mark.parametrize(
    ("level", "every", "expected", "rule", "reason"),
    [
        ("medium", "14d", "2026-10-15", "visit.interval.rmp_override", "shorter, in days"),
        ("medium", "2m", "2026-12-01", "visit.interval.rmp_override", "shorter, in months"),
        ("medium", "6m", "2027-04-01", "visit.interval.rmp_override", "as the level has it"),
        ("medium", "9m", "2027-07-01", "visit.interval.rmp_override", "longer"),
        ("medium", "12m", "2027-10-01", "visit.interval.rmp_override", "the longest there is"),
        ("medium", "18m", "2027-10-01", "visit.longest.medium", "longer than there is"),
        ("medium", "", "2027-04-01", "visit.interval.medium", "it sets none: as the level has it"),
        ("very_high", "14d", "2026-10-15", "visit.interval.rmp_override", "very high, more often"),
        ("very_high", "2m", "2026-11-01", "visit.longest.very_high", "never less often"),
        ("not_assessed", "6m", "2027-01-01", "visit.longest.not_assessed", "for want of a level"),
    ],
)
def test_the_interval_of_the_standing_plan_counts_from_the_last_visit(
    level, every, expected, rule, reason
):
    known = facts(
        visited="2026-10-01",
        levels=levels(("2020-01-10", level)),
        plans=(plan(BEFORE, every, level=level),),
    )

    found = owes(known, Kind.HOME_VISIT)

    assert (found.due_on.isoformat(), found.rule) == (expected, rule), reason


def test_the_answer_says_which_plan_and_which_interval():
    known = facts(
        visited="2026-10-01",
        levels=levels(("2020-01-10", "medium")),
        plans=(plan(BEFORE, "14d"),),
    )

    assert owes(known, Kind.HOME_VISIT).inputs == (
        ("last_effective_visit", "2026-10-01"),
        ("plan", "2026-09-01"),
        ("interval", "14d"),
    )


@pytest.mark.parametrize(
    ("visited", "every", "expected", "reason"),
    [
        ("2028-02-29", "12m", "2029-02-28", "a year from 29 February"),
        ("2028-01-31", "1m", "2028-02-29", "a month into a leap February"),
        ("2026-01-31", "1m", "2026-02-28", "a month into February"),
        ("2028-02-15", "14d", "2028-02-29", "29 February is a day"),
    ],
)
def test_months_end_where_a_month_is_shorter(visited, every, expected, reason):
    known = facts(
        visited=visited,
        levels=levels(("2020-01-10", "medium")),
        plans=(plan("2025-01-10", every, level="medium"),),
    )

    assert visit(known, day("2028-03-01")) == expected, reason


@pytest.mark.parametrize(
    ("visited", "every", "agreed_on", "expected", "reason"),
    [
        # Shorter: as a raised level.
        ("2026-10-01", "2m", "2026-11-02", "2026-12-01", "last visit + new interval"),
        ("2026-10-01", "14d", "2026-11-02", "2026-11-09", "agreed + 5 working days"),
        ("2026-10-27", "14d", "2026-11-02", "2026-11-10", "the later of the two"),
        ("2026-10-26", "14d", "2026-11-02", "2026-11-09", "the two are one day"),
        ("2026-05-05", "1m", "2026-11-02", "2026-11-05", "never later than it was"),
        ("2026-04-01", "1m", "2026-11-02", "2026-10-01", "what is overdue stays so"),
        ("2026-10-01", "14d", "2026-12-23", "2027-01-04", "over Christmas and New Year"),
        # Longer: as a lowered level.
        ("2026-10-01", "12m", "2026-11-02", "2027-10-01", "last visit + new interval"),
        ("2026-05-02", "12m", "2026-11-02", "2027-05-02", "agreed on the due date"),
        ("2026-05-01", "12m", "2026-11-02", "2026-11-01", "agreed a day overdue: kept"),
        # The same.
        ("2026-10-01", "6m", "2026-11-02", "2027-04-01", "as the level has it"),
        # On the day of a visit it stands already.
        ("2026-11-02", "14d", "2026-11-02", "2026-11-16", "agreed on the day of the visit"),
    ],
)
def test_a_plan_moves_the_date_from_the_day_on_which_it_is_agreed(
    visited, every, agreed_on, expected, reason
):
    known = facts(
        visited=visited,
        levels=levels(("2020-01-10", "medium")),
        plans=(plan(agreed_on, every, level="medium"),),
    )

    assert visit(known, day("2026-12-31")) == expected, reason


@pytest.mark.parametrize(
    ("first", "second", "expected", "reason"),
    [
        ("14d", "", "2027-04-01", "the next plan leaves it to the level again"),
        ("14d", "2m", "2026-12-01", "the next plan sets a longer one"),
        ("12m", "2m", "2026-12-01", "the next plan sets a shorter one"),
        ("12m", "", "2027-04-01", "the next plan goes back to the level"),
    ],
)
def test_the_next_plan_takes_the_place_of_the_first(first, second, expected, reason):
    known = facts(
        visited="2026-10-01",
        levels=levels(("2020-01-10", "medium")),
        plans=(
            plan(BEFORE, first, level="medium"),
            plan("2026-10-05", second, level="medium"),
        ),
    )

    assert visit(known) == expected, reason


@pytest.mark.parametrize(
    ("every", "decided", "expected", "rule", "reason"),
    [
        (
            "12m",
            [("2026-11-02", "high")],
            "2027-01-01",
            "visit.interval.high",
            "raised: a longer interval ends, and the level's counts",
        ),
        (
            "12m",
            [("2026-11-02", "high"), ("2026-11-04", "medium")],
            "2027-04-01",
            "visit.interval.medium",
            "lowered again: it does not come back before the next plan",
        ),
        (
            "12m",
            [("2026-11-02", "very_high")],
            "2026-11-09",
            "visit.after_level_raised",
            "raised: five working days at least",
        ),
        (
            "2m",
            [("2026-11-02", "high")],
            "2026-12-01",
            "visit.interval.rmp_override",
            "raised: the plan's is still the shorter",
        ),
        (
            "14d",
            [("2026-11-02", "low")],
            "2026-10-15",
            "visit.interval.rmp_override",
            "lowered: the plan's stands until the plan is reviewed",
        ),
        (
            "12m",
            [("2026-10-05", "low"), ("2026-11-02", "medium")],
            "2027-04-01",
            "visit.interval.medium",
            "lowered, then raised: a raise ends a longer interval, to whatever level",
        ),
    ],
)
def test_a_later_level_and_the_interval_of_a_plan(every, decided, expected, rule, reason):
    known = facts(
        visited="2026-10-01",
        levels=levels(("2020-01-10", "medium"), *decided),
        plans=(plan(BEFORE, every, level="medium"),),
    )

    found = owes(known, Kind.HOME_VISIT)

    assert (found.due_on.isoformat(), found.rule) == (expected, rule), reason


@pytest.mark.parametrize(
    ("plan_level", "decided_on", "level", "expected", "reason"),
    [
        ("high", "2026-11-02", "high", "2027-04-01", "raised that day, then agreed for high"),
        ("medium", "2026-11-02", "high", "2027-01-01", "agreed for medium, then raised that day"),
        ("medium", "2026-10-30", "high", "2027-01-01", "raised before, but entered afterwards"),
        ("medium", "2026-09-30", "high", "2027-01-01", "raised before the visit, entered after"),
    ],
)
def test_a_plan_lengthens_only_for_the_level_for_which_it_was_made(
    plan_level, decided_on, level, expected, reason
):
    known = facts(
        visited="2026-10-01",
        levels=levels(("2020-01-10", "medium"), (decided_on, level)),
        plans=(plan("2026-11-02", "6m", level=plan_level),),
    )

    assert visit(known) == expected, reason


@pytest.mark.parametrize(
    ("raised_on", "expected", "reason"),
    [
        ("2026-09-15", "2027-01-01", "raised between the plan and the visit"),
        ("2026-08-31", "2027-04-01", "raised before the plan, which was made for high"),
    ],
)
def test_a_raise_before_the_last_visit_still_counts(raised_on, expected, reason):
    known = facts(
        visited="2026-10-01",
        levels=levels(("2020-01-10", "medium"), (raised_on, "high")),
        plans=(plan(BEFORE, "6m", level="high" if raised_on < BEFORE else "medium"),),
    )

    assert visit(known) == expected, reason


@pytest.mark.parametrize(
    ("more", "expected", "reason"),
    [
        (
            {"stays": (stay("custody", "2026-09-05", "2026-11-02"),)},
            "2026-11-23",
            "a long stay: 15 working days after the release, whatever the plan",
        ),
        (
            {"modes": modes(("2026-09-05", "reactive"), ("2026-11-02", "active"))},
            "2026-11-16",
            "managed actively again: 10 working days",
        ),
    ],
)
def test_a_longer_plan_does_not_put_off_what_a_return_asks_for(more, expected, reason):
    known = facts(
        visited="2026-08-20",
        levels=levels(("2020-01-10", "medium")),
        plans=(plan("2026-11-03", "12m", level="medium"),),
        **more,
    )

    assert visit(known) == expected, reason


def test_a_person_never_visited_is_visited_first_whatever_the_plan():
    known = facts(relevant_date="2026-11-02", plans=(plan("2026-11-03", "12m"),))

    assert visit(known) == "2026-11-23"
    assert owes(known, Kind.HOME_VISIT).rule == "visit.initial"
