"""The order of work: each task's reasons and their sum, worked out as it is read."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from risk.priority import Contribution, explain, score
from rules import current
from rules.ruleset import RuleSet
from workflows.models import Kind

#: The rule that says how often each kind falls due, against which lateness is measured.
USUAL_RULE = {
    Kind.HOME_VISIT: "visit.interval.{level}",
    Kind.RISK_REASSESSMENT: "arms.review",
    Kind.INITIAL_NOTIFICATION: "notif.initial",
    Kind.CHANGE_NOTIFICATION: "notif.change.release",
    Kind.PERIODIC_NOTIFICATION: "notif.periodic.annual",
    Kind.FINAL_REVIEW: "registration.final_review",
    Kind.RELEASE_PLANNING: "release.planning.no_date",
}
#: Days that a calendar month counts for there.
DAYS_OF_MONTH = 30


class Weighed(NamedTuple):
    """A task with its score and the reasons that add up to it."""

    score: int
    key: int
    reasons: tuple[Contribution, ...]


class Work(NamedTuple):
    """What a score is worked out from, by the words of `risk.priority.explain`."""

    level: str
    due_on: dt.date
    interval_days: int
    kind: str
    is_escalated: bool
    has_failed_attempt: bool


def most_urgent(task: Weighed) -> tuple[int, int]:
    """What a list is sorted by: the highest score, then the oldest task."""
    return -task.score, task.key


def weigh(found: Iterable[tuple[Any, ...]], as_of: dt.date) -> list[Weighed]:
    """The score of each task on a London date.

    `found` are rows of (key, due_on, level, kind, escalated, attempted).
    """
    rules = current.in_force(as_of)
    usual: dict[tuple[str, str], int] = {}
    tasks = []
    for number, due_on, level, kind, escalated, attempted in found:
        if (kind, level) not in usual:
            usual[kind, level] = _usual_days(rules, kind, level)
        work = Work(level, due_on, usual[kind, level], kind, bool(escalated), bool(attempted))
        reasons, points = _explained(work, as_of)
        tasks.append(Weighed(points, number, reasons))
    return tasks


def _usual_days(rules: RuleSet, kind: str, level: str) -> int:
    """How often such work falls due, days. A rule that is switched off still gives the measure."""
    name = USUAL_RULE[Kind(kind)].format(level=level)
    length = rules.rule(name, even_disabled=True).length
    return length.days if length.unit in "dw" else length.months * DAYS_OF_MONTH


@lru_cache(maxsize=16_384)
def _explained(work: Work, as_of: dt.date) -> tuple[tuple[Contribution, ...], int]:
    """The reasons and their sum. Many tasks share level, kind and day: each is worked out once."""
    reasons = explain(today=as_of, **work._asdict())
    return reasons, score(reasons)
