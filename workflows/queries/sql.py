"""Small parts of SQL, put together with their parameters; rows out as plain tuples."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection

#: Rows taken from the database at a time by a stream.
CHUNK = 2000

#: Characters of a UUID with its hyphens.
HYPHENATED = 36

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition or a statement, with the values of its placeholders in order."""

    sql: str
    params: tuple[Any, ...] = ()

    def __and__(self, other: "Clause") -> "Clause":
        return Clause(f"({self.sql}) AND ({other.sql})", self.params + other.params)

    def __invert__(self) -> "Clause":
        return Clause(f"NOT ({self.sql})", self.params)

    def __or__(self, other: "Clause") -> "Clause":
        return Clause(f"({self.sql}) OR ({other.sql})", self.params + other.params)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a list. `next` is the key to go on after, None at the end.

    `as_of` is the London date on which the rows were counted overdue and scored.
    """

    rows: list[Row]
    next: tuple[Any, ...] | None
    as_of: dt.date


def all_of(clauses: Sequence[Clause]) -> Clause:
    """Every one of `clauses`."""
    return Clause(
        " AND ".join(f"({clause.sql})" for clause in clauses),
        tuple(value for clause in clauses for value in clause.params),
    )


def first_of_each(branches: Sequence[Clause], *, order: str, limit: int | None) -> Clause:
    """The first `limit` rows of several lists that are each read in the order of an index.

    One index range for each branch, then at most `limit` rows of each are merged; a single
    condition over them all would be sorted whole.
    """
    cut = "" if limit is None else f" LIMIT {limit:d}"
    ordered = [f"{branch.sql} ORDER BY {order}{cut}" for branch in branches]
    params = tuple(value for branch in branches for value in branch.params)
    if len(ordered) == 1:
        return Clause(ordered[0], params)
    union = " UNION ALL ".join(f"SELECT * FROM ({part}) x" for part in ordered)  # noqa: S608
    return Clause(f"{union} ORDER BY {order}{cut}", params)


def placeholders(values: Sequence[object]) -> str:
    """As many placeholders as there are values."""
    return ", ".join(["%s"] * len(values))


def read(statement: Clause) -> list[tuple[Any, ...]]:
    """Every row of `statement`."""
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        return cursor.fetchall()


def stream(statement: Clause) -> Iterator[tuple[Any, ...]]:
    """The rows of `statement`, taken in chunks: flat memory, one snapshot.

    A server-side cursor on PostgreSQL; SQLite gives rows out as it finds them.
    """
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        while rows := cursor.fetchmany(CHUNK):
            yield from rows


def key(value: UUID) -> UUID | str:
    """`value` as this database keeps it."""
    return value if connection.features.has_native_uuid_field else value.hex


def shown(column: str) -> str:
    """A column of UUIDs, for `text`. Objects of them would cost more than the rest of a row."""
    return f"{column}::text" if connection.features.has_native_uuid_field else column


def text(value: str) -> str:
    """A UUID with its hyphens, which SQLite keeps without."""
    if len(value) == HYPHENATED:
        return value
    return f"{value[:8]}-{value[8:12]}-{value[12:16]}-{value[16:20]}-{value[20:]}"


def uuid(value: UUID | str) -> UUID:
    """A UUID as this database gives it out."""
    return value if isinstance(value, UUID) else UUID(hex=value)
