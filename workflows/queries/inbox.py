"""What an officer or a team should do next, and why.

The order is worked out as it is read: nothing is stored, so nothing is ever out of date. Few
columns of every candidate are read and scored, then the rows of one page. Three statements,
whatever the length: the rules in force, the candidates, the page; two by due date. One more for
one's own list: for whom one covers (`workflows.queries.absences`).
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone

from accounts.actor import Actor
from accounts.models import Team
from accounts.policy import Action, Reach, grant
from workflows.queries import absences
from workflows.queries import scope as reach
from workflows.queries.cursor import BadCursor
from workflows.queries.for_anyone import for_anyone
from workflows.queries.places import candidates, page_of, places
from workflows.queries.ranking import Scale, resumed
from workflows.queries.sight import Sight
from workflows.queries.sql import Clause, Page, key, placeholders
from workflows.queries.task_rows import STATES, State, TaskRow, read_rows, shape, title
from workflows.queries.whole_force import LONGEST_READ, Walks

__all__ = ["TaskRow", "shape", "tasks_page", "title"]

#: "mine" holds what one covers as well; "absent" what officers of the team have who are away.
Scope = Literal["mine", "team", "covering", "absent"]
Order = Literal["priority", "due"]

#: Filters by due date, the same for pages and API: days from today, first and last.
WINDOWS: dict[str, tuple[int | None, int]] = {
    "overdue": (None, -1),
    "due_today": (0, 0),
    "next_7_days": (0, 6),
}

#: Words of the partial indexes `task_inbox` and `task_team`: SQLite uses an index only where the
#: condition repeats them as they are.
MINE = "t.flow_task_type = 'HUMAN' AND t.status = 'ASSIGNED'"
OPEN = "t.flow_task_type = 'HUMAN' AND t.status IN ('NEW', 'ASSIGNED')"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tasks of the scope are asked for."""

    kind: str | None = None
    step: str | None = None
    steps: Sequence[str] = ()
    state: State | None = None
    due_from: dt.date | None = None
    due_to: dt.date | None = None

    def clauses(self) -> Iterable[Clause]:
        """The conditions of those that are given."""
        tests = {
            "t.kind = %s": self.kind,
            "t.step = %s": self.step,
            "t.status = %s": STATES[self.state] if self.state else None,
            "t.due_on >= %s": self.due_from,
            "t.due_on <= %s": self.due_to,
        }
        yield from (Clause(sql, (value,)) for sql, value in tests.items() if value is not None)
        if self.steps:
            yield Clause(f"t.step IN ({placeholders(self.steps)})", tuple(self.steps))


def in_window(name: str, today: dt.date) -> Clause:
    """The tasks of one of WINDOWS. Overdue is by the due date alone (PRACTICE 8); a window that
    begins today also holds what is to be tried again in it, or should have been (PRACTICE 4)."""
    first, last = WINDOWS[name]
    until = today + dt.timedelta(days=last)
    if first is None:
        return Clause("t.due_on <= %s", (until,))
    since = today + dt.timedelta(days=first)
    return Clause(
        "t.due_on >= %s AND (t.due_on <= %s OR t.attempt_by <= %s)", (since, until, until)
    )


def tasks_page(
    *,
    actor: Actor,
    scope: Scope,
    today: dt.date,
    kind: str | None = None,
    step: str | None = None,
    steps: Sequence[str] = (),
    state: State | None = None,
    due_from: dt.date | None = None,
    due_to: dt.date | None = None,
    window: str | None = None,
    deferred: bool = False,
    team: UUID | None = None,
    order: Order = "priority",
    after: tuple[Any, ...] | None = None,
    limit: int = 50,
) -> Page[TaskRow]:
    """Some open tasks of the actor, or of their teams, most urgent or first due first.

    `state` "free": what waits for somebody who does such steps (`for_anyone`), as it is counted.
    `window` is one of WINDOWS. `deferred`: only what is put off to a day still to come; nothing is
    ever left out because it is (PRACTICE 20). `after` is the `next` of the page before: (as_of, at,
    *place) by priority, whose later pages keep the day and the instant of the first, and (due_on,
    key) by due date. Raises BadCursor for another.

    Who sees a whole force and names no team gets its first places without all of it being read
    (`queries.whole_force`): then in more statements, and as few rows as that takes.
    """
    wanted = Wanted(kind, step, steps, state, due_from, due_to)
    conditions = [reach.tasks(actor, Action.TASK_VIEW), *wanted.clauses()]
    if window is not None:
        conditions.append(in_window(window, today))
    if state == "free":
        conditions.append(for_anyone(actor, today))
    if deferred:
        conditions.append(Clause("t.deferred_until > %s", (today,)))
    if scope == "absent":
        conditions.append(absences.of_absent(today))
    if order == "priority" and _is_whole_force(actor, scope, team):
        return _of_force(actor, conditions, today=today, after=after, limit=limit)
    lists = _lists(actor, scope, team, today)
    if order == "due":
        return _by_due(actor, lists, conditions, today=today, after=after, limit=limit)
    return _by_priority(actor, lists, conditions, today=today, after=after, limit=limit)


def _lists(actor: Actor, scope: Scope, team: UUID | None, today: dt.date) -> list[Clause]:
    """The index ranges that hold the scope: an officer's tasks, each team's, or named people's."""
    narrowed = Clause("1 = 1")
    if team is not None:
        wanted = "(SELECT id FROM accounts_team WHERE public_id = %s)"
        narrowed = Clause(f"t.team_id = {wanted}", (key(team),))
    if scope in ("mine", "covering"):
        owners = absences.covered_by(actor, today)
        if scope == "mine" and actor.user_id is not None:
            owners = (actor.user_id, *owners)
        mine = [Clause(f"{MINE} AND t.owner_id = %s", (owner,)) & narrowed for owner in owners]
        return mine or [Clause("1 = 0")]
    if team is not None:
        return [Clause(OPEN) & narrowed]
    permission = grant(actor, Action.TASK_VIEW)
    if permission is not None and permission.reach is Reach.NAMED:
        # Whoever is named for people sees them in whatever team they are.
        return [Clause(OPEN) & reach.named_tasks(actor)]
    sees_force = permission is not None and permission.reach is Reach.FORCE
    teams = _teams_of_force(actor) if sees_force else actor.team_ids
    return [Clause(f"{OPEN} AND t.team_id = %s", (known,)) for known in teams] or [Clause("1 = 0")]


def _teams_of_force(actor: Actor) -> Sequence[int]:
    if actor.force_id is None:
        return ()
    teams = Team.objects.filter(force_id=actor.force_id).order_by("pk")
    return list(teams.values_list("pk", flat=True))


def _is_whole_force(actor: Actor, scope: Scope, team: UUID | None) -> bool:
    permission = grant(actor, Action.TASK_VIEW)
    reaches_all = permission is not None and permission.reach is Reach.FORCE
    return reaches_all and team is None and scope in ("team", "absent")


def _of_force(
    actor: Actor,
    conditions: Sequence[Clause],
    *,
    today: dt.date,
    after: tuple[Any, ...] | None,
    limit: int,
) -> Page[TaskRow]:
    as_of, at, last = resumed(after) if after else (today, None, None)
    scale, sight = Scale(as_of, at), Sight(actor, as_of)
    walks = Walks(actor.force_id or 0, conditions, scale, sight)
    return page_of(walks.first(limit + 1, last).places, scale, sight, limit)


def _by_due(
    actor: Actor,
    lists: Sequence[Clause],
    conditions: list[Clause],
    *,
    today: dt.date,
    after: tuple[Any, ...] | None,
    limit: int,
) -> Page[TaskRow]:
    if after is not None:
        conditions = [*conditions, Clause("(t.due_on, t.id) > (%s, %s)", _due_and_key(after))]
    wanted = candidates(lists, conditions, limit=limit + 1)
    ids = Clause(f"SELECT id FROM ({wanted.sql}) c", wanted.params)  # noqa: S608
    rows_of = read_rows(ids, Scale(today), Sight(actor, today))
    found = sorted(rows_of, key=lambda row: (row.due_on, row.key))
    rows = found[:limit]
    more = len(found) > limit
    return Page(rows, (rows[-1].due_on, rows[-1].key) if more else None, today)


def goes_on(after: tuple[Any, ...], order: Order) -> bool:
    """Whether a page by `order` can go on after that key.

    Not after one of an order before this one, nor by priority after one of a day ago.
    """
    try:
        if order == "priority":
            _, at, _ = resumed(after)
            return at >= timezone.now() - LONGEST_READ
        _due_and_key(after)
    except BadCursor:
        return False
    return True


def _due_and_key(after: tuple[Any, ...]) -> tuple[dt.date, int]:
    try:
        due_on, number = after
        day = dt.date.fromisoformat(due_on) if isinstance(due_on, str) else due_on
        return day, int(number)
    except (TypeError, ValueError) as error:
        raise BadCursor from error


def _by_priority(
    actor: Actor,
    lists: Sequence[Clause],
    conditions: Sequence[Clause],
    *,
    today: dt.date,
    after: tuple[Any, ...] | None,
    limit: int,
) -> Page[TaskRow]:
    as_of, at, last = resumed(after) if after else (today, None, None)
    scale, sight = Scale(as_of, at), Sight(actor, as_of)
    ordered = sorted(places(lists, conditions, scale, sight))
    if last is not None:
        ordered = ordered[bisect_right(ordered, last) :]
    return page_of(ordered, scale, sight, limit)
