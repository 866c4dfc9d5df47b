"""Where officers would order the work otherwise, over the wire."""

from typing import Any

from rest_framework import serializers

from api.shapes.common import OfficerName, PagedQuery, PersonName, officer, person
from workflows.models import PriorityDisagreement
from workflows.queries.task_rows import title


class DisagreementQuery(PagedQuery):
    """Which page of them."""


class DisagreementRow(serializers.Serializer):
    """One officer's word against the place of a task. It moved nothing."""

    id = serializers.UUIDField()
    task = serializers.UUIDField()
    title = serializers.CharField()
    is_open = serializers.BooleanField(help_text="Whether the task is still to be done")
    person = PersonName()
    reason = serializers.CharField()
    would_do_first = serializers.CharField()
    by = OfficerName()
    recorded_at = serializers.DateTimeField()


class DisagreementList(serializers.Serializer):
    """A page of them, the newest first."""

    results = DisagreementRow(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


def row(found: PriorityDisagreement) -> dict[str, Any]:
    """`found` as a DisagreementRow."""
    return {
        "id": found.public_id,
        "task": found.task.public_id,
        "title": title(found.task.kind, found.task.step),
        "is_open": found.task.is_open,
        "person": person(found.offender),
        "reason": found.reason,
        "would_do_first": found.would_do_first,
        "by": officer(found.disagreed_by),
        "recorded_at": found.recorded_at,
    }
