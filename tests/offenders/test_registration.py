"""When registration ends, and what holds a person past that day."""

import datetime as dt

import pytest

from offenders.registration import Basis, HoldingOrder, is_under_18, registration
from rules.errors import UnknownRule
from tests.rules.shipped import day, default_rules

TODAY = day("2026-11-23")
ADULT = day("1980-01-01")


def registered(*bases, orders=(), born=ADULT, today=TODAY):
    return registration(bases, orders, born, default_rules(), today)


def basis(relevant_date, disposal="caution", months=None):
    return Basis(day(relevant_date), disposal, months)


def order(made_on, ends_on=None, discharged_on=None):
    return HoldingOrder(
        day(made_on),
        "shpo",
        day(ends_on) if ends_on else None,
        day(discharged_on) if discharged_on else None,
    )


@pytest.mark.parametrize(
    ("disposal", "relevant_date", "born", "ends_on", "reason"),
    [
        ("imprisonment_over_6m_under_30m", "2026-05-04", "1980-01-01", "2036-05-03", "10 years"),
        ("imprisonment_6m_or_less", "2026-05-04", "2009-01-01", "2029-11-03", "7 years halved"),
        ("imprisonment_6m_or_less", "2026-05-04", "2008-05-05", "2029-11-03", "17, 18 tomorrow"),
        ("imprisonment_6m_or_less", "2026-05-04", "2008-05-04", "2033-05-03", "18 that day"),
        ("caution", "2024-02-29", "1980-01-01", "2026-02-27", "anniversary 28 February, less one"),
        ("any_other", "2026-05-04", "1980-01-01", "2031-05-03", "5 years"),
        ("life_or_ipp_or_30m_plus", "2026-05-04", "1980-01-01", None, "indefinite"),
        ("life_or_ipp_or_30m_plus", "2026-05-04", "2010-01-01", None, "not halved under 18"),
    ],
)
def test_a_period_begins_with_the_relevant_date(disposal, relevant_date, born, ends_on, reason):
    found = registered(basis(relevant_date, disposal), born=day(born))

    assert found.ends_on == (day(ends_on) if ends_on else None), reason


@pytest.mark.parametrize("born", ["1980-01-01", "2010-01-01"])
def test_a_conditional_discharge_is_its_own_period_at_any_age(born):
    found = registered(basis("2026-05-04", "conditional_discharge", 12), born=day(born))

    assert found.ends_on == day("2027-05-03")


def test_born_on_29_february_is_18_on_1_march():
    born = day("2008-02-29")

    assert is_under_18(born, day("2026-02-28"))
    assert not is_under_18(born, day("2026-03-01"))


def test_the_latest_of_several_periods_counts_in_any_order():
    bases = [basis("2020-01-10", "any_other"), basis("2024-06-01"), basis("2018-01-01")]

    assert registered(*bases).ends_on == day("2026-05-31")
    assert registered(*bases[::-1]).ends_on == day("2026-05-31")


def test_one_indefinite_period_makes_it_indefinite():
    found = registered(basis("2010-01-10"), basis("2012-01-10", "life_or_ipp_or_30m_plus"))

    assert found.ends_on is None
    assert not found.has_ended


@pytest.mark.parametrize(
    ("today", "has_ended", "reason"),
    [
        ("2026-11-22", False, "the last day is a day of registration"),
        ("2026-11-23", True, "the day after"),
    ],
)
def test_it_has_ended_on_the_day_after_its_last(today, has_ended, reason):
    assert registered(basis("2024-11-23"), today=day(today)).has_ended is has_ended, reason


@pytest.mark.parametrize(
    ("dates", "has_ended", "is_held", "reason"),
    [
        (("2020-01-01", None, None), False, True, "until further order"),
        (("2020-01-01", "2026-11-23", None), False, True, "its last day is today"),
        (("2020-01-01", "2026-11-22", None), True, False, "its last day was yesterday"),
        (("2020-01-01", None, "2026-11-24"), False, True, "discharged tomorrow"),
        (("2020-01-01", None, "2026-11-23"), True, False, "discharged today"),
        (("2020-01-01", "2030-01-01", "2026-11-23"), True, False, "discharged before its end"),
        (("2026-11-24", None, None), True, False, "made tomorrow: not known today"),
    ],
)
def test_a_live_order_holds_a_person_past_the_period(dates, has_ended, is_held, reason):
    found = registered(basis("2020-01-10"), orders=[order(*dates)])

    assert found.ends_on == day("2022-01-09"), "the period itself does not move"
    assert (found.has_ended, found.held_by is not None) == (has_ended, is_held), reason


def test_an_order_that_ends_before_the_period_holds_nobody():
    found = registered(basis("2026-01-10"), orders=[order("2026-01-10", "2027-01-10")])

    assert found.held_by is None
    assert found.over_on == found.ends_on == day("2028-01-09")


def test_the_longest_order_is_what_holds():
    orders = [order("2020-01-01", "2027-01-01"), order("2021-01-01", "2029-01-01")]

    found = registered(basis("2020-01-10"), orders=orders)

    assert found.held_by == orders[1]
    assert found.over_on == day("2029-01-01")
    assert registered(basis("2020-01-10"), orders=orders[::-1]).over_on == day("2029-01-01")


def test_the_reasons_name_each_period_and_what_holds():
    found = registered(
        basis("2020-01-10"),
        basis("1997-01-10"),
        orders=[order("2020-01-10")],
        born=day("1980-01-01"),
    )

    assert found.reasons == (
        ("period", ("caution", day("2020-01-10"), day("2022-01-09"))),
        ("under_18", ("caution", day("1997-01-10"), day("1998-01-09"))),
        ("held_by", ("shpo", day("2020-01-10"), None)),
    )


def test_without_a_basis_nothing_is_said_to_have_ended():
    found = registered()

    assert (found.ends_on, found.has_ended) == (None, False)
    assert found.reasons == (("no_basis", ()),)


def test_a_disposal_that_no_rule_knows_is_an_error():
    with pytest.raises(UnknownRule):
        registered(basis("2020-01-10", "something_new"))


def test_every_day_of_a_long_life_has_an_answer():
    for years in range(0, 60, 7):
        today = TODAY + dt.timedelta(days=365 * years)
        assert registered(basis("2026-05-04"), today=today).has_ended is (years > 0)
