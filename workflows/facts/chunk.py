"""A chunk of people, and how what is known of them is read."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from workflows.knowing import Known, Record, Row, date_of, dated_by, grouped

T = TypeVar("T")
#: What is known of a chunk on one subject, by its names in `Facts`.
Subject = dict[str, Known[Any]]


@dataclass(frozen=True, slots=True)
class Chunk:
    """People by `ids`, which ascend, as at a London `day` and as they stand on `record`."""

    ids: list[int]
    day: dt.date
    record: Record

    def dated(
        self,
        rows: "QuerySet[Any]",
        on: str,
        make: Callable[[Row], T],
        *fields: str,
        ended: str | None = None,
        was: type[Model] | None = None,
    ) -> Known[T]:
        """Facts whose date `on` is not after the day: `make` of that date and `fields`.

        `ended`: the instant that ends one. `was`: the table that keeps what a row said before.
        """
        if was is not None and self.record.at is not None:
            stood = self.record.as_it_was(rows, was, self.ids, on, *fields)
            return dated_by(self.day, stood, make)
        live = self.record.of(rows, ended) if ended else self.record.of(rows)
        return self.all_of(live.filter(**{f"{on}__lte": self.day}), make, on, *fields)

    def all_of(self, rows: "QuerySet[Any]", make: Callable[[Row], T], *fields: str) -> Known[T]:
        """Rows that are chosen already: `make` of `fields`."""
        return grouped(rows, self.ids, make, *fields)


def ending(make: Callable[[Row], T]) -> Callable[[Row], T]:
    """`make`, of a row whose last value is a date that is worked out."""
    return lambda row: make((*row[:-1], date_of(row[-1])))
