"""Extracts from a force, over the wire."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from api.reading import TrueFalseField
from api.shapes.common import PagedQuery
from workflows.models import ImportJob
from workflows.queries.refusals import Refusal
from workflows.steps.fields import (
    BoundedDateField,
    LineField,
    StrictSerializer,
    WholeNumberField,
)

#: Refused rows of a page where the caller does not say, and the most.
PAGE, MOST_ROWS = 500, 1000


class ImportQuery(StrictSerializer):
    """What to do with the file in the body."""

    kind = serializers.ChoiceField(
        choices=ImportJob.Kind.choices,
        default=ImportJob.Kind.PEOPLE.value,
        help_text="What the file holds: a person a row, or an official static score a row",
    )
    as_of = BoundedDateField(
        required=False, help_text="The day on which the extract was true; today without it"
    )
    dry_run = TrueFalseField(default=False, help_text="Report what would happen, change nothing")
    name = LineField(max_length=200, required=False, help_text="What to call the file in reports")


class ImportCounts(serializers.Serializer):
    """What became of the rows read so far."""

    created = serializers.IntegerField()
    changed = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    refused = serializers.IntegerField()


class ImportJobAnswer(serializers.Serializer):
    """A job and how far it is."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=ImportJob.Kind.choices)
    name = serializers.CharField()
    as_of = serializers.DateField()
    dry_run = serializers.BooleanField()
    state = serializers.ChoiceField(choices=ImportJob.State.choices)
    failure = serializers.CharField(allow_blank=True)
    rows_read = serializers.IntegerField()
    counts = ImportCounts()
    new_teams = serializers.ListField(child=serializers.CharField())
    new_officers = serializers.ListField(child=serializers.CharField())
    requested_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    refusals = serializers.CharField(help_text="Path of the refused rows")


class RefusalQuery(PagedQuery):
    """Parameters of the list of refused rows."""

    limit = WholeNumberField(
        min_value=1, max_value=MOST_ROWS, default=PAGE, help_text="Rows of a page"
    )


class RefusalsAnswer(serializers.Serializer):
    """A page of the refused rows, by line.

    The reason by the row's reference; by "line:N" where it has none, or an earlier row had the
    same.
    """

    rejected = serializers.DictField(child=serializers.CharField())
    columns = serializers.DictField(
        child=serializers.CharField(),
        help_text="By the same names the first column that has the fault; none where it is in no "
        "column alone",
    )
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


def rejected(page: Iterable[Refusal]) -> dict[str, str]:
    """The refused rows of a page by what names them."""
    return {_name(row): row.reason for row in page}


def columns(page: Iterable[Refusal]) -> dict[str, str]:
    """The columns at fault of the refused rows of a page, by what names the rows."""
    return {_name(row): row.column for row in page if row.column}


def _name(row: Refusal) -> str:
    return f"line:{row.line}" if row.is_repeated else row.row_key


def job(found: ImportJob) -> dict[str, Any]:
    """`found` as an ImportJobAnswer."""
    return {
        "id": found.public_id,
        "kind": found.kind,
        "name": found.name,
        "as_of": found.as_of,
        "dry_run": found.dry_run,
        "state": found.state,
        "failure": found.failure,
        "rows_read": found.rows_read,
        "counts": {
            "created": found.created_count,
            "changed": found.changed_count,
            "unchanged": found.unchanged_count,
            "refused": found.refused_count,
        },
        "new_teams": found.new_teams,
        "new_officers": found.new_officers,
        "requested_at": found.requested_at,
        "started_at": found.started_at,
        "finished_at": found.finished_at,
        "refusals": f"{path(found)}/refusals",
    }


def path(found: ImportJob) -> str:
    """Where the job can be followed."""
    return f"/api/v1/import-jobs/{found.public_id}"
