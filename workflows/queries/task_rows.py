"""One open task as a list shows it."""

import datetime as dt
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from risk.priority import Contribution
from workflows.flows import FLOWS
from workflows.models import Kind
from workflows.queries.ranking import Scale
from workflows.queries.sql import Clause, read, shown, text

State = Literal["free", "assigned"]
STATES = {"free": "NEW", "assigned": "ASSIGNED"}


class TaskRow(NamedTuple):
    """One open task, as a list shows it. Dates are London dates, ids the text of UUIDs."""

    key: int
    id: str
    step: str
    kind: str
    title: str
    state: State
    person_id: str
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
    owner_id: str | None
    owner: str | None
    team_id: str
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


def read_rows(ids: Clause, scale: Scale) -> list[TaskRow]:
    """The rows of the tasks whose keys `ids` names, a list or a query, in no order."""
    found = read(Clause(f"{_select()} WHERE t.id IN ({ids.sql})", ids.params))
    return [_row(values, scale) for values in found]


@lru_cache(maxsize=1)
def _select() -> str:
    return f"""
SELECT t.id, {shown("t.public_id")}, t.step, t.kind, t.status, {shown("o.public_id")},
       o.source_ref, o.surname, o.forename, o.is_restricted, t.level, t.due_on, t.attempt_by,
       t.deferred_until, t.escalated_at IS NOT NULL, {shown("u.public_id")}, u.staff_number,
       {shown("m.public_id")}, m.name, t.version
  FROM workflows_task t
  JOIN offenders_offender o ON o.id = t.offender_id
  JOIN accounts_team m ON m.id = t.team_id
  LEFT JOIN accounts_user u ON u.id = t.owner_id"""  # noqa: S608


def _row(values: tuple[Any, ...], scale: Scale) -> TaskRow:
    number, public_id, step, kind, status, person, reference, surname, forename = values[:9]
    restricted, level, due_on, attempt_by, deferred_until, escalated = values[9:15]
    owner_id, owner, team_id, team, version = values[15:]
    work = (due_on, level, kind, escalated, attempt_by is not None)
    points, reasons = scale.weigh(work)
    # By position: fifty rows of names cost more than reading them.
    return TaskRow(
        number,
        text(public_id),
        step,
        kind,
        title(kind, step),
        "free" if status == STATES["free"] else "assigned",
        text(person),
        reference,
        surname,
        forename[:1],
        bool(restricted),
        level,
        due_on,
        max((scale.as_of - due_on).days, 0),
        attempt_by,
        deferred_until,
        bool(escalated),
        None if owner_id is None else text(owner_id),
        owner,
        text(team_id),
        team,
        version,
        points,
        reasons,
    )


@lru_cache(maxsize=64)
def title(kind: str, step: str) -> str:
    """What people call a step: the duty itself for the first, else the step's own title."""
    flow = FLOWS[kind].instance
    return str(Kind(kind).label if flow.start._next.name == step else flow.node(step).task_title)
