"""How often indicators of a type, from a source, led to something; and what that would say. Pure.

A ledger for people to read. What it proposes is a figure of the rule set, which two inspectors
change or leave: nothing here is applied by itself.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from risk.indicator_codes import TriageOutcome

#: Something followed.
LED = frozenset(
    {
        TriageOutcome.LINKED_TO_TASK,
        TriageOutcome.VISIT_BROUGHT_FORWARD,
        TriageOutcome.REASSESSMENT,
        TriageOutcome.ENQUIRY,
        TriageOutcome.SAFEGUARDING_REFERRAL,
    }
)
#: It was looked at, and nothing followed.
LED_NOWHERE = frozenset({TriageOutcome.NO_ACTION, TriageOutcome.INFORMATION_ONLY})
#: Standard normal quantile of a 95 per cent interval.
Z = 1.959963984540054
#: Fewer decisions than this propose nothing (our default).
LEAST_JUDGED = 30
#: A proposed factor is no further from 1 than this.
LEAST_FACTOR, MOST_FACTOR = Decimal("0.5"), Decimal("1.5")
TENTH = Decimal("0.1")


class Triaged(NamedTuple):
    """How many indicators of one source and code were triaged with one outcome."""

    source: str
    code: str
    outcome: str
    number: int


class Precision(NamedTuple):
    """One line of the ledger. `judged` are those after which something followed (`led`) or nothing.

    `aside`: duplicates, of another person or of another force: they say nothing of the source's
    word.
    """

    source: str
    code: str
    judged: int
    led: int
    aside: int

    @property
    def share(self) -> float | None:
        """`led` of `judged`, 0 to 1; None where nothing was judged."""
        return self.led / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the share lies with 95 per cent confidence; None where nothing was judged."""
        return wilson(self.led, self.judged) if self.judged else None


class Proposal(NamedTuple):
    """A factor for all indicators of one code. `overall`: the share of every code together."""

    code: str
    judged: int
    led: int
    overall: float
    factor_now: Decimal
    factor: Decimal

    @property
    def figure(self) -> str:
        """The id of the figure in the rule set."""
        return f"indicator.factor.{self.code.lower()}"


def ledger(triaged: Iterable[Triaged]) -> list[Precision]:
    """A line for each source and code, in their order. ValueError for an unknown outcome."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for one in triaged:
        outcome = TriageOutcome(one.outcome)
        found = counts[one.source, one.code]
        if outcome in LED or outcome in LED_NOWHERE:
            found[0] += one.number
            found[1] += one.number * (outcome in LED)
        else:
            found[2] += one.number
    return [Precision(*key, *found) for key, found in sorted(counts.items())]


def proposals(lines: Iterable[Precision], factors: Mapping[str, Decimal]) -> list[Proposal]:
    """A factor for each code whose share is clearly not that of all codes, in their order.

    Clearly: enough were judged, and the interval does not hold the share of all. The end of the
    interval that is nearer to it counts, so that little evidence moves little. `factors`: those in
    force, by code. A code whose factor would stay is left out.
    """
    by_code: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for line in lines:
        by_code[line.code][0] += line.judged
        by_code[line.code][1] += line.led
    judged, led = (sum(each[i] for each in by_code.values()) for i in (0, 1))
    if not led:
        return []
    overall = led / judged
    found = []
    for code, (of_code, led_of_code) in sorted(by_code.items()):
        if of_code < LEAST_JUDGED:
            continue
        factor = _factor(wilson(led_of_code, of_code), overall)
        now = factors[code]
        if factor is not None and factor != now:
            found.append(Proposal(code, of_code, led_of_code, overall, now, factor))
    return found


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95 per cent score interval of a share (Wilson 1927). ValueError without trials."""
    if not 0 <= successes <= trials or not trials:
        raise ValueError("A share is of at least one.")
    share, square = successes / trials, Z * Z
    middle = share + square / (2 * trials)
    half = Z * math.sqrt(share * (1 - share) / trials + square / (4 * trials * trials))
    whole = 1 + square / trials
    low, high = (middle - half) / whole, (middle + half) / whole
    # Of none and of all, rounding would leave the share just outside.
    return max(min(low, share), 0.0), min(max(high, share), 1.0)


def _factor(interval: tuple[float, float], overall: float) -> Decimal | None:
    """In tenths, towards 1; None where the interval holds the share of all."""
    low, high = interval
    if low <= overall <= high:
        return None
    nearer = low if low > overall else high
    tenths = Decimal(nearer / overall).quantize(TENTH)
    return min(max(tenths, LEAST_FACTOR), MOST_FACTOR)
