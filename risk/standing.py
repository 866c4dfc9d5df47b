"""What one person's live indicators amount to, in a few numbers that answer for any instant. Pure.

Sums that fade at one rate stay a sum: A = ln(sum of w * 2**((decays_from - EPOCH) / half-life)) is
kept per code, and the points at an instant are read from it. So nothing is rewritten as time
passes, an indicator is added in any order, and one that is retracted is left out when the standing
is worked out again from its rows. (Forward decay: Cormode and others, ICDE 2009.)
"""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Self

from risk.weights import DAY, IndicatorScale, Live

#: From where instants are counted. Any would do; kept for ever, since stored sums lean on it.
EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
LN2 = math.log(2)
#: Decimals at which a sum is taken to be exact, so that 1.4999999999 of one order of adding and
#: 1.5 of another are the same whole points.
DECIMALS = 6


class OtherFigures(ValueError):
    """Two standings were worked out by different figures: work both out again."""


class Term(NamedTuple):
    """All live indicators of one code.

    `still`: points of those that do not fade yet. `ln_sum`: of those that do, counted from EPOCH;
    None where there are none. `most`: the points that those had before they began to fade, which
    they never pass. `half_life_days` and `cap` are the figures by which it was worked out.
    """

    code: str
    half_life_days: int
    still: float
    ln_sum: float | None
    most: float
    cap: float

    def amount(self, at: dt.datetime) -> float:
        """Points at an instant, before the cap and before they are made whole.

        Exact from the latest `decays_from` on. At an earlier instant never less than the parts
        give one by one, and never more than they gave before they began to fade.
        """
        return self.still + self._fading(at)

    def points(self, at: dt.datetime) -> int:
        """Whole points at an instant, at most the cap. Never more at a later one."""
        return whole(min(self.cap, self.amount(at)))

    def plus(self, other: Self) -> Self:
        """Both together. Raises OtherFigures."""
        figures = (self.code, self.half_life_days, self.cap)
        if figures != (other.code, other.half_life_days, other.cap):
            raise OtherFigures(f"{self.code} was worked out by other figures.")
        sums = [each for each in (self.ln_sum, other.ln_sum) if each is not None]
        return self._replace(
            still=self.still + other.still,
            ln_sum=ln_of_sum(sums),
            most=self.most + other.most,
        )

    def _fading(self, at: dt.datetime) -> float:
        if self.ln_sum is None:
            return 0.0
        exponent = self.ln_sum - LN2 * days_from_epoch(at) / self.half_life_days
        # Compared as logarithms: far back in time the power itself would overflow.
        return self.most if exponent >= math.log(self.most) else math.exp(exponent)


class Standing(NamedTuple):
    """One person's live indicators: a term for each code, in the order of their codes."""

    terms: tuple[Term, ...] = ()
    has_unactioned_critical: bool = False

    @classmethod
    def of(cls, indicators: Iterable[Live], scale: IndicatorScale) -> Self:
        """Worked out from all live indicators of a person: the same in whatever order they come.

        KeyError for an unknown code, severity or grade.
        """
        by_code = defaultdict(list)
        for one in indicators:
            by_code[one.code].append(one)
        terms = tuple(_term(code, by_code[code], scale) for code in sorted(by_code))
        critical = any(one.is_unactioned_critical for some in by_code.values() for one in some)
        return cls(terms, critical)

    @classmethod
    def read(cls, terms: Sequence[Mapping[str, Any]], *, has_unactioned_critical: bool) -> Self:
        """What `written` gave. TypeError for terms of another shape."""
        return cls(tuple(Term(**term) for term in terms), has_unactioned_critical)

    def written(self) -> list[dict[str, Any]]:
        """The terms, ready for JSON; numbers come back as they were."""
        return [term._asdict() for term in self.terms]

    def plus(self, other: Self) -> Self:
        """Both together, such as what stood and one that has come. Raises OtherFigures."""
        found = {term.code: term for term in self.terms}
        for term in other.terms:
            found[term.code] = found[term.code].plus(term) if term.code in found else term
        terms = tuple(found[code] for code in sorted(found))
        critical = self.has_unactioned_critical or other.has_unactioned_critical
        return type(self)(terms, critical)

    def score(self, at: dt.datetime) -> int:
        """The sum of the whole points: list, chip, explanation and API show this number."""
        return sum(term.points(at) for term in self.terms)

    def ceiling(self, at: dt.datetime) -> int:
        """An upper bound of the score at `at` and ever after, until something is recorded.

        What fades only falls, and what is still stays: the score itself is the bound.
        """
        return self.score(at)


#: Of somebody about whom nothing has come in.
NOTHING = Standing()


def whole(points: float) -> int:
    """Rounded half up."""
    return math.floor(round(points, DECIMALS) + 0.5)


def days_from_epoch(at: dt.datetime) -> float:
    """Days since EPOCH, less than nothing before it."""
    return (at - EPOCH) / DAY


def ln_of_sum(logarithms: Sequence[float]) -> float | None:
    """The logarithm of the sum of what has those logarithms; None of none.

    Without overflow however large they are, and the same in whatever order they come.
    """
    if not logarithms:
        return None
    largest = max(logarithms)
    return largest + math.log(math.fsum(math.exp(each - largest) for each in logarithms))


def _term(code: str, indicators: Sequence[Live], scale: IndicatorScale) -> Term:
    half_life = scale.half_lives[code]
    weighed = [(one.decays_from, scale.weight(one)) for one in indicators]
    fading = [(since, weight) for since, weight in weighed if since is not None and weight > 0]
    return Term(
        code=code,
        half_life_days=half_life,
        still=math.fsum(weight for since, weight in weighed if since is None),
        ln_sum=ln_of_sum(
            [
                math.log(weight) + LN2 * days_from_epoch(since) / half_life
                for since, weight in fading
            ]
        ),
        most=math.fsum(weight for _, weight in fading),
        cap=scale.cap,
    )
