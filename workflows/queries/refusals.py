"""The rows of an extract that were refused."""

from typing import NamedTuple

from django.db.models import Min
from django.utils import timezone

from workflows.models import ImportJob
from workflows.queries.sql import Page


class Refusal(NamedTuple):
    """One refused row. `is_repeated`: an earlier refused row of the extract has the same key.

    `column`: the first that has the fault, "" where none has it alone.
    """

    line: int
    row_key: str
    reason: str
    is_repeated: bool
    column: str = ""


def refusals_page(*, job: ImportJob, after: int = 0, limit: int = 500) -> Page[Refusal]:
    """Some refused rows, by line. `after` is the last line seen. Two statements."""
    rows = job.refusals.filter(line__gt=after).order_by("line")
    found = list(rows.values_list("line", "row_key", "reason", "column")[: limit + 1])
    page = found[:limit]
    same = job.refusals.filter(row_key__in={key for _, key, *_ in page})
    first = dict(same.values("row_key").annotate(first=Min("line")).values_list("row_key", "first"))
    refused = [
        Refusal(line, key, reason, line > first[key], column) for line, key, reason, column in page
    ]
    more = len(found) > limit
    return Page(refused, (page[-1][0],) if more else None, timezone.localdate())
