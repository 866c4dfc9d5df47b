"""Contact notes over the wire."""

from typing import Any

from rest_framework import serializers

from offenders.models import ContactNote


class ContactNoteAnswer(serializers.Serializer):
    """A contact note as it was kept."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=ContactNote.Kind.choices)
    occurred_at = serializers.DateTimeField()


def contact_note(found: ContactNote) -> dict[str, Any]:
    """`found` as a ContactNoteAnswer."""
    return {"id": found.public_id, "kind": found.kind, "occurred_at": found.occurred_at}
