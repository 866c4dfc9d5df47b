"""How dates, lateness and risk are worded."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from offenders.registration import Basis, HoldingOrder, registration
from tests.rules.shipped import default_rules
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


@pytest.mark.parametrize(
    ("points", "text", "why"),
    [
        ("95.375", "95.4", "to a tenth, halves up"),
        ("1.5", "1.5", "as it is"),
        ("80.00", "80", "whole without a tenth"),
        ("0", "0", "nothing"),
    ],
)
def test_points_are_told_to_a_tenth_at_most(points, text, why):
    assert words.points_words(Decimal(points)) == text, why


@pytest.mark.parametrize("level", [None, "", "not_assessed", "nonsense"])
def test_a_missing_level_is_never_shown_as_low(level):
    assert (words.risk_words(level), words.risk_bars(level)) == ("Not assessed", 0)


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("level", "high", "High risk"),
        ("level", "not_assessed", "Not assessed: counts as high"),
        ("overdue", "1", "1 day overdue"),
        ("due_soon", "0", "Due today"),
        ("due_soon", "3", "Due in 3 days"),
        ("statutory", "periodic_notification", "Statutory duty"),
        ("order_expiry", "0", "An order ends today"),
        ("order_expiry", "9", "An order ends in 9 days"),
        ("change", "3", "A significant change, not assessed yet"),
        ("indicator:UDEV", "open", "Undeclared device found"),
        ("indicator:restricted", "", "Restricted item"),
        ("something_new", "", "Something new"),
    ],
)
def test_every_reason_for_a_score_has_words(code, value, text):
    assert words.reason_words(code, value) == text


CAUTION = Basis(disposal="caution", relevant_date=date(2026, 1, 10))


@pytest.mark.parametrize(
    ("bases", "orders", "text", "why"),
    [
        ([], [], "Registered indefinitely", "without a basis nothing ends it"),
        (
            [CAUTION],
            [],
            "Registered until 9 January 2028",
            "two years",
        ),
        (
            [CAUTION],
            [HoldingOrder(kind="shpo", made_on=date(2026, 1, 10), ends_on=date(2031, 3, 9))],
            "Held by sexual harm prevention order until 9 March 2031",
            "s.103G",
        ),
        (
            [CAUTION],
            [HoldingOrder(kind="shpo", made_on=date(2026, 1, 10))],
            "Held by sexual harm prevention order until further order",
            "no end",
        ),
        (
            [Basis(disposal="caution", relevant_date=date(2020, 1, 10))],
            [],
            "Period ended 9 January 2022: two officers must end it",
            "it never ends silently",
        ),
    ],
)
def test_registration_is_said_in_one_line_with_its_working(bases, orders, text, why):
    found = registration(bases, orders, date(1980, 1, 1), default_rules(), TODAY)
    assert words.registration_words(found, None) == text, why
    reasons = [words.registration_reason(*reason) for reason in found.reasons]
    assert all(reason.endswith(".") for reason in reasons)


def test_every_rule_and_every_disposal_of_the_shipped_rules_has_words():
    rules = default_rules()
    for rule in rules.rules:
        assert words.rule_words(rule)
    assert {period.disposal for period in rules.notification_periods} == words.DISPOSALS.keys()


@pytest.mark.parametrize(
    ("by", "said"),
    [
        (date(2026, 11, 27), "Try again by Fri 27 Nov"),
        (date(2026, 11, 26), "Try again by Thu 26 Nov"),
        (date(2026, 11, 25), "Try again at once"),
    ],
)
def test_a_day_that_is_past_is_no_advice(by, said):
    assert words.try_again(by, date(2026, 11, 26)) == said
