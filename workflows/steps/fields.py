"""Strict shapes: what every form of a step and every body of the API is made of.

Pages send text and the API sends JSON; both are read into these. That JSON has the right types
(12, not "12") is the API's to see to (`api.reading`).
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.utils import timezone
from rest_framework import serializers

#: Dates outside are mistakes, and near years 1 and 9999 arithmetic overflows.
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2100, 12, 31)
#: What an INTEGER column holds on both databases.
LARGEST_NUMBER = 2_147_483_647

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(?P<offset>Z|[+-][0-9]{2}:[0-9]{2})?"
)
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,9}")

#: Control, invisible and direction characters, private use, and the separators of lines.
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_LINES_AND_TABS = frozenset("\n\t")


class LineField(serializers.CharField):
    """Text on one line, in Unicode's composed form.

    Refuses control, zero-width and direction characters, which make one text look like another,
    and text with nothing to read in it. `letters`: at least one letter is needed, as in a name.
    """

    allowed_controls: frozenset[str] = frozenset()
    default_error_messages = {
        "unreadable": "Remove the invisible or control characters.",
        "no_text": "Enter text that can be read.",
        "no_letter": "Enter at least one letter.",
    }

    def __init__(self, *, letters: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.letters = letters

    def to_internal_value(self, data: Any) -> str:
        text = unicodedata.normalize("NFC", super().to_internal_value(self._unwrapped(data)))
        categories = {unicodedata.category(c) for c in text if c not in self.allowed_controls}
        if categories & _REFUSED_CATEGORIES:
            self.fail("unreadable")
        kinds = {category[0] for category in categories}
        if text and kinds.isdisjoint("LNPS"):
            self.fail("no_text")
        if self.letters and text and "L" not in kinds:
            self.fail("no_letter")
        return text

    def _unwrapped(self, data: Any) -> Any:
        return data


class TextField(LineField):
    """Text of several lines. Ends of lines become a single newline."""

    allowed_controls = _LINES_AND_TABS

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"style": {"base_template": "textarea.html"}} | kwargs))

    def _unwrapped(self, data: Any) -> Any:
        return data.replace("\r\n", "\n") if isinstance(data, str) else data


class BoundedDateField(serializers.DateField):
    """A London date written YYYY-MM-DD, from 1900 to 2100."""

    default_error_messages = {
        "invalid": "Enter a real date as YYYY-MM-DD.",
        "out_of_range": "Enter a date from 1900 to 2100.",
    }

    def to_internal_value(self, value: Any) -> dt.date:
        if not isinstance(value, str) or not _DATE.fullmatch(value):
            self.fail("invalid")
        try:
            day = dt.date.fromisoformat(value)
        except ValueError:
            self.fail("invalid")
        if not FIRST_DAY <= day <= LAST_DAY:
            self.fail("out_of_range")
        return day


class AwareDateTimeField(serializers.DateTimeField):
    """An instant with its offset (2026-11-23T14:30:00+00:00 or Z), from 1900 to 2100."""

    default_error_messages = {
        "invalid": "Enter a real date and time, such as 2026-11-23T14:30:00Z.",
        "no_offset": "Say the offset from UTC, such as Z or +01:00.",
        "out_of_range": "Enter a date from 1900 to 2100.",
    }

    def to_internal_value(self, value: Any) -> dt.datetime:
        match = _INSTANT.fullmatch(value) if isinstance(value, str) else None
        if not match:
            self.fail("invalid")
        try:
            instant = dt.datetime.fromisoformat(value)
        except ValueError:
            self.fail("invalid")
        if not match["offset"]:
            self.fail("no_offset")
        # The years first: near 1 and 9999 the way to London overflows.
        is_near = FIRST_DAY.year <= instant.year <= LAST_DAY.year
        if not is_near or not FIRST_DAY <= timezone.localdate(instant) <= LAST_DAY:
            self.fail("out_of_range")
        return instant.astimezone(dt.UTC)


class WholeNumberField(serializers.IntegerField):
    """A whole number in ASCII digits, bounded: by `max_value`, else by what a column holds."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"min_value": 0, "max_value": LARGEST_NUMBER} | kwargs))

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, str) and not _NUMBER.fullmatch(data):
            self.fail("invalid")
        return super().to_internal_value(data)


class GradeField(WholeNumberField):
    """A number of a scale: sent as a number, and chosen on a page by what each number means."""

    def __init__(self, *, choices: Sequence[tuple[int, Any]], **kwargs: Any) -> None:
        numbers = [number for number, _ in choices]
        super().__init__(**({"min_value": min(numbers), "max_value": max(numbers)} | kwargs))
        self.choices = {number: f"{number}. {meaning}" for number, meaning in choices}


class PublicIdField(serializers.UUIDField):
    """A public id in its usual form, with hyphens."""

    default_error_messages = {
        "invalid": "Enter an id such as 123e4567-e89b-42d3-a456-426614174000."
    }

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str) or not _UUID.fullmatch(data):
            self.fail("invalid")
        return super().to_internal_value(data)


class OfferedIdField(PublicIdField):
    """The public id of something of the person: of what a page offers, or of what the API reads.

    `choices`: ids and words, put there for the person of a task (`queries.starting.narrowed`).
    """

    choices: Mapping[str, str] = {}


class SeveralField(serializers.MultipleChoiceField):
    """Some of the listed values, each once, in the order of the list."""

    def __init__(self, *, choices: Any, **kwargs: Any) -> None:
        optional: dict[str, Any] = {"default": list} if kwargs.get("required") is False else {}
        super().__init__(choices=choices, **optional | kwargs)

    def to_internal_value(self, data: Any) -> list[str]:  # type: ignore[override]
        chosen = super().to_internal_value(data)
        return [value for value in self.choices if value in chosen]


class RowsField(serializers.ListField):
    """Rows of one shape, such as everyone who was present. `child` is a StrictSerializer.

    A page draws a row for each value and `spare` empty ones, and leaves out rows in which nothing
    was typed. A field of the row with the style `fixed` is what the row is about: it is shown and
    sent back, and not typed.
    """

    def __init__(self, *, spare: int = 3, **kwargs: Any) -> None:
        super().__init__(**({"allow_empty": True} | kwargs))
        self.spare = spare

    @property
    def row(self) -> "StrictSerializer":
        """The shape of a row."""
        return cast("StrictSerializer", self.child)


def only_for(choice: str, *values: str, asked: bool = True) -> dict[str, Any]:
    """The style of a field that belongs to some values of the choice `choice` of its form alone.

    `asked`: the action asks for it where one of them is chosen, so that no page calls it optional.
    A page with scripts shows it only then.
    """
    return {"choice": choice, "values": " ".join(values), "asked": asked}


def asked_for(name: str, field: serializers.Field) -> str:
    """What is said where nothing was entered and the field has no words of its own for that.

    By its label, which is what a page calls it, else by its name: "Enter staff number".
    """
    label = str(field.label or name.replace("_", " "))
    if label.endswith("?"):
        return f"Answer: {label}"
    verb = "Choose" if isinstance(field, serializers.ChoiceField) else "Enter"
    return f"{verb} {label[:1].lower()}{label[1:]}"


class StrictSerializer(serializers.Serializer):
    """A shape that takes what it lists and nothing else: another key is `unknown_field`."""

    def get_fields(self) -> dict[str, serializers.Field]:
        """The fields, saying the same of an empty answer as of none, and never the input back."""
        fields = super().get_fields()
        for name, field in fields.items():
            said = field.error_messages["required"]
            if said != serializers.Field.default_error_messages["required"]:
                field.error_messages |= {"blank": said, "null": said}
            elif field.required:
                said = asked_for(name, field)
                field.error_messages |= {"required": said, "blank": said, "null": said}
            if isinstance(field, serializers.ChoiceField):
                field.error_messages["invalid_choice"] = "Choose one of the listed values."
        return fields

    def to_internal_value(self, data: Any) -> Any:
        known = {field.field_name for field in self._writable_fields}
        strange = [key for key in data if key not in known] if isinstance(data, Mapping) else []
        if strange:
            said = serializers.ErrorDetail("There is no such field.", code="unknown_field")
            # A key is input too: one that is not a plain name is not said back.
            names = [key if _PLAIN_NAME.fullmatch(str(key)) else "?" for key in strange]
            raise serializers.ValidationError({name: [said] for name in names})
        return super().to_internal_value(data)
