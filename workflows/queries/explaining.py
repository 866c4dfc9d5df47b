"""Why a task stands where it does: its reasons, what changed since, and what a visit would do.

Advice only: nothing here is stored, and nothing moves by it (docs/decisions/0008).
"""

import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from accounts.actor import Actor
from accounts.policy import Action
from offenders.errors import Invalid
from risk.counterfactual import Item, Move, moved
from risk.differences import Difference, differences
from risk.models import Indicator
from risk.priority import Contribution, score
from risk.ranking import Place
from risk.standing import whole
from rules import current
from workflows.errors import TaskNotOpen
from workflows.facts import facts_of
from workflows.models import Kind, Task
from workflows.obligations import owed
from workflows.queries import scope as reach
from workflows.queries.inbox import MINE, OPEN
from workflows.queries.known_work import indicated_known, work_known
from workflows.queries.places import places
from workflows.queries.ranking import Scale
from workflows.queries.sight import Sight
from workflows.queries.sql import Clause
from workflows.queries.standing import as_known
from workflows.queries.task import row_of
from workflows.queries.task_rows import TaskRow
from workflows.weighing import live_rows

#: Of the next visit, which has no row yet: behind whatever it ties with.
NOT_YET = sys.maxsize


@dataclass(frozen=True, slots=True)
class Behind:
    """One live indicator that stands behind the score. `points` by itself, before any cap."""

    indicator: Indicator
    points: int
    is_fading: bool


@dataclass(frozen=True, slots=True)
class Since:
    """What made the score of now out of that of an instant. `score`: None where it was not there.

    The points of `differences` add up to what the score is now less what it was.
    """

    at: dt.datetime
    score: int | None
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class IfVisited:
    """Where the task stands in the list of its owner, or its team's where it is free, of `among`
    that the viewer sees, and where the next visit would stand if this one were made today."""

    move: Move
    among: int
    next_due_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reasons of `row` are points that add up to its score."""

    row: TaskRow
    as_of: dt.date
    at: dt.datetime
    indicators: list[Behind]
    since: Since | None
    if_visited: IfVisited | None


def explanation(actor: Actor, task: Task, *, since: dt.datetime | None = None) -> Explanation:
    """Why an open task stands where it does for the actor, who may see it.

    Raises TaskNotOpen, and Invalid `in_future`, `before_records` of `since`.
    """
    if not task.is_open:
        raise TaskNotOpen
    scale = Scale(timezone.localdate())
    row = row_of(actor, task, scale)
    return Explanation(
        row=row,
        as_of=scale.as_of,
        at=scale.at,
        indicators=_behind(actor, task, scale),
        since=None if since is None else _since(actor, task, row, since, scale),
        if_visited=_if_visited(actor, task, row, scale),
    )


def _behind(actor: Actor, task: Task, scale: Scale) -> list[Behind]:
    """Those that the actor may open, the weightiest first. Two statements."""
    mine = Indicator.objects.permitted(actor, Action.INDICATOR_VIEW).live()
    mine = mine.filter(offender=task.offender_id)
    weighed = {row.key: row.live for row in live_rows(mine, scale.as_of)}
    if not weighed:
        return []
    found = [
        Behind(
            one,
            whole(scale.weights.points_at(weighed[one.pk], scale.at)),
            weighed[one.pk].decays_from is not None,
        )
        for one in Indicator.objects.filter(pk__in=weighed)
    ]
    return sorted(found, key=lambda one: (-one.points, one.indicator.pk))


def _since(actor: Actor, task: Task, row: TaskRow, at: dt.datetime, scale: Scale) -> Since:
    """What was known then, as it was then and as it would be by now, and what is known now."""
    try:
        as_known(None, at)
    except Invalid as error:
        raise Invalid(error.code, error.message, field="since") from error
    before = _reasons_known(actor, task, at, Scale(timezone.localdate(at), at, known_at=at))
    if before is None:
        return Since(at, None, differences((), row.reasons))
    by_now = Scale(scale.as_of, scale.at, known_at=at)
    meanwhile = _reasons_known(actor, task, at, by_now) or ()
    return Since(at, score(before), differences(before, row.reasons, meanwhile=meanwhile))


def _reasons_known(
    actor: Actor, task: Task, known_at: dt.datetime, scale: Scale
) -> tuple[Contribution, ...] | None:
    """The reasons by what was known at an instant, as of the day and the instant of `scale`."""
    work = work_known(task, known_at, scale.as_of)
    if work is None:
        return None
    return scale.weigh(work, *indicated_known(actor, task, known_at, scale.as_of, scale))[1]


def _if_visited(actor: Actor, task: Task, row: TaskRow, scale: Scale) -> IfVisited | None:
    """Of a visit that is to be made. Nothing is written: `owed` is asked of other facts."""
    if task.kind != Kind.HOME_VISIT or not task.flow_task.follows_obligation:
        return None
    due_on = _next_due_on(task, scale.as_of)
    altered = None
    if due_on is not None:
        weighed = _as_due_on(actor, task, due_on, scale)
        altered = Item(NOT_YET, weighed, row.unactioned_critical, due_on)
    items = [_item(one) for one in _list_of(actor, task, scale)]
    mine = Item(row.key, row.reasons, row.unactioned_critical, row.due_on)
    others = [one for one in items if one.key != row.key]
    return IfVisited(moved([mine, *others], row.key, altered), len(others) + 1, due_on)


def _next_due_on(task: Task, today: dt.date) -> dt.date | None:
    """When the next visit would be due if this one were made today; None where none is owed."""
    if task.process.offender is None:
        return None
    visited = replace(facts_of(task.process.offender, as_of=today), last_visited_on=today)
    due = owed(visited, current.in_force(today), current.calendar(), today)
    return next((item.due_on for item in due if item.kind == Kind.HOME_VISIT), None)


def _as_due_on(actor: Actor, task: Task, due_on: dt.date, scale: Scale) -> tuple[Contribution, ...]:
    """The reasons of the same work if it were due another day, untried and not escalated."""
    indicated = Sight(actor, scale.as_of).of_person(task.process.offender_id)
    work = (due_on, task.level, task.kind, False, False, task.order_ends_on, task.changed_on)
    return scale.weigh(work, *indicated)[1]


def _list_of(actor: Actor, task: Task, scale: Scale) -> Sequence[Place]:
    """The places of the list in which the task stands, as far as the actor sees it."""
    within = Clause(f"{OPEN} AND t.team_id = %s AND t.owner_id IS NULL", (task.team_id,))
    if task.owner_id is not None:
        within = Clause(f"{MINE} AND t.owner_id = %s", (task.owner_id,))
    seen = reach.tasks(actor, Action.TASK_VIEW)
    return places([within], [seen], scale, Sight(actor, scale.as_of))


def _item(one: Place) -> Item:
    is_later, minus_score, due_on, key = one
    return Item(key, (Contribution("score", "", -minus_score),), not is_later, due_on)
