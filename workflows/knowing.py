"""What was on record at an instant: two times for every fact (ARCHITECTURE 7).

Each fact has the day it is about and the instant it was recorded, by the database clock. What ends
or voids it has an instant of its own, by the same clock; what is changed in place leaves the row as
it was behind (`offenders.history`). So what was known then can be read for ever after.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Case, F, Model, Q, QuerySet, When
from django.utils import timezone

from offenders.models import Offender

Row = tuple[Any, ...]
T = TypeVar("T")
#: What is known of each person, by id.
Known = dict[int, tuple[T, ...]]
Rows = TypeVar("Rows", bound="QuerySet[Any, Any]")

#: Ids further apart than this, on average, are read one by one and not as a range.
SPARSE = 4


@dataclass(frozen=True, slots=True)
class Record:
    """The record as it stood `at` an instant; None: as it stands now, which reads nothing more."""

    at: dt.datetime | None = None

    def of(self, rows: Rows, *ended: str) -> Rows:
        """Those of `rows` that were recorded, and not ended by one of the instants `ended`."""
        for name in ended:
            stands = Q(**{f"{name}__isnull": True})
            rows = rows.filter(
                stands if self.at is None else stands | Q(**{f"{name}__gt": self.at})
            )
        return rows if self.at is None else rows.filter(recorded_at__lte=self.at)

    def since(self, rows: Rows, decided: str) -> Rows:
        """Those of `rows` that counted already: not before their instant `decided`, if any."""
        if self.at is None:
            return rows
        return rows.filter(Q(**{f"{decided}__isnull": True}) | Q(**{f"{decided}__lte": self.at}))

    def when(self, rows: "QuerySet[Any]", **set_at: str) -> "QuerySet[Any]":
        """`rows` with "then_<column>" for each column that was set later than the row: its value,
        or null where the instant named for it is after that of the record.

        A value of its own type as it stands now; SQLite gives text for a date as it was.
        """
        if self.at is None:
            return rows.annotate(**{f"then_{name}": F(name) for name in set_at})
        return rows.annotate(
            **{
                f"then_{name}": Case(When(**{f"{instant}__lte": self.at}, then=F(name)))
                for name, instant in set_at.items()
            }
        )

    def as_it_was(
        self, rows: "QuerySet[Any]", was: type[Model], ids: list[int], *fields: str
    ) -> Iterator[Row]:
        """(person, *fields) of each row about `ids` as it stood. At an instant alone."""
        return (tuple(row) for row in self.standing(rows, was, ids, *fields).values())

    def standing(
        self, rows: "QuerySet[Any]", was: type[Model], ids: list[int], *fields: str
    ) -> dict[int, Sequence[Any]]:
        """The same by the id of each row.

        Two statements. `was` is the table in which the database keeps what a row said before.
        """
        owner = "pk" if rows.model is Offender else "offender_id"
        now = about(self.of(rows), ids, owner).values_list("pk", owner, *fields)
        found: dict[int, Sequence[Any]] = {key: row for key, *row in plain(now)}
        # The earliest of what stood until later is what stood then: it is read last.
        before = about(was._default_manager.filter(stood_until__gt=self.at), ids)
        for key, *row in plain(
            before.order_by("-pk").values_list("fact_id", "offender_id", *fields)
        ):
            if key in found:
                found[key] = row
        return found


def about(rows: "QuerySet[Any]", ids: list[int], owner: str = "offender_id") -> "QuerySet[Any]":
    """`rows` about `ids`, which ascend. Ids close together are read as one range."""
    if ids[-1] - ids[0] < SPARSE * len(ids):
        return rows.filter(**{f"{owner}__gte": ids[0], f"{owner}__lte": ids[-1]})
    return rows.filter(**{f"{owner}__in": ids})


def grouped(
    rows: "QuerySet[Any]", ids: list[int], make: Callable[[Row], T], *fields: str
) -> Known[T]:
    """Rows about `ids`, which ascend, by person."""
    if not ids:
        return {}
    found: dict[int, tuple[T, ...]] = {}
    for row in plain(about(rows, ids).values_list("offender_id", *fields)):
        key, made = row[0], make(row[1:])
        found[key] = (*found[key], made) if key in found else (made,)
    return found


def dated_by(day: dt.date, rows: Iterable[Row], make: Callable[[Row], T]) -> Known[T]:
    """Rows (person, date, ...) dated on or before `day`, by person."""
    found: dict[int, tuple[T, ...]] = {}
    for key, *row in rows:
        if row[0] <= day:
            found[key] = (*found.get(key, ()), make(tuple(row)))
    return found


def plain(rows: "QuerySet[Any, Any]") -> list[Row]:
    """Rows as the driver gives them: Django's converters would take half of a night's reading."""
    statement, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def date_of(value: dt.date | str | None) -> dt.date | None:
    """SQLite knows the type of a column, but not of a subquery, which it gives as text."""
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


def london_day(value: dt.datetime | str) -> dt.date:
    """The London date of an instant; SQLite gives it as text, in UTC."""
    at = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    return timezone.localdate(at if at.tzinfo else at.replace(tzinfo=dt.UTC))
