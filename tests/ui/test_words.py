"""How dates, lateness and risk are worded."""

from datetime import UTC, date, datetime

import pytest

from ui import words

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("due_on", "text", "state", "why"),
    [
        (date(2026, 11, 17), "6 days overdue", "overdue", "past"),
        (date(2026, 11, 22), "1 day overdue", "overdue", "one day is singular"),
        (date(2026, 11, 23), "Due today", "today", "the day itself is not overdue"),
        (date(2026, 11, 24), "in 1 day", "ahead", "tomorrow"),
        (date(2027, 3, 9), "in 106 days", "ahead", "across the year end"),
    ],
)
def test_only_a_date_before_today_is_overdue(due_on, text, state, why):
    assert words.due_words(due_on, TODAY) == (text, state), why


def test_a_date_in_another_year_says_its_year():
    assert words.day_label(date(2026, 11, 17), TODAY) == "Tue 17 Nov"
    assert words.day_label(date(2027, 3, 9), TODAY) == "9 Mar 2027"


def test_an_instant_is_shown_on_a_london_clock():
    assert words.london_moment(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == "1 Jul 2026, 23:30"


@pytest.mark.parametrize("level", [None, "", "not_assessed", "nonsense"])
def test_a_missing_level_is_never_shown_as_low(level):
    assert (words.risk_words(level), words.risk_bars(level)) == ("Not assessed", 0)
