"""The due list over the wire."""

import datetime as dt
from typing import Any

from rest_framework import serializers

from api.reading import TrueFalseField
from api.shapes.as_known import AsOfField, KnownAtField
from api.shapes.common import PagedQuery, TeamName
from offenders.errors import Invalid
from offenders.models import ManagementLevel
from workflows.models import Kind
from workflows.queries.due import DueRow
from workflows.queries.standing import as_known
from workflows.steps.fields import BoundedDateField, PublicIdField, WholeNumberField

#: Rows of a page where the caller does not say, and the most.
PAGE, MOST_ROWS = 500, 1000
#: Days ahead that are listed where the caller does not say until when.
AHEAD = dt.timedelta(days=28)


class DueQuery(PagedQuery):
    """Which days, and whose. Everything overdue is listed whatever `from`."""

    to = BoundedDateField(required=False, help_text="Last day; 28 days after `from` without it")
    team = PublicIdField(required=False)
    as_of = AsOfField()
    known_at = KnownAtField()
    include_overdue = TrueFalseField(
        default=True, help_text="`false` leaves out what was due before `from`"
    )
    format = serializers.ChoiceField(
        choices=["json", "csv", "ndjson"],
        required=False,
        help_text="As Accept: text/csv or application/x-ndjson asks",
    )
    limit = WholeNumberField(
        min_value=1, max_value=MOST_ROWS, required=False, help_text="Rows of a page (JSON)"
    )

    def get_fields(self) -> dict[str, serializers.Field]:
        """With `from`, which is a word of Python's own."""
        first = BoundedDateField(required=False, help_text="First day; `as_of` without it")
        return {"from": first} | super().get_fields()


class DueVisit(serializers.Serializer):
    """One home visit that is owed. The ids are stable; `version` counts its changes."""

    person_id = serializers.UUIDField()
    reference = serializers.CharField()
    obligation_id = serializers.UUIDField(
        allow_null=True, help_text="Null as of another day or as known before, where it had no row"
    )
    kind = serializers.ChoiceField(choices=[Kind.HOME_VISIT])
    due_on = serializers.DateField()
    original_due_on = serializers.DateField()
    overdue_days = serializers.IntegerField()
    level = serializers.ChoiceField(choices=ManagementLevel.choices)
    owner = serializers.CharField(
        allow_null=True, help_text="Staff number; with its team as known at `known_at`, else today"
    )
    team = TeamName()
    version = serializers.IntegerField(
        allow_null=True, help_text="Null for what is not open any more"
    )


class DueList(serializers.Serializer):
    """A page of the due list, first due first."""

    as_of = serializers.DateField()
    known_at = serializers.DateTimeField(allow_null=True, help_text="Null: as known now")
    results = DueVisit(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


#: The columns of the CSV, in order. Only ever added to, at the end.
COLUMNS = (
    "person_id",
    "reference",
    "obligation_id",
    "kind",
    "due_on",
    "original_due_on",
    "overdue_days",
    "level",
    "owner",
    "team",
    "version",
)


def cells(row: DueRow) -> list[Any]:
    """`row` as the cells of COLUMNS, the team by its name."""
    return [getattr(row, name) for name in COLUMNS]


def window(asked: dict[str, Any]) -> dict[str, Any]:
    """What was asked, as the queries take it. Raises Invalid where `to` is before `from`.

    And as `as_known` does.
    """
    then = as_known(asked.get("as_of"), asked.get("known_at"))
    from_on = asked.get("from", then.as_of)
    to_on = asked.get("to", from_on + AHEAD)
    if to_on < from_on:
        raise Invalid("before_from", "The last day is before the first.", field="to")
    return {
        "from_on": from_on,
        "to_on": to_on,
        **then._asdict(),
        "team": asked.get("team"),
        "include_overdue": asked["include_overdue"],
    }
