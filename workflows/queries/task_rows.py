"""One open task as a list shows it."""

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple
from uuid import UUID

from risk.priority import Contribution
from workflows.flows import FLOWS
from workflows.models import Kind
from workflows.queries.ranking import Weighed
from workflows.queries.sql import Clause, placeholders, read, uuid

State = Literal["free", "assigned"]
STATES = {"free": "NEW", "assigned": "ASSIGNED"}


class TaskRow(NamedTuple):
    """One open task, as a list shows it. Dates are London dates."""

    key: int
    id: UUID
    step: str
    kind: str
    title: str
    state: State
    person_id: UUID
    reference: str
    surname: str
    initial: str
    restricted: bool
    level: str
    due_on: dt.date
    overdue_days: int
    attempt_by: dt.date | None
    deferred_until: dt.date | None
    escalated: bool
    owner_id: UUID | None
    owner: str | None
    team_id: UUID
    team: str
    version: int
    score: int
    reasons: tuple[Contribution, ...]


def shape(row: TaskRow) -> dict[str, Any]:
    """`row` as it goes over the wire."""
    owner = None if row.owner_id is None else {"id": row.owner_id, "staff_number": row.owner}
    initial = f", {row.initial}." if row.initial else ""
    return {
        "id": row.id,
        "kind": row.kind,
        "step": row.step,
        "title": row.title,
        "state": row.state,
        "person": {
            "id": row.person_id,
            "reference": row.reference,
            "name": f"{row.surname.upper()}{initial}",
        },
        "level": row.level,
        "due_on": row.due_on,
        "overdue_days": row.overdue_days,
        "attempt_by": row.attempt_by,
        "deferred_until": row.deferred_until,
        "escalated": row.escalated,
        "owner": owner,
        "team": {"id": row.team_id, "name": row.team},
        "score": row.score,
        "reasons": [
            {"code": part.code, "value": part.value, "points": part.points} for part in row.reasons
        ],
        "version": row.version,
    }


ROWS = """
SELECT t.id, t.public_id, t.step, t.kind, t.status, t.level, t.due_on, t.attempt_by,
       t.deferred_until, t.escalated_at IS NOT NULL, t.version,
       o.public_id, o.source_ref, o.surname, o.forename, o.is_restricted,
       u.public_id, u.staff_number, m.public_id, m.name
  FROM workflows_task t
  JOIN offenders_offender o ON o.id = t.offender_id
  JOIN accounts_team m ON m.id = t.team_id
  LEFT JOIN accounts_user u ON u.id = t.owner_id
 WHERE t.id IN """


def of(page: Sequence[Weighed], as_of: dt.date) -> list[TaskRow]:
    """The rows of one page, in its order."""
    if not page:
        return []
    keys = tuple(task.key for task in page)
    found = {row[0]: row for row in read(Clause(f"{ROWS}({placeholders(keys)})", keys))}
    return [_row(found[task.key], task, as_of) for task in page]


def _row(values: tuple[Any, ...], task: Weighed, as_of: dt.date) -> TaskRow:
    number, public_id, step, kind, status, level, due_on, attempt_by, deferred_until = values[:9]
    escalated, version, person, reference, surname, forename, restricted = values[9:16]
    owner_id, owner, team_id, team = values[16:]
    return TaskRow(
        key=number,
        id=uuid(public_id),
        step=step,
        kind=kind,
        title=title(kind, step),
        state="free" if status == STATES["free"] else "assigned",
        person_id=uuid(person),
        reference=reference,
        surname=surname,
        initial=forename[:1],
        restricted=bool(restricted),
        level=level,
        due_on=due_on,
        overdue_days=max((as_of - due_on).days, 0),
        attempt_by=attempt_by,
        deferred_until=deferred_until,
        escalated=bool(escalated),
        owner_id=None if owner_id is None else uuid(owner_id),
        owner=owner,
        team_id=uuid(team_id),
        team=team,
        version=version,
        score=task.score,
        reasons=task.reasons,
    )


@lru_cache(maxsize=64)
def title(kind: str, step: str) -> str:
    """What people call a step: the duty itself for the first, else the step's own title."""
    flow = FLOWS[kind].instance
    return str(Kind(kind).label if flow.start._next.name == step else flow.node(step).task_title)
