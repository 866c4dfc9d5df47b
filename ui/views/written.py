"""A finished form, read only: the labels of its serializer with what the row holds."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from rest_framework import serializers

from ui import words
from ui.fields import options, widgets, writable
from workflows.queries.written import rows_of
from workflows.steps.fields import GradeField, RowsField, TextField


def facts_of(shape: type[serializers.Serializer], row: Model) -> list[dict[str, Any]]:
    """Label and words of each field of the form that the row keeps and that is not empty.

    `rows`: of a field with rows, each {heading, parts} as `_row_parts`; else empty.
    """
    found = (
        _fact(field, getattr(row, str(field.field_name)))
        for field in writable(shape())
        if hasattr(row, str(field.field_name))
    )
    return [fact for fact in found if fact["words"]]


def typed_of(form: serializers.Serializer) -> list[dict[str, str]]:
    """Label and words of each field that was filled in on a form that is not taken any more."""
    drawn = ((widget, widget.said) for widget in widgets(form))
    return [
        {"label": widget.label, "words": said, "id": f"typed-{widget.name}"}
        for widget, said in drawn
        if said
    ]


def _fact(field: serializers.Field, value: Any) -> dict[str, Any]:
    rows = []
    if isinstance(field, RowsField):
        rows = [_row_parts(field.row, row) for row in rows_of(field, value)]
    return {"label": str(field.label), "words": _worded(field, value), "rows": rows}


def _row_parts(shape: serializers.Serializer, row: dict[str, Any]) -> dict[str, Any]:
    """What a row is about, and what it says in order: short values together, a text by itself.

    `parts`: {label, words}; the label is empty where the words say it.
    """
    heading: list[str] = []
    parts: list[dict[str, str]] = []
    goes_on = False
    for field, said in _said(shape, row):
        if field.style.get("fixed"):
            heading.append(said)
            continue
        label = str(field.label)
        is_text = isinstance(field, TextField)
        short = f"{label} {said}" if label.endswith("?") else f"{label}: {said}"
        if is_text:
            parts.append({"label": label, "words": said})
        elif goes_on:
            parts[-1]["words"] += f"; {short}"
        else:
            parts.append({"label": "", "words": short})
        goes_on = not is_text
    return {"heading": "; ".join(heading), "parts": parts}


def _worded(field: serializers.Field, value: Any) -> str:
    if isinstance(field, RowsField):
        return "\n".join(_row_worded(field.row, row) for row in rows_of(field, value))
    if isinstance(field, serializers.ChoiceField | GradeField):
        several = isinstance(field, serializers.MultipleChoiceField)
        chosen = (value or ()) if several else (value or "",)
        return ", ".join(options(field).get(one, str(one)) for one in chosen)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.datetime):
        return words.london_moment(value)
    if isinstance(value, dt.date):
        return words.long_day(value)
    return "" if value is None else str(value)


def _row_worded(shape: serializers.Serializer, row: dict[str, Any]) -> str:
    """One row on one line, without what was left empty."""
    return "; ".join(
        said if field.style.get("fixed") else f"{field.label}: {said}"
        for field, said in _said(shape, row)
    )


def _said(
    shape: serializers.Serializer, row: dict[str, Any]
) -> Iterator[tuple[serializers.Field, str]]:
    """Each field of a row that says something, in words; keys of the row are left out."""
    for field in writable(shape):
        value = row.get(str(field.field_name))
        if not field.style.get("key") and value is not None and (said := _worded(field, value)):
            yield field, said
