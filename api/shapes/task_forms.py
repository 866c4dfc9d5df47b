"""The form of a step over the wire, for whoever draws it."""

from typing import Any

from rest_framework import serializers

from api.shapes import assessments
from api.shapes.tasks import paths
from workflows.models import AssessmentDraft, Task
from workflows.queries.starting import narrowed
from workflows.queries.task_rows import title
from workflows.steps import FORMS
from workflows.steps.fields import RowsField


class FormChoice(serializers.Serializer):
    """One value a field may have."""

    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]


class RowField(serializers.Serializer):
    """One field of a row."""

    name = serializers.CharField()
    type = serializers.ChoiceField(
        choices=["text", "true_false", "date", "instant", "list", "number", "rows"]
    )
    label = serializers.CharField()  # type: ignore[assignment]
    help_text = serializers.CharField(allow_blank=True)  # type: ignore[assignment]
    required = serializers.BooleanField()  # type: ignore[assignment]
    max_length = serializers.IntegerField(allow_null=True)
    choices = FormChoice(many=True)


class FormField(RowField):
    """One field of a form. `rows`: the fields of each row, where its type is `rows`."""

    rows = RowField(many=True)


class FormAnswer(serializers.Serializer):
    """The form of a step, for whoever draws it."""

    name = serializers.ChoiceField(choices=sorted(FORMS))
    title = serializers.CharField()
    complete = serializers.CharField()
    fields = FormField(many=True)  # type: ignore[assignment]
    starts_with = serializers.DictField(
        help_text="What to go through, by field: never a date, a time or a judgement; of a "
        "write-up that was returned all that was written"
    )
    draft = assessments.DraftAnswer(
        allow_null=True,
        help_text="Of a step that the caller may do and that can be kept; else null",
    )


#: How a form's field is written in JSON; the first that fits decides.
_TYPES: tuple[tuple[type[serializers.Field], str], ...] = (
    (serializers.BooleanField, "true_false"),
    (serializers.IntegerField, "number"),
    (serializers.DateTimeField, "instant"),
    (serializers.DateField, "date"),
    (RowsField, "rows"),
    (serializers.ListField, "list"),
    (serializers.MultipleChoiceField, "list"),
)


def form(
    found: Task, starting: dict[str, Any], draft: AssessmentDraft | None = None
) -> dict[str, Any]:
    """The form of the task's step, what it starts with and what is written, as a FormAnswer."""
    shape = narrowed(FORMS[found.step](), found)
    return {
        "name": found.step,
        "title": title(found.kind, found.step),
        "complete": paths(found)["complete"],
        "fields": [
            _field(name, field) | {"rows": _row_fields(field)}
            for name, field in shape.fields.items()
        ],
        "starts_with": starting,
        "draft": draft and assessments.draft(draft),
    }


def _row_fields(field: serializers.Field) -> list[dict[str, Any]]:
    if not isinstance(field, RowsField):
        return []
    return [_field(name, inner) for name, inner in field.row.fields.items()]


def _field(name: str, field: serializers.Field) -> dict[str, Any]:
    kind = next((word for cls, word in _TYPES if isinstance(field, cls)), "text")
    choices = getattr(field, "choices", {}).items()
    return {
        "name": name,
        "type": kind,
        "label": str(field.label or name),
        "help_text": str(field.help_text or ""),
        "required": field.required,
        "max_length": getattr(field, "max_length", None),
        "choices": [{"value": value, "label": str(label)} for value, label in choices],
    }
