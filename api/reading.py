"""What a caller sent, as values: query parameters, bodies, and the headers with a meaning."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError
from rest_framework.request import Request

from workflows.steps.fields import RowsField, StrictSerializer
from workflows.steps.reasons import LEAST_REASON, MOST_REASON, ReasonField

#: Longest Idempotency-Key, characters.
MOST_KEY = 255

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


class TrueFalseField(serializers.ChoiceField):
    """A yes or no in a query: "true" or "false", nothing else."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=["true", "false"], **kwargs)

    def to_internal_value(self, data: Any) -> bool:  # type: ignore[override]
        return super().to_internal_value(data) == "true"

    def to_representation(self, value: Any) -> str:
        return "true" if value else "false"


def query(request: Request, shape: type[StrictSerializer]) -> dict[str, Any]:
    """The query parameters. Raises ValidationError for an unknown, repeated or bad one."""
    repeated = [name for name, values in request.query_params.lists() if len(values) > 1]
    if repeated:
        said = ErrorDetail("Send it once.", code="repeated_parameter")
        raise ValidationError({name[:60]: [said] for name in repeated if name.isidentifier()})
    return _validated(shape(data=request.query_params.dict()))


def body(request: Request, shape: type[StrictSerializer]) -> dict[str, Any]:
    """The body, every value of the JSON type that the schema says. Raises ValidationError."""
    sent: dict[str, Any] = request.data or {}  # type: ignore[assignment]
    form = shape(data=sent)
    wrong: dict[str, Any] = {}
    for name, wanted in _wrong_types(form, sent):
        wrong[name] = [ErrorDetail(f"Send {wanted}.", code="wrong_type")]
    if wrong:
        raise ValidationError(wrong)
    return _validated(form)


def access_reason(request: Request) -> str:
    """Why the caller looks, from the Access-Reason header, or "". Raises ParseError."""
    said = request.headers.get("Access-Reason", "").strip()
    if not said:
        return ""
    try:
        return str(ReasonField().run_validation(said))
    except ValidationError as error:
        raise ParseError(
            f"Access-Reason is {LEAST_REASON} to {MOST_REASON} characters of text.",
            code="bad_access_reason",
        ) from error


def idempotency_key(request: Request) -> str:
    """The Idempotency-Key header, or "". Raises ParseError."""
    key = request.headers.get("Idempotency-Key", "")
    if len(key) > MOST_KEY or not all(" " < c <= "~" for c in key):
        raise ParseError(
            f"Idempotency-Key is at most {MOST_KEY} printable ASCII characters.",
            code="bad_idempotency_key",
        )
    return key


def day(text: str) -> dt.date:
    """A date out of one of our own cursors."""
    return dt.date.fromisoformat(text)


def _validated(form: serializers.Serializer) -> dict[str, Any]:
    form.is_valid(raise_exception=True)
    values: Mapping[str, Any] = form.validated_data
    return dict(values)


def _wrong_types(form: serializers.Serializer, sent: Any) -> Iterator[tuple[str, str]]:
    """Each value of another JSON type, by its name ("present.0.is_child"), and what is wanted."""
    if not isinstance(sent, Mapping):
        return  # said by the shape itself
    for name, field in form.fields.items():
        value = sent.get(name)
        if isinstance(field, RowsField) and isinstance(value, list):
            for place, row in enumerate(value):
                for inner, wanted in _wrong_types(field.row, row):
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
