"""A row as it is kept: what the next extract is compared with."""

import hashlib
import json
from dataclasses import fields
from datetime import date
from typing import Any

from workflows.imports.columns import DATES
from workflows.imports.row import Row

#: Values by column, as JSON keeps them: dates in ISO form, lists for what was split.
Content = dict[str, Any]

_COLUMNS = tuple(field.name for field in fields(Row) if field.name != "line")
_LISTS = ("aliases", "warning_markers")


def content(row: Row) -> Content:
    """The values of a row by column. Which line it was on is no part of it."""
    kept: Content = {column: getattr(row, column) for column in _COLUMNS}
    for column in DATES:
        if kept[column] is not None:
            kept[column] = kept[column].isoformat()
    for column in _LISTS:
        kept[column] = list(kept[column])
    return kept


def digest(kept: Content) -> str:
    """SHA-256 hex: the same for the same values, whatever the file they came in."""
    text = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def row_of(kept: Content, *, line: int) -> Row:
    """The row whose content was kept."""
    values = {column: kept[column] for column in _COLUMNS}
    for column in DATES:
        if values[column] is not None:
            values[column] = date.fromisoformat(values[column])
    for column in _LISTS:
        values[column] = tuple(values[column])
    return Row(line=line, **values)
