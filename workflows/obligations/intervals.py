"""How long from one home visit to the next: by the level, or as the plan in force says.

That the risk management plan sets the frequency, and the level gives only the usual one, is NPCC
practice since June 2017. What a raised level does to a plan is our default (docs/decisions/0019).
"""

import datetime as dt
from typing import NamedTuple, Self

from offenders.models import ManagementLevel
from offenders.models.management import DecisionOrigin
from rules.dates import after
from workflows.obligations.due import Due, Question
from workflows.obligations.person import LevelDecided, PlanAgreed

#: The rule of an interval that a plan sets.
BY_PLAN = "visit.interval.rmp_override"

#: A missing level counts as high, never as low.
RANK: dict[str, int] = {
    ManagementLevel.LOW: 1,
    ManagementLevel.MEDIUM: 2,
    ManagementLevel.HIGH: 3,
    ManagementLevel.NOT_ASSESSED: 3,
    ManagementLevel.VERY_HIGH: 4,
}


class Interval(NamedTuple):
    """The interval that stands: the level, and the plan where one sets another.

    `outgrown`: since the plan came into force the level went above that for which it was made.
    Until the next plan it can then shorten the interval, and not lengthen it any more.
    """

    asked: Question
    level: str
    plan: PlanAgreed | None = None
    outgrown: bool = False

    @classmethod
    def on(cls, asked: Question, day: dt.date) -> Self:
        """The interval that stood on `day`."""
        levels, plans = asked.facts.levels, asked.facts.plans
        standing = max((plan for plan in plans if plan.on <= day), default=None)
        if standing is None:
            return cls(asked, level_at(levels, day))
        found = cls(asked, level_at(levels, standing.on)).by_plan(standing)
        for decided in sorted(levels):
            if standing.on < decided.on <= day:
                found = found.at_level(decided.level)
        return found._replace(level=level_at(levels, day))

    def at_level(self, level: str) -> Self:
        """The same after a decision on the level."""
        return self._replace(level=level, outgrown=self.outgrown or RANK[level] > RANK[self.level])

    def by_plan(self, plan: PlanAgreed | None) -> Self:
        """The same after a plan came into force."""
        outgrown = plan is not None and RANK[self.level] > RANK[plan.level]
        return self._replace(plan=plan, outgrown=outgrown)

    def due(self, visited_on: dt.date) -> Due:
        """When the next visit is due by it. No plan goes beyond `visit.longest`."""
        length = None if self.plan is None else self.plan.interval
        if self.plan is None or length is None:
            return self._by("visit.interval", visited_on)
        cited = (
            ("last_effective_visit", visited_on.isoformat()),
            ("plan", self.plan.on.isoformat()),
            ("interval", str(length)),
        )
        planned = Due(after(visited_on, length), BY_PLAN, cited)
        at_most = self._by("visit.interval" if self.outgrown else "visit.longest", visited_on)
        return at_most if at_most.on < planned.on else planned

    def _by(self, rule: str, visited_on: dt.date) -> Due:
        on, cited_rule, cited = self.asked.due(
            f"{rule}.{self.level}", "last_effective_visit", visited_on
        )
        return Due(on, cited_rule, (*cited, ("level", self.level)))


def level_at(levels: tuple[LevelDecided, ...], day: dt.date) -> str:
    """The level that stood on `day`: not assessed before the first.

    A first level that we took over stood before we did, however late that was.
    """
    standing = [decided for decided in levels if decided.on <= day]
    if standing:
        return max(standing).level
    if levels and (first := min(levels)).origin == DecisionOrigin.IMPORTED:
        return first.level
    return ManagementLevel.NOT_ASSESSED.value
