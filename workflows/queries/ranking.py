"""The order of work: each task's reasons and their sum, worked out as it is read."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.utils import timezone

from risk.indicator_types import half_lives
from risk.priority import Contribution, PriorityScale, explain, of_indicators, score
from risk.ranking import Place, place
from risk.standing import NOTHING, Standing
from risk.weights import IndicatorScale
from rules import current
from rules.ruleset import RuleSet
from workflows.models import Kind
from workflows.queries.cursor import BadCursor

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
    # Days: the graver ones have hours, and stand first by what the indicator itself is worth.
    Kind.INDICATOR_TRIAGE: "indicator.triage.medium",
}
#: Days that a calendar month counts for there.
DAYS_OF_MONTH = 30


#: What a score is worked out from beside indicators: due date, level, kind, whether escalated,
#: whether tried in vain, the end of an order, a change that no assessment has answered.
Work = tuple[dt.date, str, str, bool, bool, dt.date | None, dt.date | None]
#: The same as columns of `workflows_task t`.
WORK = (
    "t.due_on AS due_on, t.level, t.kind, t.escalated_at IS NOT NULL, t.attempt_by IS NOT NULL,"
    " t.order_ends_on, t.changed_on"
)
#: How many columns they are.
WORKED = 7
#: The score and the reasons that add up to it.
Weight = tuple[int, tuple[Contribution, ...]]


class Scale:
    """Weighs tasks as on one London date, by the rules in force that day. One statement.

    `at`: the instant as at which indicators are read; now where none is given. Pages of one list
    keep it, so that nothing fades between them. `known_at`: by the rules as approved then.
    """

    def __init__(
        self,
        as_of: dt.date,
        at: dt.datetime | None = None,
        *,
        known_at: dt.datetime | None = None,
    ) -> None:
        self.as_of = as_of
        self.at = at or timezone.now()
        self._rules = current.in_force(as_of, known_at)
        self.figures = PriorityScale.of(self._rules)
        self._weighed = _weigher(self.figures, as_of)
        self._usual: dict[tuple[str, str], int] = {}

    @property
    def weights(self) -> IndicatorScale:
        """The figures by which single indicators are weighed."""
        return IndicatorScale.of(self._rules, half_lives())

    def weigh(
        self, work: Work, indicated: Standing = NOTHING, seen: Standing | None = None
    ) -> Weight:
        """The score of a task, and why.

        `indicated`: what the person's indicators amount to; `seen`: what of it may be told.
        """
        points, reasons = self._without(work)
        if not indicated.terms:
            return points, reasons
        more = of_indicators(indicated, self.at, seen)
        return points + score(more), (*reasons, *more)

    def place(self, key: int, work: Work, indicated: Standing = NOTHING) -> Place:
        """Where a task stands in every list."""
        return place(
            has_unactioned_critical=indicated.has_unactioned_critical,
            score=self._without(work)[0] + indicated.score(self.at),
            key=key,
            due_on=work[0],
        )

    def usual_days(self, level: str, kind: str) -> int:
        """How often such work falls due, days."""
        asked = (level, kind)
        if asked not in self._usual:
            self._usual[asked] = _usual_days(self._rules, level, kind)
        return self._usual[asked]

    def _without(self, work: Work) -> Weight:
        return self._weighed(work, self.usual_days(work[1], work[2]))


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
        due_on, level, kind, escalated, attempted, order_ends_on, changed_on = work
        reasons = explain(
            scale,
            level=level,
            due_on=due_on,
            today=as_of,
            interval_days=interval_days,
            kind=kind,
            is_escalated=bool(escalated),
            has_failed_attempt=bool(attempted),
            order_ends_on=order_ends_on,
            changed_on=changed_on,
        )
        return score(reasons), reasons

    return weighed


def resumed(keys: Sequence[Any]) -> tuple[dt.date, dt.datetime, Place]:
    """Day, instant and place after which a list by priority goes on, out of its cursor.

    Raises BadCursor for one of an order that is no longer used.
    """
    try:
        as_of, at, is_later, points, due_on, key = keys
        day, moment = _day(as_of), _moment(at)
        return day, moment, (bool(is_later), int(points), _day(due_on), int(key))
    except (TypeError, ValueError) as error:
        raise BadCursor from error


def _day(value: dt.date | str) -> dt.date:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def _moment(value: dt.datetime | str) -> dt.datetime:
    return dt.datetime.fromisoformat(value) if isinstance(value, str) else value
