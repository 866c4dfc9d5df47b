"""A page of a list by one dated column and the key, newest first."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from workflows.queries.sql import Page

Row = TypeVar("Row", bound=Model)


def newest_first(
    rows: "QuerySet[Row]", column: str, *, after: Sequence[Any] | None, limit: int
) -> Page[Row]:
    """At most `limit` of `rows` after the row whose (column, key) is `after`; no row is counted."""
    if after is not None:
        value, key = after
        rows = rows.filter(Q(**{f"{column}__lt": value}) | Q(**{column: value, "pk__lt": key}))
    found = list(rows.order_by(f"-{column}", "-pk")[: limit + 1])
    shown = found[:limit]
    more = len(found) > limit
    keys = (getattr(shown[-1], column), shown[-1].pk) if more else None
    return Page(shown, keys, timezone.localdate())
