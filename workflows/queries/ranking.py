"""The order of work: each task's reasons and their sum, worked out as it is read."""

import datetime as dt
from collections.abc import Callable
from functools import lru_cache

from risk.priority import Contribution, PriorityScale, explain, score
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
    Kind.CASE_ACTION: "case_action.usual",
    Kind.REACTIVE_PROPOSAL: "reactive.decision",
    Kind.REACTIVE_REVIEW: "reactive.review",
    Kind.MISSING_DECISION: "missing.review",
    Kind.MISSING_CONFIRMATION: "missing.review",
    Kind.MISSING_ENQUIRY: "missing.review",
    Kind.DEATH_VERIFICATION: "death.verification",
    Kind.ENTRY_WARRANT: "entry.warrant.consider",
    Kind.PLAN_REVIEW: "rmp.review.{level}",
    Kind.SUPERVISOR_REVIEW: "supervisor.case_review.other",
    Kind.DIP_SAMPLE: "dip_sample.check",
}
#: Days that a calendar month counts for there.
DAYS_OF_MONTH = 30


#: What a score is worked out from: due date, level, kind, whether escalated, whether tried in vain.
Work = tuple[dt.date, str, str, bool, bool]
#: The score and the reasons that add up to it.
Weight = tuple[int, tuple[Contribution, ...]]


class Scale:
    """Weighs tasks as on one London date, by the rules in force that day. One statement."""

    def __init__(self, as_of: dt.date) -> None:
        self.as_of = as_of
        self._rules = current.in_force(as_of)
        self._weighed = _weigher(PriorityScale.of(self._rules), as_of)
        self._usual: dict[tuple[str, str], int] = {}

    def weigh(self, work: Work) -> Weight:
        """The score of a task, and why."""
        asked = (work[1], work[2])
        if asked not in self._usual:
            self._usual[asked] = _usual_days(self._rules, *asked)
        return self._weighed(work, self._usual[asked])


def _usual_days(rules: RuleSet, level: str, kind: str) -> int:
    """How often such work falls due, days. A rule that is switched off still gives the measure."""
    name = USUAL_RULE[Kind(kind)].format(level=level)
    length = rules.rule(name, even_disabled=True).length
    return length.days if length.unit in "dw" else length.months * DAYS_OF_MONTH


@lru_cache(maxsize=4)
def _weigher(scale: PriorityScale, as_of: dt.date) -> Callable[[Work, int], Weight]:
    """Weighs by one scale on one day, and remembers what it found.

    Many tasks share a due date, a level and a kind, and are asked for again and again. Each scale
    and day remembers for itself, so that a list hashes them once and not for every row.
    """

    @lru_cache(maxsize=16_384)
    def weighed(work: Work, interval_days: int) -> Weight:
        due_on, level, kind, escalated, attempted = work
        reasons = explain(
            scale,
            level=level,
            due_on=due_on,
            today=as_of,
            interval_days=interval_days,
            kind=kind,
            is_escalated=bool(escalated),
            has_failed_attempt=bool(attempted),
        )
        return score(reasons), reasons

    return weighed
