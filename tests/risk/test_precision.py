"""The precision ledger: what is counted, how sure it is, and when it proposes anything."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from risk.indicator_codes import IndicatorCode, TriageOutcome
from risk.precision import (
    LEAST_FACTOR,
    LED,
    LED_NOWHERE,
    MOST_FACTOR,
    Precision,
    Triaged,
    ledger,
    proposals,
    wilson,
)

ONE = {code.value: Decimal(1) for code in IndicatorCode}
ASIDE = frozenset(TriageOutcome) - LED - LED_NOWHERE


def line(code: str, judged: int, led: int, source: str = "vendor") -> Precision:
    return Precision(source, code, judged, led, aside=0)


@pytest.mark.parametrize("outcome", TriageOutcome)
def test_every_outcome_counts_for_one_thing(outcome):
    [found] = ledger([Triaged("vendor", "MONA", outcome, 3)])

    assert (found.judged, found.led, found.aside) == {
        outcome in LED: (3, 3, 0),
        outcome in LED_NOWHERE: (3, 0, 0),
        outcome in ASIDE: (0, 0, 3),
    }[True]


def test_a_line_for_each_source_and_code():
    found = ledger(
        [
            Triaged("vendor", "MONA", "enquiry", 1),
            Triaged("border", "TRAV", "no_action", 2),
            Triaged("vendor", "MONA", "no_action", 3),
            Triaged("vendor", "MONO", "duplicate", 1),
        ]
    )

    assert [(one.source, one.code, one.judged, one.led) for one in found] == [
        ("border", "TRAV", 2, 0),
        ("vendor", "MONA", 4, 1),
        ("vendor", "MONO", 0, 0),
    ]
    assert [one.share for one in found] == [0.0, 0.25, None]


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [  # Newcombe, Statistics in Medicine 1998, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_published_one(successes, trials, low, high):
    assert wilson(successes, trials) == pytest.approx((low, high), abs=0.00005)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(counts):
    low, high = wilson(*counts)

    assert 0 <= low <= counts[0] / counts[1] <= high <= 1


@pytest.mark.parametrize(
    ("of_one", "expected"),
    [
        pytest.param((29, 29), None, id="too few were judged"),
        pytest.param((40, 20), None, id="the share of all lies in the interval"),
        pytest.param((100, 2), Decimal("0.5"), id="hardly ever led anywhere: half, and no less"),
        pytest.param((1000, 950), Decimal("1.3"), id="nearly always did"),
        pytest.param((60, 15), Decimal("0.8"), id="by the nearer end of the interval"),
    ],
)
def test_a_factor_is_proposed_where_a_code_is_clearly_otherwise(of_one, expected):
    rest = line("TRAV", 1000, 470)
    found = {one.code: one.factor for one in proposals([line("MONA", *of_one), rest], ONE)}

    assert found.get("MONA") == expected


def test_a_code_that_leads_far_more_often_than_the_others_counts_half_as_much_again():
    found = proposals([line("MONA", 100, 90), line("TRAV", 1000, 100)], ONE)

    assert {one.code: one.factor for one in found} == {
        "MONA": Decimal("1.5"),
        "TRAV": Decimal("0.7"),
    }


def test_nothing_is_proposed_that_is_in_force_already():
    lines = [line("MONA", 1000, 20), line("TRAV", 1000, 500)]

    assert "MONA" in {one.code for one in proposals(lines, ONE)}
    assert "MONA" not in {one.code for one in proposals(lines, ONE | {"MONA": Decimal("0.5")})}


def test_sources_of_one_code_are_taken_together():
    halves = [line("MONA", 20, 1, "one"), line("MONA", 20, 1, "other"), line("TRAV", 200, 150)]

    assert [one.judged for one in proposals(halves, ONE) if one.code == "MONA"] == [40]


@given(
    st.lists(
        st.builds(
            lambda code, judged, share: line(code, judged, int(judged * share)),
            st.sampled_from(list(ONE)),
            st.integers(0, 500),
            st.floats(0, 1),
        )
    )
)
def test_a_proposal_stays_within_its_bounds(lines):
    for one in proposals(lines, ONE):
        assert LEAST_FACTOR <= one.factor <= MOST_FACTOR
        assert one.judged >= 30
