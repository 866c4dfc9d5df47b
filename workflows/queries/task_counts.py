"""How many tasks wait, for the head of a page."""

import datetime as dt
from dataclasses import dataclass

from accounts.actor import Actor
from accounts.policy import Action, Reach, grant
from workflows.queries import absences
from workflows.queries import scope as reach
from workflows.queries.for_anyone import for_anyone
from workflows.queries.inbox import OPEN, WINDOWS
from workflows.queries.sql import Clause, all_of, placeholders, read


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """How many tasks wait, for the head of a page. A viewer of a whole force has no team counts."""

    mine: int
    mine_overdue: int
    team: int
    team_overdue: int
    team_free: int
    #: Late or soon due, of officers of the team who are away.
    team_absent: int = 0


def task_counts(actor: Actor, today: dt.date) -> TaskCounts:
    """The numbers at the head of the task pages, in one statement."""
    mine = absences.theirs_or_covered(actor, today)
    permission = grant(actor, Action.TASK_VIEW)
    team = Clause("1 = 0")
    if permission is not None and permission.reach is Reach.NAMED:
        team = reach.named_tasks(actor)
    elif actor.team_ids:
        team = Clause(f"t.team_id IN ({placeholders(actor.team_ids)})", actor.team_ids)
    late = Clause("t.due_on < %s", (today,))
    free = Clause("t.status = 'NEW'") & for_anyone(actor, today)
    away = (
        team
        & absences.of_absent(today)
        & absences.due_by(today + dt.timedelta(days=WINDOWS["next_7_days"][1]))
    )
    counted = (mine, mine & late, team, team & late, team & free, away)
    columns = ", ".join(f"COUNT(*) FILTER (WHERE {test.sql})" for test in counted)
    # What one covers is of one's teams: by the same two indexes as without any cover.
    own = Clause("t.owner_id = %s AND t.status = 'ASSIGNED'", (actor.user_id,))
    where = all_of([Clause(OPEN), own | team, reach.tasks(actor, Action.TASK_VIEW)])
    statement = Clause(
        f"SELECT {columns} FROM workflows_task t"  # noqa: S608
        f" JOIN offenders_offender o ON o.id = t.offender_id WHERE {where.sql}",
        tuple(value for test in counted for value in test.params) + where.params,
    )
    return TaskCounts(*read(statement)[0])
