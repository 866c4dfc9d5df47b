"""What JSON says must be of the right type: 12, not "12". Pages send text alone."""

from collections.abc import Iterator, Mapping
from typing import Any

from rest_framework import serializers

from workflows.steps.fields import RowsField

#: The JSON type that each kind of field takes; the first that fits decides.
_JSON_TYPES: tuple[tuple[type[serializers.Field], type, str], ...] = (
    (serializers.BooleanField, bool, "true or false"),
    (serializers.IntegerField, int, "a whole number"),
    (serializers.ListField, list, "a list"),
    (serializers.MultipleChoiceField, list, "a list"),
    (serializers.ChoiceField, str, "text"),
    (serializers.CharField, str, "text"),
    (serializers.DateField, str, "text"),
    (serializers.DateTimeField, str, "text"),
    (serializers.UUIDField, str, "text"),
)


def wrong_types(form: serializers.Serializer, sent: Any) -> Iterator[tuple[str, str]]:
    """Each value of another JSON type, by its name ("present.0.is_child"), and what is wanted."""
    if not isinstance(sent, Mapping):
        return  # said by the shape itself
    for name, field in form.fields.items():
        value = sent.get(name)
        if isinstance(field, RowsField) and isinstance(value, list):
            for place, row in enumerate(value):
                for inner, wanted in wrong_types(field.row, row):
                    yield f"{name}.{place}.{inner}", wanted
        elif wanted := _wrong_type(field, value):
            yield name, wanted


def _wrong_type(field: serializers.Field, value: Any) -> str:
    """What `field` wants instead of `value`, or "" where the type is right.

    Null is left to the field, which knows whether it may be empty.
    """
    if value is None:
        return ""
    for kind, wanted, words in _JSON_TYPES:
        if isinstance(field, kind):
            # True is an int to Python, and a number is not an answer to yes or no.
            if not isinstance(value, wanted) or (wanted is not bool and isinstance(value, bool)):
                return words
            break
    if isinstance(field, serializers.ListField):
        return next(filter(None, (_wrong_type(field.child, item) for item in value)), "")
    return ""
