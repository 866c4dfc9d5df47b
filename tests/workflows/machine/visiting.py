"""When the next home visit is due, told day by day from PRACTICE 2 to 5, 13 and 16."""

import datetime as dt

from tests.rules.by_hand import days_after, months_after, working_days_after
from tests.workflows.machine.life import (
    AWAY,
    MONTHS,
    RANK,
    Life,
    Plan,
    assess_by,
    notifications_due,
    reassessment_due,
)
from tests.workflows.machine.planned import LONGEST, review_due, visit_after
from tests.workflows.machine.signs import deeds_due, triages_due
from tests.workflows.machine.unfound import death_due, release_due, search_due, warrant_due

Day = dt.date
#: Away for so many days, the old clock does not count any more.
LONG = 28


class Telling:
    """The clock as it is told what happened since the last effective visit.

    `base`: that visit and the interval; None once a long stay or reactive management ended it.
    `asked`: days by which events asked for a visit. `raised`: asked for by a higher level alone.
    """

    def __init__(self, life: Life) -> None:
        self.life, self.visited = life, life.last_visit
        self.base: Day | None = None
        self.raised: Day | None = None
        self.asked: list[Day] = []
        self.plan, self.outgrown = standing_plan(life, self.visited or Day.min)
        if self.visited is None:
            self.since, self.level = life.began(also_abroad=True), "not_assessed"
            self.asked = [working_days_after(self.since, 15)]
        else:
            self.since, self.level = self.visited, life.level_on(self.visited)
            self.base = self.wanted(self.visited)

    def wanted(self, visited: Day) -> Day:
        """By the level and the plan: never later than any plan may set, nor than the level once
        it was raised since the plan."""
        by_level = months_after(visited, MONTHS[self.level])
        if not self.plan or self.plan.every == "level":
            return by_level
        longest = months_after(visited, LONGEST[self.level])
        return min(visit_after(visited, self.plan.every), by_level if self.outgrown else longest)

    def due(self) -> Day:
        """The earliest of all that asks for a visit."""
        return min(day for day in (self.base, self.raised, *self.asked) if day)

    def tell(self, day: Day) -> None:
        """Everything that happened on one day: whereabouts, level, mode, direction."""
        for on, since, _ in self.life.returns():
            if on == day and self.visited is not None:
                self._return(on, since)
        self.asked += [days_after(on, 1) for on in self.life.located() if on == day]
        for on, level, _ in self.life.levels:
            if on == day:
                self._decide(on, level)
        for plan in self.life.plans:
            if plan.agreed == day:
                self._agree(day, plan)
        self._tell_modes(day)
        self.asked += [visit_by for given, visit_by in self.life.directions if given == day]

    def _tell_modes(self, day: Day) -> None:
        modes = [mode for _, mode in self.life.modes]
        for number, (on, mode) in enumerate(self.life.modes):
            if on == day and number and (modes[number - 1], mode) == ("reactive", "active"):
                self._active_again(on)

    def _return(self, on: Day, since: Day | None) -> None:
        if since is None or (on - since).days >= LONG:
            self.base, self.raised, self.asked = None, None, []
        self.asked.append(working_days_after(on, 15))

    def _decide(self, on: Day, level: str) -> None:
        old = self.visited and self.wanted(self.visited)
        before, self.level = self.level, level
        self.outgrown = self.outgrown or RANK[level] > RANK[before]
        if self.visited is None:
            return
        new = self.wanted(self.visited)
        if RANK[level] > RANK[before]:
            self._sooner(max(new, working_days_after(on, 5)))
        elif RANK[level] < RANK[before] and (not self.plan or new != old):
            self._later(on, new)

    def _agree(self, on: Day, plan: Plan) -> None:
        old = self.visited and self.wanted(self.visited)
        self.plan, self.outgrown = plan, RANK[self.level] > RANK[plan.level]
        if self.visited is None or old is None:
            return
        new = self.wanted(self.visited)
        if new < old:
            self._sooner(max(new, working_days_after(on, 5)))
        elif new > old:
            self._later(on, new)

    def _sooner(self, wanted: Day) -> None:
        if self.base:
            self.base = min(self.base, wanted)
        else:
            self.raised = min(self.raised or wanted, wanted)

    def _later(self, on: Day, new: Day) -> None:
        if self.due() >= on:
            self.base, self.raised = self.base and new, None

    def _active_again(self, on: Day) -> None:
        limit = working_days_after(on, 10)
        if not on < self.due() < limit:
            self.base, self.raised, self.asked = None, None, [limit]


def standing_plan(life: Life, day: Day) -> tuple[Plan | None, bool]:
    """The plan of that day, and whether the level has gone above that for which it was made."""
    plan = next((plan for plan in reversed(life.plans) if plan.agreed <= day), None)
    if plan is None:
        return None, False
    level = life.level_on(plan.agreed)
    outgrown = RANK[level] > RANK[plan.level]
    for on, to, _ in life.levels:
        if plan.agreed < on <= day:
            outgrown, level = outgrown or RANK[to] > RANK[level], to
    return plan, outgrown


def visit_due(life: Life, today: Day) -> Day:
    """When the next home visit is due by what had happened up to `today`."""
    telling = Telling(life)
    if telling.visited is None:
        # Nobody visited that day, so a direction of the very first day still stands.
        telling.asked += [by for given, by in life.directions if given == telling.since]
    days = [on for on, *_ in [*life.returns(), *life.levels, *life.modes, *life.directions]]
    days += [plan.agreed for plan in life.plans]
    for day in sorted({*days, *life.located()}):
        if telling.since < day <= today:
            telling.tell(day)
    return telling.due()


def owed(life: Life, today: Day) -> dict[tuple[str, str], Day]:
    """All that is owed by (kind, about), but what supervisors owe of their own."""
    found = triages_due(life.signs)
    if life.ended_on is not None:
        return found
    over_on = life.over_on()
    if over_on is not None and today >= days_after(over_on, -90):
        found["final_review", ""] = over_on
    if life.search.dead:
        return found | death_due(life.search.dead)
    found |= deeds_due(life.deeds)
    if life.has_run_out(today):
        return found
    found |= search_due(life)
    if life.here.status in AWAY:
        return found | release_due(life, today)
    found |= notifications_due(life) | warrant_due(life)
    if life.here.status == "missing":
        asked = assess_by(life)
        return found | {("risk_reassessment", ""): min(asked)} if asked else found
    return found | _owed_at_home(life, today)


def _owed_at_home(life: Life, today: Day) -> dict[tuple[str, str], Day]:
    """What only somebody who can be met is owed."""
    found = {("risk_reassessment", ""): reassessment_due(life), **review_due(life)}
    if life.mode == "active":
        found["home_visit", ""] = visit_due(life, today)
        if life.proposal:
            proposed_on, key = life.proposal
            found["reactive_proposal", f"proposal:{key}"] = working_days_after(proposed_on, 10)
    else:
        looked_at = [life.modes[-1][0], *life.relief_reviewed]
        found["reactive_review", ""] = months_after(max(looked_at), 12)
    return found
