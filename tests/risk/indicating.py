"""Short ways for a test to draw indicators: the strategies of the property tests."""

import datetime as dt

from hypothesis import strategies as st

from risk.grading import GRADES
from risk.indicator_codes import IndicatorCode, Severity
from risk.indicator_types import half_lives
from risk.weights import IndicatorScale, Live
from rules.ruleset import RuleSet
from tests.rules.shipped import default_rules


def scale_of(rules: RuleSet) -> IndicatorScale:
    """The scale of `rules` for the types as shipped."""
    return IndicatorScale.of(rules, half_lives())


SCALE = scale_of(default_rules())
NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
CENTURY = dt.timedelta(days=36_525)


def days(number: float) -> dt.timedelta:
    """So many days."""
    return dt.timedelta(days=number)


#: Any instant within a hundred years of now, to the second.
instants = st.integers(-36_525 * 86_400, 36_525 * 86_400).map(
    lambda seconds: NOW + dt.timedelta(seconds=seconds)
)


def indicators(codes: tuple[str, ...] = tuple(IndicatorCode), since=instants) -> st.SearchStrategy:
    """One live indicator: untriaged, triaged with its action open, or fading `since`."""
    facts = {
        "code": st.sampled_from(codes),
        "severity": st.sampled_from(Severity.values),
        "grade": st.sampled_from(GRADES),
        "engages_order": st.booleans(),
    }
    # All fields are said: what is left out of a named tuple is drawn by its type.
    waiting = st.builds(Live, **facts, is_untriaged=st.booleans(), decays_from=st.none())
    fading = st.builds(Live, **facts, is_untriaged=st.just(False), decays_from=since)
    return waiting | fading
