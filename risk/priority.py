"""How pressing a task is, and why. Pure: numbers and codes in, points out.

The points are figures of the rule set, not a risk score: they order work between people whose level
an officer decided. They only ever add, so that nothing recorded can hide anyone
(docs/decisions/0008).
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from risk.standing import NOTHING, Standing
from rules.ruleset import RuleSet

LEVELS = ("very_high", "high", "not_assessed", "medium", "low")
#: Duties that statute gives the registered person.
STATUTORY = frozenset({"initial_notification", "change_notification", "periodic_notification"})
FULL = 100
#: How the code of a reason begins that is what indicators of one type add, and the code of those
#: that the reader may not open.
INDICATOR = "indicator:"
RESTRICTED = "indicator:restricted"


@dataclass(frozen=True, slots=True)
class PriorityScale:
    """The figures of one rule set by which tasks are weighed: whole points, whole days.

    `levels`: points of a management level. `late_most`: of work that is a whole interval late, or
    more; `late_least`: of what is overdue at all. Within `soon_days` of its date work gives
    `soon_points`. Further ahead than `ahead_days` a level counts for `ahead_share` percent, rounded
    down: a duty next summer does not stand before a visit tomorrow. An order that ends within
    `order_expiry_days` gives `order_expiry`, a change that no assessment has answered `change`.
    """

    levels: Mapping[str, int] = field(hash=False)
    late_most: int
    late_least: int
    soon_days: int
    soon_points: int
    statutory: int
    escalated: int
    failed_attempt: int
    ahead_days: int
    ahead_share: int
    order_expiry_days: int
    order_expiry: int
    change: int

    @classmethod
    def of(cls, rules: RuleSet) -> Self:
        """As `rules` say. Raises UnknownRule for a figure that is not there."""

        def figure(name: str) -> int:
            return int(rules.figure(f"priority.{name}"))

        return cls(
            levels={level: figure(f"level.{level}") for level in LEVELS},
            late_most=figure("late.most"),
            late_least=figure("late.least"),
            soon_days=figure("soon.days"),
            soon_points=figure("soon.points"),
            statutory=figure("statutory"),
            escalated=figure("escalated"),
            failed_attempt=figure("failed_attempt"),
            ahead_days=figure("ahead.days"),
            ahead_share=figure("ahead.share"),
            order_expiry_days=figure("order_expiry.days"),
            order_expiry=figure("order_expiry.points"),
            change=figure("change.points"),
        )

    def most(self, level: str) -> int:
        """The most that a task can come to at this level, however late, without indicators.

        With the ceiling of a standing it is an upper bound of the score ever after.
        """
        return (
            self.levels[level]
            + max(self.late_most, self.soon_points)
            + self.statutory
            + self.escalated
            + self.failed_attempt
            + self.order_expiry
            + self.change
        )

    def most_at(
        self,
        level: str,
        days_overdue: int,
        interval_days: int,
        *,
        is_statutory: bool = True,
        is_pressed: bool = True,
    ) -> int:
        """The most that a task can come to so many days overdue, without indicators.

        `days_overdue` less than nothing: so many days ahead. Never more of what is due later.
        `is_pressed`: it may be escalated or tried in vain, an order end, a change wait. Where it is
        not, and what is no duty of statute is known to be none, it is what it comes to.
        """
        may_be = (self.escalated + self.failed_attempt) * is_pressed
        if days_overdue < -self.ahead_days:
            return self.levels[level] * self.ahead_share // FULL + may_be
        may_be += self.statutory * is_statutory + (self.order_expiry + self.change) * is_pressed
        if days_overdue > 0:
            late = self.lateness(days_overdue, interval_days)
            return self.levels[level] + max(late, self.soon_points) + may_be
        soon = self.soon_points if days_overdue >= -self.soon_days else 0
        return self.levels[level] + soon + may_be

    def lateness(self, days_overdue: int, interval_days: int) -> int:
        """In proportion to the interval, rounded down, between the fewest and the most points."""
        if interval_days <= 0:
            return self.late_most
        in_proportion = self.late_most * days_overdue // interval_days
        return min(self.late_most, max(self.late_least, in_proportion))


class Contribution(NamedTuple):
    """One reason for a score: what it is, what was found, and the points it adds."""

    code: str
    value: str
    points: int


def explain(
    scale: PriorityScale,
    *,
    level: str,
    due_on: dt.date,
    today: dt.date,
    interval_days: int,
    kind: str,
    is_escalated: bool = False,
    has_failed_attempt: bool = False,
    order_ends_on: dt.date | None = None,
    changed_on: dt.date | None = None,
    standing: Standing = NOTHING,
    at: dt.datetime | None = None,
) -> tuple[Contribution, ...]:
    """The reasons for a task's score, whose points add up to it.

    `interval_days`: how often the work falls due; lateness is measured against it.
    `order_ends_on`: the last day of the order of the person that ends first. `changed_on`: the day
    on which the oldest significant change was known that no assessment has answered yet.
    `standing`: what the person's indicators amount to, read as at the instant `at`. KeyError for
    an unknown level; ValueError for a standing without an instant.
    """
    days_overdue = (today - due_on).days
    is_ahead = days_overdue < -scale.ahead_days
    share = scale.ahead_share if is_ahead else FULL
    reasons = [
        Contribution("level", level, scale.levels[level] * share // FULL),
        *_of_date(scale, days_overdue, interval_days),
    ]
    if kind in STATUTORY and not is_ahead:
        reasons.append(Contribution("statutory", kind, scale.statutory))
    if is_escalated:
        reasons.append(Contribution("escalated", "", scale.escalated))
    if has_failed_attempt:
        reasons.append(Contribution("failed_attempt", "", scale.failed_attempt))
    if not is_ahead:
        reasons += _of_person(scale, today, order_ends_on, changed_on)
    return (*reasons, *of_indicators(standing, at))


def of_indicators(
    standing: Standing, at: dt.datetime | None, seen: Standing | None = None
) -> tuple[Contribution, ...]:
    """What a person's indicators add at an instant, one reason a code, most points first.

    `seen`: what those amount to that the reader may open, a part of `standing`. The points of all
    others are one reason that does not say what it is about, so that the score is everybody's
    (PRACTICE 14). ValueError for a standing without an instant.
    """
    if not standing.terms:
        return ()
    if at is None:
        raise ValueError("Indicators are read as at an instant.")
    shown = standing if seen is None else seen
    reasons = [
        Contribution(f"{INDICATOR}{term.code}", "open" if term.still else "fading", points)
        for term in shown.terms
        if (points := term.points(at))
    ]
    reasons.sort(key=lambda reason: (-reason.points, reason.code))
    if hidden := standing.score(at) - shown.score(at):
        reasons.append(Contribution(RESTRICTED, "", hidden))
    return tuple(reasons)


def score(reasons: Iterable[Contribution]) -> int:
    """The points of `reasons` together."""
    return sum(reason.points for reason in reasons)


def _of_date(scale: PriorityScale, days_overdue: int, interval_days: int) -> Iterator[Contribution]:
    if days_overdue > 0:
        late = scale.lateness(days_overdue, interval_days)
        yield Contribution("overdue", str(days_overdue), late)
    elif days_overdue >= -scale.soon_days:
        yield Contribution("due_soon", str(-days_overdue), scale.soon_points)


def _of_person(
    scale: PriorityScale,
    today: dt.date,
    order_ends_on: dt.date | None,
    changed_on: dt.date | None,
) -> Iterator[Contribution]:
    """Said in days: to the end of the order, and since the change was known."""
    if order_ends_on is not None:
        days_left = (order_ends_on - today).days
        if 0 <= days_left <= scale.order_expiry_days:
            yield Contribution("order_expiry", str(days_left), scale.order_expiry)
    if changed_on is not None and changed_on <= today:
        yield Contribution("change", str((today - changed_on).days), scale.change)
