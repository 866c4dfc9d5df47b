"""What a caller sent, as values: query parameters, bodies, and the headers with a meaning."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ParseError, ValidationError
from rest_framework.request import Request

from workflows.steps.fields import StrictSerializer
from workflows.steps.json_types import wrong_types
from workflows.steps.reasons import LEAST_REASON, MOST_REASON, ReasonField

#: Longest Idempotency-Key, characters.
MOST_KEY = 255


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
    for name, wanted in wrong_types(form, sent):
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
