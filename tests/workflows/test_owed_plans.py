"""The clock of the plan review: both sides of each boundary, with the reason on each row.

November 2026: Mondays are the 2nd, 9th, 16th, 23rd and 30th, and no day is a bank holiday.
"""

import pytest

from tests.rules.shipped import day
from tests.workflows.known import TODAY, due, endorsed, facts, levels, modes, owes, plan, stay
from workflows.models import Kind
from workflows.obligations import Facts

LEVELS = {
    "very_high": ("2026-11-01", "a month"),
    "high": ("2027-01-01", "three months"),
    "not_assessed": ("2027-01-01", "a missing level counts as high"),
    "medium": ("2027-04-01", "six months"),
    "low": ("2027-10-01", "a year"),
}


def review(known: Facts, today=TODAY) -> str | None:
    return due(known, Kind.PLAN_REVIEW, today)


@pytest.mark.parametrize(
    ("more", "is_owed", "reason"),
    [
        ({}, False, "neither an assessment of ours nor a plan"),
        ({"assessed": "2026-11-02"}, False, "an assessment that we took over asks for none"),
        ({"assessments": endorsed("2026-11-02")}, True, "an assessment endorsed here"),
        ({"plans": (plan("2026-11-02"),)}, True, "a plan in force"),
        (
            {"plans": (plan("2026-11-02"),), "modes": modes(("2026-11-03", "reactive"))},
            True,
            "reactively managed, and still reviewed",
        ),
        (
            {"plans": (plan("2026-11-02"),), "stays": (stay("custody", "2026-11-03"),)},
            False,
            "in custody",
        ),
        (
            {"plans": (plan("2026-11-02"),), "stays": (stay("hospital", "2026-11-03"),)},
            False,
            "detained in hospital",
        ),
        (
            {"plans": (plan("2026-11-02"),), "stays": (stay("abroad", "2026-11-03"),)},
            False,
            "abroad",
        ),
        (
            {"plans": (plan("2026-11-02"),), "stays": (stay("missing", "2026-11-03"),)},
            False,
            "missing",
        ),
        ({"plans": (plan("2026-11-02"),), "ended": "2026-11-20"}, False, "registration ended"),
    ],
)
def test_who_owes_a_review_of_the_plan(more, is_owed, reason):
    assert (review(facts(**more)) is not None) is is_owed, reason


@pytest.mark.parametrize(("level", "expected"), LEVELS.items())
def test_the_review_runs_from_when_the_last_plan_was_handed_in(level, expected):
    on, reason = expected
    known = facts(
        plans=(plan("2026-10-12", submitted="2026-10-01"),), levels=levels(("2020-01-10", level))
    )

    assert review(known) == on, reason


@pytest.mark.parametrize(
    ("submitted", "level", "expected", "reason"),
    [
        ("2028-02-29", "low", "2029-02-28", "a year from 29 February"),
        ("2027-11-30", "high", "2028-02-29", "three months into a leap February"),
        ("2026-01-31", "very_high", "2026-02-28", "a month into February"),
    ],
)
def test_the_review_ends_on_the_last_day_of_a_shorter_month(submitted, level, expected, reason):
    known = facts(plans=(plan(submitted),), levels=levels(("2020-01-10", level)))

    assert review(known, day("2028-12-01")) == expected, reason


@pytest.mark.parametrize(
    ("assessments", "plans", "expected", "rule", "reason"),
    [
        (
            endorsed("2026-11-02"),
            (),
            "2026-11-09",
            "rmp.after_assessment",
            "no plan yet: five working days",
        ),
        (
            endorsed("2026-12-23"),
            (),
            "2027-01-04",
            "rmp.after_assessment",
            "over Christmas and New Year: bank holidays do not count",
        ),
        (
            endorsed("2026-11-02", "2026-11-16"),
            (),
            "2026-11-09",
            "rmp.after_assessment",
            "a second one adds no time to the first",
        ),
        (
            endorsed("2026-11-02"),
            (plan("2026-11-04", assessment=1),),
            "2027-02-04",
            "rmp.review.not_assessed",
            "the plan was made in its light",
        ),
        (
            endorsed("2026-11-04"),
            (plan("2026-11-04", assessment=0),),
            "2026-11-11",
            "rmp.after_assessment",
            "endorsed on the day of the plan, but after it was handed in",
        ),
        (
            endorsed("2026-11-02", "2026-11-16"),
            (plan("2026-11-04", assessment=1),),
            "2026-11-23",
            "rmp.after_assessment",
            "one came after it",
        ),
        (
            endorsed("2026-11-16"),
            (plan("2026-08-01"),),
            "2026-11-01",
            "rmp.review.not_assessed",
            "overdue already: an assessment hides nothing",
        ),
    ],
)
def test_an_assessment_asks_for_the_plan_to_be_looked_at(
    assessments, plans, expected, rule, reason
):
    found = owes(facts(assessments=assessments, plans=plans), Kind.PLAN_REVIEW, day("2027-01-31"))

    assert (found.due_on.isoformat(), found.rule) == (expected, rule), reason


@pytest.mark.parametrize(
    ("submitted", "before", "after", "decided_on", "expected", "reason"),
    [
        ("2026-10-01", "low", "medium", "2026-11-02", "2027-04-01", "last + new interval"),
        ("2026-10-01", "low", "very_high", "2026-11-02", "2026-11-09", "decision + 5 working days"),
        ("2026-10-10", "low", "very_high", "2026-11-02", "2026-11-10", "the later of the two"),
        ("2026-08-05", "high", "very_high", "2026-11-02", "2026-11-05", "never later than it was"),
        ("2026-07-01", "high", "very_high", "2026-11-02", "2026-10-01", "what is overdue stays so"),
        ("2026-10-01", "high", "low", "2026-11-02", "2027-10-01", "lowered: last + new interval"),
        ("2026-08-02", "high", "low", "2026-11-02", "2027-08-02", "lowered on the due date"),
        ("2026-08-01", "high", "low", "2026-11-02", "2026-11-01", "lowered a day overdue: kept"),
        ("2026-10-01", "not_assessed", "high", "2026-11-02", "2027-01-01", "of one rank"),
        ("2026-11-02", "low", "high", "2026-11-02", "2027-02-02", "stood when it was handed in"),
    ],
)
def test_a_later_level_moves_the_review(  # noqa: PLR0917 - a table
    submitted, before, after, decided_on, expected, reason
):
    known = facts(
        plans=(plan(submitted),), levels=levels(("2020-01-10", before), (decided_on, after))
    )

    assert review(known) == expected, reason


@pytest.mark.parametrize(
    ("stays", "today", "expected", "reason"),
    [
        (
            [stay("custody", "2026-11-03", "2026-11-16")],
            "2026-11-23",
            "2026-11-02",
            "overdue the day before: it stays so",
        ),
        (
            [stay("custody", "2026-11-02", "2026-11-16")],
            "2026-11-23",
            "2026-12-07",
            "fell due on the first day away: 15 working days after the return",
        ),
        (
            [stay("custody", "2026-10-05", "2026-11-03")],
            "2026-11-23",
            "2026-11-24",
            "fell due on the last day away",
        ),
        (
            [stay("custody", "2026-10-05", "2026-11-02")],
            "2026-11-23",
            "2026-11-02",
            "due on the day of return, when the person is back",
        ),
        (
            [stay("missing", "2026-10-05", "2026-11-16")],
            "2026-11-23",
            "2026-12-07",
            "nobody knew where they were",
        ),
        (
            [stay("abroad", "2026-12-14", "2026-12-24")],
            "2027-01-31",
            "2026-11-02",
            "a later stay changes nothing",
        ),
        (
            [
                stay("missing", "2026-10-05", "2026-11-05"),
                stay("custody", "2026-11-05", "2026-12-23"),
            ],
            "2027-01-31",
            "2027-01-18",
            "found and arrested: one absence, counted from its end, over Christmas",
        ),
        (
            [
                stay("custody", "2026-10-05", "2026-11-05"),
                stay("custody", "2026-11-10", "2026-12-23"),
            ],
            "2027-01-31",
            "2027-01-18",
            "away again before the new day came",
        ),
        (
            [
                stay("custody", "2026-10-05", "2026-11-05"),
                stay("custody", "2026-11-27", "2026-12-23"),
            ],
            "2027-01-31",
            "2026-11-26",
            "overdue when they went away again",
        ),
    ],
)
def test_what_falls_due_while_away_is_due_after_the_return(stays, today, expected, reason):
    known = facts(
        plans=(plan("2026-08-02"),),
        levels=levels(("2020-01-10", "high")),
        stays=tuple(stays),
    )

    assert review(known, day(today)) == expected, reason


def test_a_level_raised_after_the_return_asks_sooner():
    known = facts(
        plans=(plan("2026-08-02"),),
        levels=levels(("2020-01-10", "high"), ("2026-11-17", "very_high")),
        stays=(stay("custody", "2026-10-05", "2026-11-16"),),
    )

    assert review(known) == "2026-11-24", "five working days, not fifteen after the return"


def test_a_level_lowered_while_what_fell_due_waits_for_the_return_gives_the_new_interval():
    known = facts(
        plans=(plan("2026-08-02"),),
        levels=levels(("2020-01-10", "high"), ("2026-11-10", "low")),
        stays=(stay("custody", "2026-10-05", "2026-11-16"),),
    )

    assert review(known) == "2027-08-02"
