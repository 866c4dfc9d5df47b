"""When a reassessment is due: the earliest of what asks for one (PRACTICE 7, 13, 17).

Tables of days, worked by hand; 23 November 2026 is a Monday.
"""

import dataclasses
import datetime as dt

import pytest

from tests.rules.shipped import day
from tests.workflows.known import TODAY, facts, maybe, owes, stay
from workflows.models import Kind
from workflows.obligations import Changed, Facts, Overridden

REASSESSMENT = Kind.RISK_REASSESSMENT


def changed(*known_on: str, what: str = "loss_of_home") -> tuple[Changed, ...]:
    return tuple(Changed(day(on), what) for on in known_on)


def override(on: str, expires_on: str, ended_on: str | None = None) -> tuple[Overridden, ...]:
    return (Overridden(day(on), day(expires_on), maybe(ended_on)),)


def found(known: Facts, today: dt.date = TODAY) -> tuple[str, str] | None:
    owed = owes(known, REASSESSMENT, today)
    return owed and (owed.due_on.isoformat(), owed.rule)


SOON, YEARLY, UNTIL = "arms.review.change", "arms.review", "override.expires"


# --- a significant change -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("assessed", "changes", "expected", "reason"),
    [
        ("2026-06-01", (), ("2027-06-01", YEARLY), "nothing happened: twelve months"),
        ("2026-06-01", changed("2026-11-20"), ("2026-11-27", SOON), "five working days on"),
        ("2026-06-01", changed("2026-11-23"), ("2026-11-30", SOON), "known today"),
        ("2026-11-19", changed("2026-11-20"), ("2026-11-27", SOON), "handed in the day before"),
        ("2026-11-20", changed("2026-11-20"), ("2027-11-20", YEARLY), "handed in that day"),
        ("2026-11-21", changed("2026-11-20"), ("2027-11-21", YEARLY), "handed in the day after"),
        ("2025-11-26", changed("2026-11-20"), ("2026-11-26", YEARLY), "the yearly one is sooner"),
        ("2025-11-27", changed("2026-11-20"), ("2026-11-27", YEARLY), "the same day"),
        ("2025-11-28", changed("2026-11-20"), ("2026-11-27", SOON), "the yearly one is later"),
        (
            "2026-06-01",
            changed("2026-11-20", "2026-10-05"),
            ("2026-10-12", SOON),
            "the earliest that nobody answered, in whatever order they are kept",
        ),
        (
            "2026-10-05",
            changed("2026-10-05", "2026-11-20"),
            ("2026-11-27", SOON),
            "the first was answered, the second was not",
        ),
        (None, changed("2026-11-20"), ("2020-01-31", "arms.initial"), "never assessed: overdue"),
    ],
)
def test_a_change_asks_until_an_assessment_of_that_day_or_later_stands(
    assessed, changes, expected, reason
):
    assert found(facts(assessed=assessed, changes=changes)) == expected, reason


def test_what_is_due_says_by_which_change():
    known = facts(assessed="2026-06-01", changes=changed("2026-11-20", what="arrest"))
    owed = owes(known, REASSESSMENT)
    assert owed.inputs == (("significant_change", "2026-11-20"), ("what", "arrest"))


# --- an 18th birthday -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "assessed", "expected", "reason"),
    [
        ("2008-11-20", "2026-11-19", ("2026-11-27", SOON), "assessed the day before 18"),
        ("2008-11-20", "2026-11-20", ("2027-11-20", YEARLY), "assessed on the birthday"),
        ("2008-12-01", "2026-06-01", ("2026-12-08", SOON), "18 next week: said ahead"),
        ("2010-12-01", "2026-06-01", ("2027-06-01", YEARLY), "18 is further off than a year"),
        ("1980-01-01", "2026-06-01", ("2027-06-01", YEARLY), "18 long ago"),
        ("2008-02-29", "2026-02-28", ("2026-03-06", SOON), "born on 29 February: 18 on 1 March"),
        ("2008-02-29", "2026-03-01", ("2027-03-01", YEARLY), "assessed on 1 March"),
        ("2008-11-20", None, ("2020-01-31", "arms.initial"), "never assessed: that comes first"),
    ],
)
def test_an_18th_birthday_asks_for_a_reassessment(born, assessed, expected, reason):
    known = dataclasses.replace(facts(assessed=assessed), date_of_birth=day(born))
    assert found(known) == expected, reason


# --- an override that expires ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("overrides", "expected", "reason"),
    [
        (override("2026-06-01", "2026-12-15"), ("2026-12-15", UNTIL), "by the day it expires"),
        (override("2026-06-01", "2026-11-01"), ("2026-11-01", UNTIL), "expired: overdue"),
        (override("2026-06-01", "2027-06-02"), ("2027-06-01", YEARLY), "a day after the yearly"),
        (
            override("2026-06-01", "2026-12-15", "2026-11-23"),
            ("2027-06-01", YEARLY),
            "decided anew today",
        ),
    ],
)
def test_an_override_is_looked_at_by_the_day_it_expires(overrides, expected, reason):
    assert found(facts(assessed="2026-06-01", overrides=overrides)) == expected, reason


# --- missing, and away ----------------------------------------------------------------------------

MISSING = (stay("missing", "2026-11-01"),)


@pytest.mark.parametrize(
    ("more", "expected", "reason"),
    [
        ({}, None, "the yearly one waits"),
        ({"changes": changed("2026-11-20")}, ("2026-11-27", SOON), "what happens goes on asking"),
        ({"changes": changed("2026-10-20")}, ("2026-10-27", SOON), "from before they went, too"),
        ({"overrides": override("2026-06-01", "2026-11-30")}, None, "an override is no event"),
        ({"date_of_birth": day("2008-11-20")}, ("2026-11-27", SOON), "a birthday is one"),
        ({"date_of_birth": day("2008-11-24")}, None, "and not before it comes"),
    ],
)
def test_of_somebody_missing_only_events_ask(more, expected, reason):
    known = dataclasses.replace(facts(assessed="2026-06-01", stays=MISSING), **more)
    assert found(known) == expected, reason


@pytest.mark.parametrize("status", ["custody", "hospital", "abroad"])
def test_nothing_is_asked_while_the_clocks_stand_still(status):
    known = facts(
        assessed="2026-06-01",
        stays=(stay(status, "2026-11-01"),),
        changes=changed("2026-11-20"),
        overrides=override("2026-06-01", "2026-11-10"),
    )
    assert found(known) is None


@pytest.mark.parametrize(
    ("change", "since", "until", "expected", "reason"),
    [
        ("2026-11-02", "2026-11-10", "2026-11-20", "2026-11-09", "overdue when they went"),
        ("2026-11-02", "2026-11-09", "2026-11-20", "2026-11-27", "due the day they went"),
        ("2026-11-12", "2026-11-10", "2026-11-20", "2026-11-27", "due the day before their return"),
        ("2026-11-13", "2026-11-10", "2026-11-20", "2026-11-20", "due the day they came back"),
        ("2026-11-19", "2026-11-10", "2026-11-20", "2026-11-26", "due after they came back"),
    ],
)  # fmt: skip
def test_what_fell_due_while_away_is_due_soon_after_the_return(
    change, since, until, expected, reason
):
    known = facts(
        assessed="2026-06-01", stays=(stay("custody", since, until),), changes=changed(change)
    )
    assert found(known) == (expected, SOON), reason


def test_stays_that_touch_put_off_until_the_last_return():
    known = facts(
        assessed="2026-06-01",
        stays=(
            stay("hospital", "2026-11-12", "2026-11-20"),
            stay("custody", "2026-11-02", "2026-11-12"),
        ),
        changes=changed("2026-10-28"),
    )
    assert found(known) == ("2026-11-27", SOON)


def test_an_override_that_expired_while_away_is_looked_at_soon_after_the_return():
    known = facts(
        assessed="2026-06-01",
        stays=(stay("abroad", "2026-11-02", "2026-11-20"),),
        overrides=override("2026-06-01", "2026-11-10"),
    )
    assert found(known) == ("2026-11-27", SOON)


def test_the_day_on_which_it_is_asked_moves_no_date():
    known = facts(assessed="2026-06-01", changes=changed("2026-11-20"))
    days = [TODAY + dt.timedelta(days=n) for n in (0, 7, 400)]
    assert {found(known, today) for today in days} == {("2026-11-27", SOON)}
