"""Fields that take words and numbers, and refuse a picture, a film or bytes however written."""

from typing import Any

from rest_framework.serializers import CharField

from risk.contraband import is_contraband, is_media_kind
from risk.models import ReferenceKind
from workflows.steps.fields import LineField, TextField

_REFUSED = "Send no picture, film or file: say by number where it is."


class _WithoutContent(CharField):
    """Looks at what was sent before anything else, so that it is refused under one code."""

    default_error_messages = {"content_refused": _REFUSED}

    def run_validation(self, data: Any = "") -> Any:
        """The content first: it would otherwise only be too long."""
        if isinstance(data, str) and is_contraband(data):
            self.fail("content_refused")
        return super().run_validation(data)


class WordsLineField(_WithoutContent, LineField):
    """One line of words or numbers."""


class WordsField(_WithoutContent, TextField):
    """Several lines of words or numbers."""


class ReferenceKindField(WordsLineField):
    """What a reference is the number of; what would be the content itself is refused as such."""

    default_error_messages = {"invalid_choice": "Choose one of the listed values."}

    def to_internal_value(self, data: Any) -> str:
        kind = super().to_internal_value(data)
        if kind in ReferenceKind.values:
            return kind
        return self.fail("content_refused" if is_media_kind(kind) else "invalid_choice")
