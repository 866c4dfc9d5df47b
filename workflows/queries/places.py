"""Where each of the tasks wanted stands, and the rows of the first places."""

from collections.abc import Sequence

from risk.ranking import Place
from workflows.queries.ranking import WORK, WORKED, Scale
from workflows.queries.sight import JOIN, Sight
from workflows.queries.sql import Clause, Page, all_of, first_of_each, placeholders, read
from workflows.queries.task_rows import TaskRow, read_rows


def candidates(
    lists: Sequence[Clause],
    conditions: Sequence[Clause],
    *,
    limit: int | None,
    weighed: Clause | None = None,
) -> Clause:
    """(key, and what decides the order) of the tasks wanted; with a limit, first due first."""
    branches, columns, join = [], Clause(WORK), ""
    if weighed is not None:
        columns, join = Clause(f"{WORK}, {weighed.sql}", weighed.params), JOIN
    for within in lists:
        where = all_of([within, *conditions])
        branches.append(
            Clause(
                f"SELECT t.id AS id, {columns.sql}"  # noqa: S608
                f" FROM workflows_task t JOIN offenders_offender o ON o.id = t.offender_id{join}"
                f" WHERE {where.sql}",
                columns.params + where.params,
            )
        )
    return first_of_each(branches, order="due_on, id", limit=limit)


def places(
    lists: Sequence[Clause], conditions: Sequence[Clause], scale: Scale, sight: Sight
) -> list[Place]:
    """Where each task that is wanted stands. One statement; two more where the viewer is named for
    an item about somebody in the list."""
    found = read(candidates(lists, conditions, limit=None, weighed=sight.weighed))
    wholes = sight.wholes([row[1 + WORKED :] for row in found])
    return [
        scale.place(row[0], row[1 : 1 + WORKED], whole)
        for row, whole in zip(found, wholes, strict=True)
    ]


def page_of(ordered: Sequence[Place], scale: Scale, sight: Sight, limit: int) -> Page[TaskRow]:
    """The rows of the first `limit` of `ordered` places, and after which the next page goes on."""
    keys = tuple(place[-1] for place in ordered[:limit])
    if not keys:
        return Page([], None, scale.as_of)
    rows = read_rows(Clause(placeholders(keys), keys), scale, sight)
    rows.sort(key=lambda row: row.place)
    more = len(ordered) > limit
    return Page(rows, (scale.as_of, scale.at, *rows[-1].place) if more else None, scale.as_of)
