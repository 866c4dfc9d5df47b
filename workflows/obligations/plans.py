"""When the risk management plan must be looked at again (docs/decisions/0019).

Owed in the community, whoever is managed actively or reactively, once an assessment that was made
here was endorsed or a plan is in force. The review runs from when the last plan was handed in.
"""

import datetime as dt
from collections.abc import Iterator

from workflows.obligations.due import Due, Question
from workflows.obligations.intervals import RANK, level_at
from workflows.obligations.person import PlanAgreed


def plan_reviews(asked: Question) -> Iterator[Due]:
    """The review that is owed to a person who is here, or nothing.

    The earlier of two: what the newest plan and the level ask for, and what an assessment asked for
    that was endorsed since. Only another plan takes the second away.
    """
    plan = max(asked.facts.plans, default=None)
    found = [] if plan is None else [_interval(asked, plan)]
    seen = 0 if plan is None else plan.assessment
    newer = [endorsed for endorsed in asked.facts.assessments if endorsed.order > seen]
    if newer:
        # A later one adds no time to the first.
        first = min(newer)
        found.append(asked.after_stay(asked.due("rmp.after_assessment", "assessment", first.on)))
    if found:
        yield min(found)


def _interval(asked: Question, plan: PlanAgreed) -> Due:
    """The interval since the last plan, and what the level did to it since (as PRACTICE 3).

    Raised: the earlier of the date so far and a new one that leaves some days from the decision.
    Lowered: the new interval, unless the review was overdue already.
    """
    level = level_at(asked.facts.levels, plan.submitted_on)
    due = _from(asked, plan.submitted_on, level)
    for decided in sorted(asked.facts.levels):
        if decided.on <= plan.submitted_on:
            continue
        raised, level = RANK[decided.level] - RANK[level], decided.level
        new = _from(asked, plan.submitted_on, level)
        if raised > 0:
            limit = asked.due("rmp.after_level_raised", "level_raised", decided.on)
            due = min(due, asked.after_stay(max(new, limit)))
        elif raised < 0 and due.on >= decided.on:
            due = new
    return due


def _from(asked: Question, submitted_on: dt.date, level: str) -> Due:
    """The level's interval from when the last plan was handed in."""
    on, rule, cited = asked.due(f"rmp.review.{level}", "last_plan", submitted_on)
    return asked.after_stay(Due(on, rule, (*cited, ("level", level))))
