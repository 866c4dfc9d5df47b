"""When the next review of a plan is due, and how often it has the person visited: the oracle."""

import datetime as dt

from tests.rules.by_hand import days_after, months_after, working_days_after
from tests.workflows.machine.life import AWAY, MONTHS, RANK, Life, Plan

Day = dt.date
#: Months between visits, nearly, as a plan may set them; and how long at most, by level.
LENGTH = {"14d": 0.5, "1m": 1, "4m": 4, "9m": 9}
LONGEST = {"very_high": 1, "high": 6, "not_assessed": 3, "medium": 12, "low": 24}


def is_too_long(every: str, level: str) -> bool:
    """Longer than any plan may set."""
    return every != "level" and LENGTH[every] > LONGEST[level]


def is_longer(every: str, level: str) -> bool:
    """Longer than the level asks: an inspector's to agree."""
    return every != "level" and LENGTH[every] > MONTHS[level]


def review_due(life: Life) -> dict[tuple[str, str], Day]:
    """When the plan must be looked at again; nothing before an endorsed assessment or a plan."""
    plan = life.plans[-1] if life.plans else None
    seen = plan.in_light_of if plan else 0
    asked = [working_days_after(day, 5) for day, key in life.endorsed if key > seen][:1]
    wanted = [after_absence(life, day) for day in asked]
    if plan:
        wanted.append(_by_level(life, plan))
    return {("plan_review", ""): min(wanted)} if wanted else {}


def _by_level(life: Life, plan: Plan) -> Day:
    level = life.level_on(plan.handed_in)
    due = after_absence(life, months_after(plan.handed_in, MONTHS[level]))
    for on, to, _ in life.levels:
        if on <= plan.handed_in:
            continue
        change, level = RANK[to] - RANK[level], to
        new = months_after(plan.handed_in, MONTHS[level])
        if change > 0:
            due = min(due, after_absence(life, max(new, working_days_after(on, 5))))
        elif change < 0 and due >= on:
            due = after_absence(life, new)
    return due


def after_absence(life: Life, day: Day) -> Day:
    """What falls due while away or missing is due 15 working days after the return."""
    spans: list[tuple[Day, Day | None]] = []
    for stay in life.stays:
        if stay.status not in (*AWAY, "missing"):
            continue
        since = spans.pop()[0] if spans and spans[-1][1] == stay.since else stay.since
        spans.append((since, stay.until))
    for since, until in spans:
        if until and since <= day < until:
            day = working_days_after(until, 15)
    return day


def visit_after(visited: Day, every: str) -> Day:
    """The day to which a plan's interval leads."""
    number = int(every[:-1])
    return days_after(visited, number) if every[-1] == "d" else months_after(visited, number)
