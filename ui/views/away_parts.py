"""Officers who are away and what of their work is due, as the pages show them."""

import datetime as dt
from typing import Any
from uuid import UUID

from accounts.actor import Actor
from accounts.policy import Action, Reach, grant
from ui import words
from workflows.queries.absences import Away, away_page
from workflows.queries.task_counts import TaskCounts
from workflows.queries.task_rows import TaskRow

#: Absences that a page shows; a force has fewer.
ROWS = 100


def away_lines(by: Actor, today: dt.date, *, team: UUID | None = None) -> list[dict[str, Any]]:
    """Who is away today or later; of one team where it is named."""
    rows = away_page(actor=by, today=today, team=team, limit=ROWS).rows
    return [away_line(row, by) for row in sorted(rows, key=_soonest_first)]


def away_line(row: Away, by: Actor) -> dict[str, Any]:
    """One absence: whose, when, who covers, and what waits."""
    found = row.absence
    covered = found.cover is not None and found.cover_ended_at is None
    return {
        "public_id": found.public_id,
        "officer": found.officer.display_name,
        "kind": found.get_kind_display() if row.shows_kind else "",
        "from_on": found.from_on,
        "until_on": found.until_on,
        "begun": row.begun,
        "cover": found.cover.display_name if found.cover and covered else "",
        "overdue": row.overdue,
        "due": row.due,
        "may_cancel": _may_cancel(row, by),
    }


def covered(task: TaskRow, in_own_list: bool, by: Actor) -> dict[str, str]:
    """Whose work a row of one's own list is, where the officer covers for them."""
    if not in_own_list or task.owner_id in (None, by.key):
        return {}
    return {"covering": f"Covering for {task.owner}"}


def of_absent(counts: TaskCounts | None, by: Actor, url: str) -> dict[str, str] | None:
    """Work of officers who are away, for whoever can give it to somebody else."""
    if counts is None or not counts.team_absent or grant(by, Action.TASK_REASSIGN) is None:
        return None
    said = words.count_words(counts.team_absent, "task is", "tasks are")
    return {
        "words": f"{said} late or due within a week with officers who are away.",
        "url": url,
        "label": "Show them",
    }


def _soonest_first(row: Away) -> tuple[dt.date, int]:
    return row.absence.from_on, row.absence.pk


def _may_cancel(row: Away, by: Actor) -> bool:
    permission = grant(by, Action.ABSENCE_CANCEL)
    if permission is None:
        return False
    return permission.reach is not Reach.OWN or row.absence.officer_id == by.user_id
