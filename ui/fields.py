"""A serializer's fields as the page draws them. The serializer stays the only definition.

Names of inputs: `name`; `name_day`, `name_month`, `name_year`, `name_time` for dates and times;
`name-0` for the lines of a list; `name-0-inner` for a field of a row; `name` as often as there are
choices made, where several may be. `ui.forms.read` turns them back.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from rest_framework import serializers

from ui.widgets import Choice, Part, Row, Widget
from ui.words import LONDON
from workflows.steps.fields import GradeField, OfferedIdField, RowsField

#: Empty lines under a list that says no most, since a page without a script cannot add one.
SPARE_LINES = 2

#: First match wins, so the narrower class stands first.
KINDS: tuple[tuple[type[serializers.Field], str], ...] = (
    (RowsField, "rows"),
    (serializers.ListField, "lines"),
    (serializers.MultipleChoiceField, "checkboxes"),
    (serializers.ChoiceField, "radios"),
    (OfferedIdField, "radios"),
    (GradeField, "radios"),
    (serializers.BooleanField, "boolean"),
    (serializers.DateTimeField, "moment"),
    (serializers.DateField, "date"),
)


def kind_of(field: serializers.Field) -> str:
    """Which widget draws the field, and so how its inputs are named."""
    kind = next((kind for cls, kind in KINDS if isinstance(field, cls)), "")
    return kind or _text_kind(field)


def _text_kind(field: serializers.Field) -> str:
    many_lines = "rows" in field.style or field.style.get("base_template") == "textarea.html"
    return "textarea" if many_lines else "text"


def options(field: Any) -> Mapping[object, str]:
    """Values and labels of a choice."""
    return {value: str(label) for value, label in field.choices.items()}


def writable(form: serializers.Serializer) -> Iterator[serializers.Field]:
    """Fields a person fills in, in the order of the serializer."""
    for field in form.fields.values():
        if not field.read_only and not isinstance(field, serializers.HiddenField):
            yield field


def widgets(
    form: serializers.Serializer, refusals: Mapping[str, Sequence[str]] | None = None
) -> list[Widget]:
    """All fields of a form. `refusals` are an action's own refusals, by field name."""
    return [widget(form, str(field.field_name), refusals) for field in writable(form)]


def widget(
    form: serializers.Serializer, name: str, refusals: Mapping[str, Sequence[str]] | None = None
) -> Widget:
    """One field with what was typed and what is wrong with it."""
    found = errors_of(form).get(name) or _of_rows(name, refusals or {})
    drawn = draw(form.fields[name], name, filled(form).get(name), found)
    refused = tuple((refusals or {}).get(name, ()))
    return replace(drawn, errors=drawn.errors + refused)


def _of_rows(name: str, refusals: Mapping[str, Sequence[str]]) -> dict[int, dict[str, list[str]]]:
    """Refusals of fields in rows ("name.0.inner"), by place and field, as errors of rows come."""
    found: dict[int, dict[str, list[str]]] = {}
    for where, said in refusals.items():
        of, _, rest = where.partition(".")
        place, _, inner = rest.partition(".")
        if of == name and place.isdigit():
            found.setdefault(int(place), {})[inner or "non_field_errors"] = list(said)
    return found


def filled(form: serializers.Serializer) -> Mapping[str, object]:
    """What the person typed, readable or not; else the values the form starts from.

    Defaults of the serializer are left out: a page never fills in a fact.
    """
    if hasattr(form, "initial_data"):
        return form.initial_data if isinstance(form.initial_data, Mapping) else {}
    return form.instance if isinstance(form.instance, Mapping) else {}


def errors_of(form: serializers.Serializer) -> Mapping[str, object]:
    """Errors by field; none before the form was sent."""
    return form.errors if hasattr(form, "initial_data") else {}


def messages(errors: object) -> tuple[str, ...]:
    """All messages in errors of any depth, in order."""
    if not errors:
        return ()
    if isinstance(errors, Mapping):
        return tuple(text for inner in errors.values() for text in messages(inner))
    if isinstance(errors, (list, tuple)):
        return tuple(text for inner in errors for text in messages(inner))
    return (str(errors),)


def draw(field: serializers.Field, name: str, raw: object, errors: object) -> Widget:
    """One field under the input name `name`, with its raw value and errors of its own shape."""
    kind = kind_of(field)
    lines = _lines(field, name, raw, errors) if kind == "lines" else ()
    rows = _rows(field, name, raw, errors) if isinstance(field, RowsField) else ()
    return Widget(
        kind="fixed" if field.style.get("fixed") else {"boolean": "radios"}.get(kind, kind),
        name=name,
        id=f"f-{name}",
        label=str(field.label or ""),
        # The choices of a scale say what its hint says to who sends a number.
        hint="" if isinstance(field, GradeField) else str(field.help_text or ""),
        required=not _may_be_empty(field),
        errors=_own_errors(errors) if lines or rows else _in_words(kind, field, errors),
        value=_text(raw),
        style=field.style,
        choices=_choices(kind, field, name, raw),
        parts=_parts(kind, name, raw),
        lines=lines,
        rows=rows,
    )


#: What a page says of an input, by its kind and by what is wrong; the API names its own formats.
IN_WORDS = {
    ("date", "invalid"): "Enter a real date, such as 27 3 2026",
    ("moment", "invalid"): "Enter a real date and time, such as 27 3 2026 and 14:30",
    ("moment", "no_offset"): "There was no such time on that day: the clocks went forward",
    ("number", "invalid"): "Enter a whole number, such as 12",
    ("text", "max_length"): "Shorten this to {most} characters",
    ("textarea", "max_length"): "Shorten this to {most} characters",
}


def _in_words(kind: str, field: serializers.Field, errors: object) -> tuple[str, ...]:
    """The messages of one input, in a page's words where a form is drawn otherwise than sent."""
    if not isinstance(errors, (list, tuple)):
        return messages(errors)
    kind = "number" if isinstance(field, serializers.IntegerField) else kind
    most = getattr(field, "max_length", "")
    said = [(IN_WORDS.get((kind, getattr(error, "code", ""))), error) for error in errors]
    return tuple(words.format(most=most) if words else str(error) for words, error in said)


def _may_be_empty(field: serializers.Field) -> bool:
    if field.style.get("asked"):
        return False  # by the action, where something else is so
    return not field.required or field.allow_null or bool(getattr(field, "allow_blank", False))


def _own_errors(errors: object) -> tuple[str, ...]:
    """Errors of a list as a whole; those of its lines are drawn with the lines."""
    if isinstance(errors, (list, tuple)) and all(isinstance(text, str) for text in errors):
        return messages(errors)
    return ()


def _text(raw: object) -> str:
    return "" if raw is None or isinstance(raw, (list, dict)) else str(raw)


def _choices(kind: str, field: serializers.Field, name: str, raw: object) -> tuple[Choice, ...]:
    if kind == "boolean":
        labels: Mapping[object, str] = {"true": "Yes", "false": "No"}
    elif kind in {"radios", "checkboxes"}:
        labels = options(field)
    else:
        return ()
    several = {str(value) for value in raw} if isinstance(raw, (list, tuple, set)) else set()
    # Nothing is chosen beforehand: not even that none of what is offered fits.
    one = set() if raw is None else {str(raw).lower() if isinstance(raw, bool) else _text(raw)}
    picked = several or one
    return tuple(
        Choice(f"f-{name}" if i == 0 else f"f-{name}-{i}", str(value), label, str(value) in picked)
        for i, (value, label) in enumerate(labels.items())
    )


def _parts(kind: str, name: str, raw: object) -> tuple[Part, ...]:
    if kind not in {"date", "moment"}:
        return ()
    day, clock = _split_moment(raw)
    year, month, date_of_month = [*day.split("-", 2), "", ""][:3]
    parts = (
        Part(f"{name}_day", f"f-{name}_day", "Day", date_of_month, 2),
        Part(f"{name}_month", f"f-{name}_month", "Month", month, 2),
        Part(f"{name}_year", f"f-{name}_year", "Year", year, 4),
    )
    if kind == "date":
        return parts
    return (*parts, Part(f"{name}_time", f"f-{name}_time", "Time, 24 hour", clock, 5, True))


def _split_moment(raw: object) -> tuple[str, str]:
    """The date and the London time of day in a value, as typed when it could not be read."""
    if isinstance(raw, datetime):
        raw = raw.astimezone(LONDON).isoformat()
    if isinstance(raw, date):
        raw = raw.isoformat()
    day, _, rest = _text(raw).partition("T")
    clock = rest.split("+")[0].removesuffix("Z")
    is_full = len(clock) == len("14:10:00") and clock.count(":") == len("::")
    return day, clock[:5] if is_full else clock


def _lines(field: serializers.Field, name: str, raw: object, errors: object) -> tuple[Widget, ...]:
    """A line for each value, and empty ones up to the most that the list takes."""
    values = list(raw) if isinstance(raw, (list, tuple)) else []
    most: int = getattr(field, "max_length", None) or len(values) + SPARE_LINES
    child: Any = field.child  # type: ignore[attr-defined]
    return tuple(
        # Lines have no label of their own: the template gives them the list's and their place.
        draw(child, f"{name}-{i}", value, _at(errors, i))
        for i, value in enumerate([*values, *[None] * (most - len(values))])
    )


def _rows(field: RowsField, name: str, raw: object, errors: object) -> tuple[Row, ...]:
    """A row for each value, and empty ones where the rows are not fixed beforehand."""
    given = raw if isinstance(raw, (list, tuple)) else ()
    values = [value for value in given if isinstance(value, Mapping)]
    spare = 0 if any(one.style.get("fixed") for one in writable(field.row)) else field.spare
    spare = min(spare, (field.max_length or len(values) + spare) - len(values))
    return tuple(
        _row(field, f"{name}-{i}", value, _at(errors, i), number=i + 1)
        for i, value in enumerate([*values, *[None] * spare])
    )


def _row(
    field: RowsField, name: str, value: Mapping[str, object] | None, errors: object, *, number: int
) -> Row:
    wrong = errors if isinstance(errors, Mapping) else {}
    typed = value or {}
    drawn = tuple(
        draw(one, f"{name}-{inner}", typed.get(inner), wrong.get(inner))
        for one in writable(field.row)
        for inner in [str(one.field_name)]
    )
    return Row(
        id=f"f-{name}",
        heading=_heading(drawn) or f"{field.label} {number}",
        widgets=drawn,
        empty=value is None,
        errors=messages(wrong.get("non_field_errors")),
    )


def _heading(drawn: Sequence[Widget]) -> str:
    """What a fixed row is about: what says so of itself, else the first that is fixed."""
    fixed = [widget for widget in drawn if widget.kind == "fixed"]
    named = [widget for widget in fixed if widget.style.get("heading")] or fixed
    return named[0].said if named else ""


def _at(errors: object, index: int) -> object:
    """Errors of one line; they come as a list or as a mapping by position."""
    if isinstance(errors, Mapping):
        return errors.get(index)
    if isinstance(errors, (list, tuple)) and index < len(errors):
        return errors[index] if not isinstance(errors[index], str) else None
    return None
