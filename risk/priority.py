"""How pressing a task is, from 0 to 100, and why. Pure: numbers and codes in, points out.

The points are our defaults, not a risk score: they order work between people whose level an
officer decided. They only ever add, so that nothing recorded can hide anyone.
"""

import datetime as dt
from typing import NamedTuple

#: Points of a management level. A missing level counts as high.
LEVEL_POINTS = {"very_high": 40, "high": 30, "not_assessed": 30, "medium": 15, "low": 5}
#: Most points that lateness gives: an interval late, or more. Fewest, once overdue at all.
MOST_LATE, LEAST_LATE = 40, 10
#: Days ahead of the due date that count as soon, and what that gives.
SOON_DAYS, SOON_POINTS = 7, 5
STATUTORY_POINTS = 5
ESCALATED_POINTS = 10
FAILED_ATTEMPT_POINTS = 5

#: Further ahead than this, days, a level counts only for so much of its points: a high risk
#: person's duty next summer does not stand before a low risk person's visit tomorrow.
AHEAD_DAYS, AHEAD_SHARE = 28, 5

#: Duties that statute gives the registered person.
STATUTORY = frozenset({"initial_notification", "change_notification", "periodic_notification"})


class Contribution(NamedTuple):
    """One reason for a score: what it is, what was found, and the points it adds."""

    code: str
    value: str
    points: int


def explain(
    *,
    level: str,
    due_on: dt.date,
    today: dt.date,
    interval_days: int,
    kind: str,
    is_escalated: bool = False,
    has_failed_attempt: bool = False,
) -> tuple[Contribution, ...]:
    """The reasons for a task's score, whose points add up to it.

    `interval_days`: how often the work falls due; lateness is measured against it. KeyError for
    an unknown level.
    """
    days_overdue = (today - due_on).days
    is_ahead = days_overdue < -AHEAD_DAYS
    points = LEVEL_POINTS[level] // (AHEAD_SHARE if is_ahead else 1)
    reasons = [Contribution("level", level, points)]
    if days_overdue > 0:
        reasons.append(
            Contribution("overdue", str(days_overdue), _lateness(days_overdue, interval_days))
        )
    elif days_overdue >= -SOON_DAYS:
        reasons.append(Contribution("due_soon", str(-days_overdue), SOON_POINTS))
    if kind in STATUTORY and not is_ahead:
        reasons.append(Contribution("statutory", kind, STATUTORY_POINTS))
    if is_escalated:
        reasons.append(Contribution("escalated", "", ESCALATED_POINTS))
    if has_failed_attempt:
        reasons.append(Contribution("failed_attempt", "", FAILED_ATTEMPT_POINTS))
    return tuple(reasons)


def score(reasons: tuple[Contribution, ...]) -> int:
    """The points of `reasons` together: the most of each make 100."""
    return sum(reason.points for reason in reasons)


def _lateness(days_overdue: int, interval_days: int) -> int:
    """In proportion to the interval, rounded down, between the fewest and the most points."""
    if interval_days <= 0:
        return MOST_LATE
    return min(MOST_LATE, max(LEAST_LATE, MOST_LATE * days_overdue // interval_days))
