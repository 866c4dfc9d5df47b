"""Posted page forms as the input of a serializer.

Nothing is judged here: what cannot be read is handed on as it was typed, so that the serializer
alone says what is wrong, in the same words as in the API.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.http import QueryDict
from rest_framework import serializers

from ui.fields import kind_of, writable
from ui.words import LONDON
from workflows.steps.fields import RowsField

#: This many lines in one list is a fault, not a form.
MOST_LINES = 100

ZERO, MINUTE = timedelta(), timedelta(minutes=1)
CLOCK = re.compile(r"(\d{1,2})[:.]?(\d{2})")


class Nothing:
    """Marks an input that was left empty, which is not the same as null or empty text."""


NOTHING = Nothing()


def read(post: QueryDict, serializer_class: type[serializers.Serializer]) -> dict[str, object]:
    """What was typed into a form, in the shape that the serializer and the API take.

    Dates and times of day are London's. Where the clocks go back, the first of the two hours is
    meant.
    """
    found = {
        str(field.field_name): _value(post, field, str(field.field_name))
        for field in writable(serializer_class())
    }
    return {name: value for name, value in found.items() if value is not NOTHING}


def _value(post: QueryDict, field: serializers.Field, name: str) -> object:
    kind = kind_of(field)
    if kind == "lines":
        return _lines(post, name)
    if isinstance(field, RowsField):
        return _rows(post, field, name)
    if kind == "checkboxes":
        return post.getlist(name)
    return READERS.get(kind, _plain)(post, name) or _empty(field)


def _lines(post: QueryDict, name: str) -> list[str]:
    """Lines in the order of the page, without those left empty."""
    pattern = re.compile(rf"{re.escape(name)}-(\d{{1,3}})")
    positions = {int(match[1]) for key in post if (match := pattern.fullmatch(key))}
    lines = (_plain(post, f"{name}-{i}") for i in sorted(positions)[:MOST_LINES])
    return [line for line in lines if line]


def _rows(post: QueryDict, field: RowsField, name: str) -> list[dict[str, object]]:
    """Rows in the order of the page, without those in which nothing was typed or chosen."""
    pattern = re.compile(rf"{re.escape(name)}-(\d{{1,3}})-.+")
    positions = {int(match[1]) for key in post if (match := pattern.fullmatch(key))}
    rows = (_row(post, field, f"{name}-{i}") for i in sorted(positions)[:MOST_LINES])
    return [row for row in rows if any(value not in {"", None} for value in row.values())]


def _row(post: QueryDict, field: RowsField, name: str) -> dict[str, object]:
    found = {
        str(one.field_name): _value(post, one, f"{name}-{one.field_name}")
        for one in writable(field.row)
    }
    return {inner: value for inner, value in found.items() if value is not NOTHING}


def _empty(field: serializers.Field) -> object:
    """An empty input: text stays text, a required nullable field is null, others were not sent."""
    if isinstance(field, serializers.CharField) and field.allow_blank:
        return ""
    return None if field.required and field.allow_null else NOTHING


def _plain(post: QueryDict, name: str) -> str:
    return str(post.get(name, "")).strip()


def _date(post: QueryDict, name: str) -> str:
    day, month, year = (_plain(post, f"{name}_{part}") for part in ("day", "month", "year"))
    return f"{year}-{_two(month)}-{_two(day)}" if day or month or year else ""


def _two(typed: str) -> str:
    """A number in two digits. What was left empty stays empty: it comes back as it was typed."""
    return typed.zfill(2) if typed else ""


def _moment(post: QueryDict, name: str) -> str:
    day, clock = _date(post, name), _clock(_plain(post, f"{name}_time"))
    return _in_london(f"{day}T{clock}") if day or clock else ""


def _clock(typed: str) -> str:
    """Officers write 1410, 14.10 and 14:10 for the same time."""
    match = CLOCK.fullmatch(typed)
    return f"{match[1].zfill(2)}:{match[2]}" if match else typed


def _in_london(local: str) -> str:
    """The instant with London's offset; unchanged when there is no such time on that day."""
    try:
        naive = datetime.strptime(local, "%Y-%m-%dT%H:%M").replace(tzinfo=None)  # noqa: DTZ007
    except ValueError:
        return local
    at = naive.replace(tzinfo=LONDON)
    if (at.utcoffset() or ZERO) % MINUTE:
        return f"{local}+00:00"  # before 1847 London's offset had seconds: the year is refused
    exists = at.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) == naive
    return at.isoformat() if exists else local


READERS: dict[str, Callable[[QueryDict, str], str]] = {
    "date": _date,
    "moment": _moment,
}
