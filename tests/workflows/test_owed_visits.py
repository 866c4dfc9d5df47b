"""The clock of the home visit: both sides of each boundary, with the reason on each row.

November 2026: Mondays are the 2nd, 9th, 16th, 23rd and 30th, and no day is a bank holiday.
"""

import pytest

from tests.rules.shipped import day
from tests.workflows.known import (
    TODAY,
    direction,
    due,
    facts,
    levels,
    modes,
    owes,
    released,
    stay,
)
from workflows.models import Kind


def visit(known, today=TODAY):
    return due(known, Kind.HOME_VISIT, today)


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("very_high", "2026-11-01"),
        ("high", "2027-01-01"),
        ("medium", "2027-04-01"),
        ("low", "2027-10-01"),
        ("not_assessed", "2027-01-01"),
    ],
)
def test_the_interval_runs_from_the_last_effective_visit(level, expected):
    assert visit(facts(visited="2026-10-01", levels=levels(("2020-01-10", level)))) == expected


def test_the_interval_ends_on_the_last_day_of_a_shorter_month():
    assert (
        visit(facts(visited="2026-08-31", levels=levels(("2020-01-10", "medium")))) == "2027-02-28"
    )


def test_without_any_level_it_counts_as_not_assessed():
    found = owes(facts(visited="2026-10-01"), Kind.HOME_VISIT)

    assert found.rule == "visit.interval.not_assessed"
    assert found.inputs == (("last_effective_visit", "2026-10-01"), ("level", "not_assessed"))


@pytest.mark.parametrize(
    ("decided_on", "reason"),
    [
        ("2026-09-30", "before the visit"),
        ("2026-10-01", "on the day of the visit"),
        ("2026-10-02", "the first level ever, though later"),
        ("2026-11-23", "an imported level of today"),
    ],
)
def test_the_first_level_gives_the_interval_from_the_visit(decided_on, reason):
    known = facts(visited="2026-10-01", levels=levels((decided_on, "low")))

    assert visit(known) == "2027-10-01", reason


@pytest.mark.parametrize(
    ("origin", "decided_on", "expected", "reason"),
    [
        ("imported", "2026-11-23", "2027-06-01", "stood before we took it over"),
        ("decided", "2026-09-01", "2027-06-01", "on the day it was due as not assessed"),
        ("decided", "2026-09-02", "2026-09-01", "a day overdue: no decision hides that"),
    ],
)
def test_a_first_level_does_not_hide_a_visit_that_was_overdue(origin, decided_on, expected, reason):
    known = facts(visited="2026-06-01", levels=levels((decided_on, "low"), origin=origin))

    assert visit(known) == expected, reason


@pytest.mark.parametrize(
    ("visited", "before", "after", "decided_on", "expected", "reason"),
    [
        ("2026-10-01", "low", "medium", "2026-11-02", "2027-04-01", "visit + new interval"),
        ("2026-10-01", "low", "very_high", "2026-11-02", "2026-11-09", "decision + 5 working days"),
        ("2026-10-10", "low", "very_high", "2026-11-02", "2026-11-10", "the later of the two"),
        ("2026-08-05", "high", "very_high", "2026-11-02", "2026-11-05", "never later than it was"),
        ("2026-07-01", "high", "very_high", "2026-11-02", "2026-10-01", "what is overdue stays so"),
        ("2026-10-01", "high", "low", "2026-11-02", "2027-10-01", "lowered: visit + new interval"),
        ("2026-08-02", "high", "low", "2026-11-02", "2027-08-02", "lowered on the due date"),
        ("2026-08-01", "high", "low", "2026-11-02", "2026-11-01", "lowered a day overdue: kept"),
        ("2026-10-01", "not_assessed", "very_high", "2026-10-02", "2026-11-01", "raised from none"),
        ("2026-10-01", "not_assessed", "medium", "2026-10-02", "2027-04-01", "lowered from none"),
        ("2026-10-01", "medium", "not_assessed", "2026-11-02", "2027-01-01", "raised to none"),
        ("2026-10-01", "not_assessed", "high", "2026-11-02", "2027-01-01", "of one rank"),
    ],
)
def test_a_later_level_moves_the_date(  # noqa: PLR0917 - a table
    visited, before, after, decided_on, expected, reason
):
    known = facts(visited=visited, levels=levels(("2020-01-10", before), (decided_on, after)))

    assert visit(known) == expected, reason


def test_a_level_raised_and_lowered_again_leaves_no_trace():
    known = facts(
        visited="2026-10-01",
        levels=levels(("2020-01-10", "low"), ("2026-11-02", "high"), ("2026-11-03", "low")),
    )

    assert visit(known) == "2027-10-01"


def test_of_two_decisions_of_one_day_the_later_entry_stands():
    known = facts(
        visited="2026-10-01",
        levels=levels(("2020-01-10", "low"), ("2026-11-02", "low"), ("2026-11-02", "medium")),
    )

    assert visit(known) == "2027-04-01"


@pytest.mark.parametrize(
    ("stays", "expected", "rule", "reason"),
    [
        (
            [stay("custody", "2026-10-05", "2026-11-02")],
            "2026-11-23",
            "visit.after_release",
            "28 days: the clock starts again",
        ),
        (
            [stay("custody", "2026-10-06", "2026-11-02")],
            "2026-11-20",
            "visit.interval.high",
            "27 days: the earlier, last visit + interval",
        ),
        (
            [stay("custody", "2026-10-06", "2026-10-30")],
            "2026-11-20",
            "visit.after_release",
            "24 days: the earlier, release + 15 working days (and of two rules the first)",
        ),
        (
            [stay("hospital", "2026-10-05", "2026-11-02")],
            "2026-11-23",
            "visit.after_release",
            "detained in hospital",
        ),
        (
            [stay("abroad", "2026-10-05", "2026-11-02")],
            "2026-11-23",
            "visit.after_release",
            "away for 28 days",
        ),
        (
            [
                stay("custody", "2026-10-05", "2026-10-20"),
                stay("hospital", "2026-10-20", "2026-11-02"),
            ],
            "2026-11-23",
            "visit.after_release",
            "two stays that touch are one of 28 days",
        ),
        (
            [
                stay("custody", "2026-10-05", "2026-10-20"),
                stay("custody", "2026-10-21", "2026-11-02"),
            ],
            "2026-11-10",
            "visit.after_release",
            "a day out between them: two short stays, the first asks earliest",
        ),
        ([released("2026-11-02")], "2026-11-23", "visit.after_release", "of unknown length"),
        (
            [released("2026-08-20")],
            "2026-11-20",
            "visit.interval.high",
            "visited on the day of release",
        ),
        (
            [stay("custody", "2026-01-05", "2026-08-19")],
            "2026-11-20",
            "visit.interval.high",
            "visited since",
        ),
    ],
)
def test_a_return_asks_for_a_visit(stays, expected, rule, reason):
    known = facts(visited="2026-08-20", levels=levels(("2020-01-10", "high")), stays=tuple(stays))

    found = owes(known, Kind.HOME_VISIT)

    assert (found.due_on.isoformat(), found.rule) == (expected, rule), reason


@pytest.mark.parametrize(
    ("until", "expected", "reason"),
    [
        ("2026-11-05", "2026-11-01", "short: what was overdue stays overdue"),
        ("2026-11-30", "2026-12-21", "long: what was overdue is dropped"),
    ],
)
def test_what_was_overdue_before_a_stay(until, expected, reason):
    known = facts(
        visited="2026-08-01",
        levels=levels(("2020-01-10", "high")),
        stays=(stay("custody", "2026-11-02", until),),
    )

    assert visit(known, day("2026-12-01")) == expected, reason


def test_a_level_lowered_after_a_long_stay_does_not_put_off_the_visit_after_release():
    known = facts(
        visited="2026-08-20",
        levels=levels(("2020-01-10", "high"), ("2026-11-04", "low")),
        stays=(stay("custody", "2026-10-05", "2026-11-02"),),
    )

    assert visit(known) == "2026-11-23"


@pytest.mark.parametrize(
    ("more", "expected", "reason"),
    [
        (
            {"stays": (stay("custody", "2026-02-01", "2026-11-02"),)},
            "2026-11-23",
            "released after a long stay",
        ),
        (
            {"modes": modes(("2026-02-01", "reactive"), ("2026-11-02", "active"))},
            "2026-11-16",
            "managed actively again",
        ),
    ],
)
def test_a_level_raised_and_lowered_again_does_not_bring_back_a_clock_that_has_stopped(
    more, expected, reason
):
    known = facts(
        visited="2026-01-10",
        levels=levels(("2020-01-10", "medium"), ("2026-11-05", "high"), ("2026-11-09", "medium")),
        **more,
    )

    assert visit(known) == expected, reason


@pytest.mark.parametrize(
    ("relevant_date", "stays", "expected", "reason"),
    [
        ("2026-11-02", (), "2026-11-23", "15 working days after the relevant date"),
        ("2026-01-10", (released("2026-11-02"),), "2026-11-23", "after release"),
        ("2026-11-02", (released("2026-10-01"),), "2026-11-23", "released before it"),
        (
            "2026-01-10",
            (stay("custody", "2026-10-30", "2026-11-02"),),
            "2026-01-30",
            "a short stay starts nothing again: what was overdue stays so",
        ),
        (
            "2026-10-31",
            (stay("custody", "2026-10-30", "2026-11-02"),),
            "2026-11-23",
            "convicted in custody, however short: after the release",
        ),
        (
            "2026-10-09",
            (stay("custody", "2026-10-10", "2026-11-06"),),
            "2026-10-30",
            "27 days: the day stands",
        ),
        (
            "2026-10-09",
            (stay("custody", "2026-10-10", "2026-11-07"),),
            "2026-11-27",
            "28 days: after release",
        ),
        (
            "2026-01-10",
            (stay("abroad", "2026-10-05", "2026-11-02"),),
            "2026-11-23",
            "after 28 days abroad",
        ),
        (
            "2026-11-02",
            (stay("abroad", "2026-11-03", "2026-11-23"),),
            "2026-11-23",
            "20 days abroad change nothing",
        ),
    ],
)
def test_a_person_never_visited(relevant_date, stays, expected, reason):
    known = facts(relevant_date=relevant_date, stays=stays)

    assert visit(known) == expected, reason
    assert owes(known, Kind.HOME_VISIT).rule == "visit.initial"


@pytest.mark.parametrize(
    ("visited", "stays", "expected", "reason"),
    [
        (
            "2026-10-01",
            (stay("missing", "2026-10-10", "2026-11-23"),),
            "2026-11-24",
            "within a day of being located",
        ),
        (
            "2026-11-20",
            (stay("missing", "2026-10-10", "2026-11-20"),),
            "2027-02-20",
            "visited on that day",
        ),
        (
            "2026-07-01",
            (stay("missing", "2026-10-10", "2026-11-23"),),
            "2026-10-01",
            "what was overdue stays overdue",
        ),
        (
            "2026-10-01",
            (
                stay("missing", "2026-10-10", "2026-10-20"),
                stay("custody", "2026-10-20", "2026-11-02"),
            ),
            "2026-11-23",
            "located into custody: a visit after release",
        ),
        (None, (stay("missing", "2026-11-10", "2026-11-20"),), "2026-11-21", "never visited"),
    ],
)
def test_a_person_who_was_missing(visited, stays, expected, reason):
    known = facts(
        relevant_date="2026-01-10" if visited else "2026-11-09",
        visited=visited,
        levels=levels(("2020-01-10", "high")),
        stays=stays,
    )

    assert visit(known) == expected, reason


@pytest.mark.parametrize(
    ("given_on", "visit_by", "expected", "reason"),
    [
        ("2026-11-02", "2026-11-10", "2026-11-10", "brought forward"),
        ("2026-11-02", "2027-01-02", "2027-01-01", "never put off"),
        ("2026-10-01", "2026-11-10", "2027-01-01", "given on the day of the visit"),
        ("2026-09-30", "2026-11-10", "2027-01-01", "done by the visit"),
    ],
)
def test_a_direction_brings_the_visit_forward(given_on, visit_by, expected, reason):
    known = facts(
        visited="2026-10-01",
        levels=levels(("2020-01-10", "high")),
        directions=(direction(given_on, visit_by),),
    )

    assert visit(known) == expected, reason


@pytest.mark.parametrize(
    ("more", "expected", "reason"),
    [
        (
            {"stays": (stay("custody", "2026-09-05", "2026-11-20"),)},
            "2026-12-11",
            "76 days away: 15 working days after release",
        ),
        (
            {"stays": (stay("custody", "2026-09-05", "2026-09-20"),)},
            "2026-09-10",
            "a short stay: it stands",
        ),
        (
            {"modes": modes(("2026-09-05", "reactive"), ("2026-11-20", "active"))},
            "2026-12-04",
            "active again: 10 working days",
        ),
    ],
)
def test_a_direction_ends_with_a_long_stay_or_a_return_to_active_management(more, expected, reason):
    given = direction("2026-09-01", "2026-09-10")
    known = facts(
        visited="2026-08-20", levels=levels(("2020-01-10", "low")), directions=(given,), **more
    )

    assert visit(known) == expected, reason


@pytest.mark.parametrize(
    ("given_on", "expected", "reason"),
    [
        ("2026-11-01", "2026-11-23", "given before the day from which it is counted"),
        ("2026-11-02", "2026-11-10", "given that day"),
        ("2026-11-03", "2026-11-10", "given later"),
    ],
)
def test_a_direction_for_a_person_never_visited(given_on, expected, reason):
    known = facts(
        relevant_date="2026-01-10",
        stays=(released("2026-11-02"),),
        directions=(direction(given_on, "2026-11-10"),),
    )

    assert visit(known) == expected, reason


@pytest.mark.parametrize(
    ("visited", "expected", "reason"),
    [
        ("2024-01-10", "2026-11-16", "what fell meanwhile: 10 working days from the decision"),
        ("2025-11-02", "2026-11-16", "fell due on the day of the decision"),
        ("2025-11-03", "2026-11-03", "fell due the day after: the earlier of the two"),
        ("2025-11-15", "2026-11-15", "due before the ten days are over"),
        ("2025-12-10", "2026-11-16", "due later: brought forward"),
        ("2026-11-03", "2027-11-03", "visited since"),
    ],
)
def test_a_return_to_active_management(visited, expected, reason):
    known = facts(
        visited=visited,
        levels=levels(("2020-01-10", "low")),
        modes=modes(("2023-01-10", "reactive"), ("2026-11-02", "active")),
    )

    assert visit(known) == expected, reason


def test_the_first_decision_to_manage_actively_is_no_return():
    known = facts(
        visited="2026-10-01",
        levels=levels(("2020-01-10", "low")),
        modes=modes(("2026-11-02", "active"), ("2026-11-03", "active")),
    )

    assert visit(known) == "2027-10-01"
