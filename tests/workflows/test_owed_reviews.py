"""When a supervisor looks at a case, by tables: both sides of each boundary, the reason on each."""

import datetime as dt

import pytest

from tests.rules.shipped import day
from tests.workflows.known import TODAY, due, facts, kinds, levels, modes, owes, stay
from workflows.models import Kind
from workflows.obligations import SampleDrawn

REVIEW = Kind.SUPERVISOR_REVIEW


@pytest.mark.parametrize(
    ("reviewed", "known", "decided", "expected", "reason"),
    [
        ("2026-08-31", "2020-01-10", (), "2027-02-28", "six months; no 31 February"),
        ("2026-09-10", "2020-01-10", (("2020-01-10", "low"),), "2027-03-10", "low: six months"),
        ("2026-09-10", "2020-01-10", (("2020-01-10", "high"),), "2027-03-10", "high: six months"),
        ("2026-09-10", "2020-01-10", (("2020-01-10", "very_high"),), "2026-10-10", "monthly"),
        (None, "2026-11-23", (), "2027-05-23", "never reviewed: from the day we took them over"),
        (None, "2026-11-23", (("2019-01-01", "very_high"),), "2026-12-23", "taken over very high"),
        (None, "2026-11-23", (("2026-11-23", "very_high"),), "2026-12-23", "decided that very day"),
    ],
)
def test_a_review_is_due_some_months_after_the_last(reviewed, known, decided, expected, reason):
    assert (
        due(facts(reviewed=reviewed, known=known, levels=levels(*decided)), REVIEW) == expected
    ), reason


@pytest.mark.parametrize(
    ("reviewed", "decided", "expected", "rule", "reason"),
    [
        (
            "2026-11-02",
            (("2026-11-10", "very_high"),),
            "2026-12-02",
            "supervisor.case_review.very_high",
            "raised: last + 1 month is later than 5 working days",
        ),
        (
            "2026-09-01",
            (("2026-11-10", "very_high"),),
            "2026-11-17",
            "supervisor.case_review.after_level_raised",
            "raised: the month is over, so 5 working days",
        ),
        (
            "2026-05-11",
            (("2026-11-10", "very_high"),),
            "2026-11-11",
            "supervisor.case_review.other",
            "raised: the old date is earlier still",
        ),
        (
            "2026-04-01",
            (("2026-11-10", "very_high"),),
            "2026-10-01",
            "supervisor.case_review.other",
            "raised: what was overdue stays overdue",
        ),
        (
            "2026-09-01",
            (("2026-09-02", "high"),),
            "2027-03-01",
            "supervisor.case_review.other",
            "raised to high: the same interval",
        ),
        (
            "2026-11-02",
            (("2020-01-10", "very_high"), ("2026-12-02", "high")),
            "2027-05-02",
            "supervisor.case_review.other",
            "lowered on the day it was due: six months",
        ),
        (
            "2026-11-02",
            (("2020-01-10", "very_high"), ("2026-12-03", "high")),
            "2026-12-02",
            "supervisor.case_review.very_high",
            "lowered a day later: it was overdue and keeps its date",
        ),
        (
            "2026-11-02",
            (("2026-11-05", "very_high"), ("2026-11-06", "medium")),
            "2027-05-02",
            "supervisor.case_review.other",
            "raised in error and lowered: as before",
        ),
        (
            "2026-11-02",
            (("2026-11-02", "very_high"),),
            "2026-12-02",
            "supervisor.case_review.very_high",
            "decided on the day of the review: known to it",
        ),
    ],
)  # fmt: skip
def test_a_level_that_becomes_or_stops_being_very_high_moves_the_review(
    reviewed, decided, expected, rule, reason
):
    found = owes(facts(reviewed=reviewed, levels=levels(*decided)), REVIEW, day("2026-12-31"))

    assert (found.due_on.isoformat(), found.rule) == (expected, rule), reason


@pytest.mark.parametrize(
    ("stays", "is_owed", "reason"),
    [
        ((), True, "in the community"),
        ((stay("missing", "2026-10-01"),), True, "supervisors look at missing people"),
        ((stay("custody", "2026-10-01"),), False, "in custody"),
        ((stay("hospital", "2026-10-01"),), False, "detained in hospital"),
        ((stay("abroad", "2026-10-01"),), False, "abroad"),
        ((stay("custody", "2026-11-24"),), True, "not remanded before tomorrow"),
        ((stay("custody", "2026-10-01", "2026-11-23"),), True, "released today"),
    ],
)
def test_a_review_stands_still_while_the_person_is_away(stays, is_owed, reason):
    assert (REVIEW in kinds(facts(stays=stays))) is is_owed, reason


def test_people_managed_reactively_are_reviewed_too():
    known = facts(reviewed="2026-09-10", modes=modes(("2026-01-10", "reactive")))

    assert due(known, REVIEW) == "2027-03-10"


@pytest.mark.parametrize(
    ("reviewed", "stays", "expected", "rule", "reason"),
    [
        ("2026-03-01", (("2026-09-01", "2026-11-02"),), "2026-11-23", "review.after_return",
         "fell on the first day away: 15 working days after the return"),
        ("2026-05-01", (("2026-09-01", "2026-11-02"),), "2026-11-23", "review.after_return",
         "fell on the last day away"),
        ("2026-05-02", (("2026-09-01", "2026-11-02"),), "2026-11-02",
         "supervisor.case_review.other", "fell on the day of release, which is no day away"),
        ("2026-02-28", (("2026-09-01", "2026-11-02"),), "2026-08-28",
         "supervisor.case_review.other", "overdue before they left: it stays overdue"),
        ("2026-06-01", (("2026-09-01", "2026-11-02"),), "2026-12-01",
         "supervisor.case_review.other", "not due until after the return"),
        ("2026-03-01", (("2026-09-01", "2026-09-10"), ("2026-09-20", "2026-11-02")), "2026-11-23",
         "review.after_return", "what the first return asked for fell in the second stay"),
        ("2026-03-01", (("2026-09-01", "2026-09-10"), ("2026-09-10", "2026-11-02")), "2026-11-23",
         "review.after_return", "two stays that touch are one"),
    ],
)  # fmt: skip
def test_what_fell_due_while_away_is_due_after_the_return(reviewed, stays, expected, rule, reason):
    away = tuple(stay("custody", since, until) for since, until in stays)

    found = owes(facts(reviewed=reviewed, stays=away), REVIEW)

    assert (found.due_on.isoformat(), found.rule) == (expected, rule), reason


def test_a_level_lowered_in_custody_does_not_find_the_review_overdue():
    """The clock stood still: there was nothing to keep."""
    known = facts(
        reviewed="2026-08-20",
        levels=levels(("2020-01-10", "very_high"), ("2026-10-01", "high")),
        stays=(stay("custody", "2026-09-01", "2026-10-12"),),
    )

    assert due(known, REVIEW) == "2027-02-20"


@pytest.mark.parametrize(
    ("drawn", "checked", "stays", "expected", "reason"),
    [
        ("2026-11-23", None, (), "2026-12-07", "10 working days"),
        ("2026-11-09", "2026-11-23", (), None, "checked today"),
        ("2026-11-09", "2026-11-24", (), "2026-11-23", "as known today not checked yet"),
        ("2026-11-09", None, (stay("custody", "2026-11-10"),), "2026-11-23",
         "records are checked wherever the person is"),
    ],
)  # fmt: skip
def test_a_person_of_a_dip_sample_is_checked_within_ten_working_days(
    drawn, checked, stays, expected, reason
):
    checked_on: dt.date | None = day(checked) if checked else None
    known = facts(stays=stays, samples=(SampleDrawn(day(drawn), 5, checked_on),))

    found = owes(known, Kind.DIP_SAMPLE)

    assert (found and found.due_on.isoformat()) == expected, reason
    assert found is None or found.about == "sample:5"


def test_nothing_is_reviewed_of_who_is_registered_no_more():
    known = facts(ended="2026-11-01", samples=(SampleDrawn(TODAY, 5),))

    assert kinds(known) == set()
