"""Periods as rules write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.period import Period


@pytest.mark.parametrize(
    ("text", "period", "words"),
    [
        ("3d", Period(3, "d"), "3 days"),
        ("6w", Period(6, "w"), "6 weeks"),
        ("1m", Period(1, "m"), "1 month"),
        ("12m", Period(12, "m"), "12 months"),
        ("1y", Period(1, "y"), "1 year"),
        ("72h", Period(72, "h"), "72 hours"),
    ],
)
def test_a_period_is_read_and_said(text, period, words):
    assert Period.parse(text) == period
    assert period.words == words


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("3", "no unit"),
        ("d", "no number"),
        ("0d", "no time at all"),
        ("-3d", "negative"),
        ("03d", "a leading zero reads like a typing mistake"),
        ("3 d", "a space"),
        ("3D", "units are lower case"),
        ("3s", "no such unit"),
        ("1.5y", "not a whole number"),
        ("3d\n", "a line's end"),
        ("٣d", "a digit of another script"),
        ("10000d", "more than anyone means"),
        ("", "nothing"),
    ],
)
def test_anything_else_is_refused(text, reason):
    with pytest.raises(ValueError, match="not a period"):
        Period.parse(text)


@given(st.integers(1, 9999), st.sampled_from("dwmyh"))
def test_a_period_is_written_as_it_is_read(number, unit):
    assert Period.parse(str(Period(number, unit))) == Period(number, unit)


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [("6w", "days", 42), ("15y", "months", 180), ("42m", "months", 42), ("72h", "hours", 72)],
)
def test_a_period_is_told_in_its_smaller_unit(text, unit, number):
    assert getattr(Period.parse(text), unit) == number


@pytest.mark.parametrize(
    ("text", "unit"), [("1m", "days"), ("72h", "days"), ("6w", "months"), ("3d", "hours")]
)
def test_months_have_no_fixed_number_of_days(text, unit):
    with pytest.raises(ValueError, match=text):
        getattr(Period.parse(text), unit)
