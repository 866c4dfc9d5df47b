"""One open task as a list shows it."""

import datetime as dt
from collections.abc import Collection
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from accounts.actor import Actor
from risk.priority import Contribution
from risk.ranking import Place, place
from workflows.flows import FLOWS
from workflows.models import Kind
from workflows.queries.ranking import Scale
from workflows.queries.sight import JOIN, Indicated, Sight
from workflows.queries.sql import Clause, placeholders, read, shown, text

State = Literal["free", "assigned"]
STATES = {"free": "NEW", "assigned": "ASSIGNED"}
#: Columns of a row before those of its person's indicators.
COLUMNS = 22


class TaskRow(NamedTuple):
    """One open task, as a list shows it. Dates are London dates, ids the text of UUIDs.

    `unactioned_critical`: something critical about the person waits for its triage or its action;
    such a task stands first in every list.
    """

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
    unactioned_critical: bool

    @property
    def place(self) -> Place:
        """Where it stands in every list by priority."""
        return place(
            has_unactioned_critical=self.unactioned_critical,
            score=self.score,
            key=self.key,
            due_on=self.due_on,
        )


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
        "unactioned_critical": row.unactioned_critical,
        "version": row.version,
    }


def read_rows(ids: Clause, scale: Scale, sight: Sight) -> list[TaskRow]:
    """The rows of the tasks whose keys `ids` names, a list or a query, in no order."""
    told = sight.told
    statement = f"{_select(told.sql)} WHERE t.id IN ({ids.sql})"
    found = read(Clause(statement, told.params + ids.params))
    indicated = sight.indicated([values[COLUMNS:] for values in found])
    return [_row(values, scale, one) for values, one in zip(found, indicated, strict=True)]


def rows_of(actor: Actor, keys: Collection[int], today: dt.date) -> dict[int, TaskRow]:
    """The rows of tasks that the actor may see, by key. Two statements; none of none."""
    if not keys:
        return {}
    ids = Clause(placeholders(tuple(keys)), tuple(keys))
    return {row.key: row for row in read_rows(ids, Scale(today), Sight(actor, today))}


@lru_cache(maxsize=256)
def _select(told: str) -> str:
    return f"""
SELECT t.id, {shown("t.public_id")}, t.step, t.kind, t.status, {shown("o.public_id")},
       o.source_ref, o.surname, o.forename, o.is_restricted, t.level, t.due_on, t.attempt_by,
       t.deferred_until, t.escalated_at IS NOT NULL, {shown("u.public_id")}, u.staff_number,
       {shown("m.public_id")}, m.name, t.version, t.order_ends_on, t.changed_on, {told}
  FROM workflows_task t
  JOIN offenders_offender o ON o.id = t.offender_id
  JOIN accounts_team m ON m.id = t.team_id
  LEFT JOIN accounts_user u ON u.id = t.owner_id{JOIN}"""  # noqa: S608


def _row(values: tuple[Any, ...], scale: Scale, indicated: Indicated) -> TaskRow:
    number, public_id, step, kind, status, person, reference, surname, forename = values[:9]
    restricted, level, due_on, attempt_by, deferred_until, escalated = values[9:15]
    owner_id, owner, team_id, team, version, order_ends_on, changed_on = values[15:COLUMNS]
    work = (due_on, level, kind, escalated, attempt_by is not None, order_ends_on, changed_on)
    points, reasons = scale.weigh(work, *indicated)
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
        indicated.whole.has_unactioned_critical,
    )


@lru_cache(maxsize=64)
def title(kind: str, step: str) -> str:
    """What people call a step: the duty itself for the first, else the step's own title."""
    flow = FLOWS[kind].instance
    return str(Kind(kind).label if flow.start._next.name == step else flow.node(step).task_title)
