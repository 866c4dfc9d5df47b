"""What a finished step wrote, by the fields of its form: single values and rows."""

from typing import Any

from django.db.models import Manager, Model
from rest_framework import serializers

from workflows.steps.fields import RowsField


def values_of(form: serializers.Serializer, row: Model) -> dict[str, Any]:
    """What `row` keeps of the fields of `form`."""
    return {
        name: _value_of(field, row) for name, field in form.fields.items() if hasattr(row, name)
    }


def _value_of(field: serializers.Field, row: Model) -> Any:
    """What `row` keeps of a field: a value, or a list of mappings where the field has rows."""
    value = getattr(row, str(field.field_name))
    return rows_of(field, value) if isinstance(field, RowsField) else value


def rows_of(field: RowsField, value: Any) -> list[dict[str, Any]]:
    """Rows that were kept as rows of a table of their own, or as a list of mappings."""
    kept = value.all() if isinstance(value, Manager) else value or ()
    names = [str(one.field_name) for one in field.row.fields.values()]
    return [
        dict(row) if isinstance(row, dict) else {name: getattr(row, name, None) for name in names}
        for row in kept
    ]
