"""What waits for a second person, over the wire."""

from typing import Any

from rest_framework import serializers

from api.shapes.common import PagedQuery
from api.shapes.tasks import TaskRow
from workflows.models import Kind
from workflows.queries.endorsing import Endorsement
from workflows.queries.inbox import shape
from workflows.second_person import STEPS


class EndorsementQuery(PagedQuery):
    """Filters of the list."""

    kind = serializers.ChoiceField(choices=Kind.choices, required=False)
    step = serializers.ChoiceField(choices=sorted(STEPS), required=False)
    nobody_eligible = serializers.ChoiceField(
        choices=["true", "false"],
        required=False,
        help_text="true: only what no supervisor of its team may decide on",
    )


class EndorsementRow(TaskRow):
    """A step that waits for somebody else than its author."""

    waiting_since = serializers.DateField()
    author = serializers.CharField(help_text="Who did the step before")
    owed_on = serializers.DateField(
        allow_null=True,
        help_text="When the duty is due that is not done before somebody decides; null where it is "
        "done",
    )
    own = serializers.BooleanField(help_text="The caller had a hand in it: someone else must")
    nobody_eligible = serializers.BooleanField(
        help_text="No supervisor of its team may decide on it: an inspector must"
    )


class EndorsementList(serializers.Serializer):
    """A page, first due first, then most urgent."""

    as_of = serializers.DateField()
    results = EndorsementRow(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


def row(found: Endorsement) -> dict[str, Any]:
    """`found` as an EndorsementRow."""
    return shape(found.task) | {
        "waiting_since": found.waiting_since,
        "author": found.author,
        "owed_on": found.owed_on,
        "own": found.is_own,
        "nobody_eligible": found.has_nobody,
    }
