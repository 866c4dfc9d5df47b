"""Versions of the rules, over the wire."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from api.shapes.common import (
    OfficerName,
    PersonName,
    TeamName,
    officer,
    short_name,
    team,
)
from rules import current
from rules.differences import Difference
from rules.models import RuleSetVersion
from workflows.models import Kind
from workflows.queries.rule_sets import Effects, Moved, MovedRow
from workflows.steps.fields import (
    BoundedDateField,
    LineField,
    StrictSerializer,
    TextField,
)

#: Rules and figures that one proposal changes.
MOST_CHANGES = 200


class ProposeRules(StrictSerializer):
    """A version of the rules: a whole document, or changes to the newest approved one."""

    effective_from = BoundedDateField(help_text="Today or later")
    title = LineField(max_length=120)
    source = TextField(max_length=2000, help_text="Their origin")  # type: ignore[assignment]
    evidence = TextField(max_length=2000, help_text="What was seen, what is unconfirmed")
    reason = TextField(max_length=2000)
    document = serializers.DictField(required=False, help_text="The whole rule set")
    changes = serializers.ListField(
        child=serializers.DictField(),
        required=False,
        max_length=MOST_CHANGES,
        help_text="Each the `id` of a rule or figure, and the fields that it sets",
    )


class DecideRules(StrictSerializer):
    """Why."""

    reason = TextField(max_length=2000)


class VersionLine(serializers.Serializer):
    """A version of the rules and who decided on it."""

    number = serializers.IntegerField()
    title = serializers.CharField()
    effective_from = serializers.DateField()
    origin = serializers.ChoiceField(choices=RuleSetVersion.Origin.choices)
    state = serializers.ChoiceField(choices=RuleSetVersion.State.choices)
    source = serializers.CharField()  # type: ignore[assignment]
    evidence = serializers.CharField()
    digest = serializers.CharField(help_text="SHA-256 of the document")
    based_on = serializers.IntegerField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)
    proposed_by = OfficerName(allow_null=True)
    proposed_at = serializers.DateTimeField()
    approved_by = OfficerName(allow_null=True)
    approved_at = serializers.DateTimeField(allow_null=True)
    approval_reason = serializers.CharField(allow_blank=True)
    withdrawn_by = OfficerName(allow_null=True)
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    withdrawal_reason = serializers.CharField(allow_blank=True)


class VersionList(serializers.Serializer):
    """A page of versions, newest first."""

    in_force = serializers.IntegerField(help_text="Number of the version in force today")
    results = VersionLine(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


class DifferenceAnswer(serializers.Serializer):
    """A rule, figure or notification period that is not the same in both versions."""

    part = serializers.ChoiceField(choices=["rule", "figure", "notification_period"])
    id = serializers.CharField()
    how = serializers.ChoiceField(choices=["added", "removed", "enabled", "disabled", "changed"])
    fields_changed = serializers.ListField(child=serializers.CharField())
    before = serializers.DictField(allow_null=True)
    after = serializers.DictField(allow_null=True)


class VersionAnswer(VersionLine):
    """A version with its rules, and how they differ from the version before."""

    document = serializers.DictField()
    differences = DifferenceAnswer(many=True)


class MovedAnswer(serializers.Serializer):
    """How many due dates moved, and which way. Overdue on the day the version took effect."""

    moved = serializers.IntegerField()
    earlier = serializers.IntegerField()
    later = serializers.IntegerField()
    became_overdue = serializers.IntegerField()
    ceased_overdue = serializers.IntegerField()


class MovedOfKind(MovedAnswer):
    """Of one kind."""

    kind = serializers.ChoiceField(choices=Kind.choices)


class MovedOfTeam(MovedAnswer):
    """Of the people of one team."""

    team = TeamName()


class MovedOfOfficer(MovedAnswer):
    """Of the people of one officer; null for those nobody manages."""

    officer = OfficerName(allow_null=True)


class MovedRowAnswer(serializers.Serializer):
    """One due date that moved."""

    person = PersonName()
    kind = serializers.ChoiceField(choices=Kind.choices)
    original_due_on = serializers.DateField()
    from_on = serializers.DateField()
    to_on = serializers.DateField()
    rule = serializers.CharField()


class EffectsAnswer(serializers.Serializer):
    """What a version moved: counts of all, then a page of due dates."""

    is_finished = serializers.BooleanField(help_text="False while it has not been carried through")
    total = MovedAnswer()
    by_kind = MovedOfKind(many=True)
    by_team = MovedOfTeam(many=True)
    by_officer = MovedOfOfficer(many=True)
    results = MovedRowAnswer(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


def line(found: RuleSetVersion) -> dict[str, Any]:
    """`found`, with its people, as a VersionLine."""
    return {
        "number": found.number,
        "title": found.title,
        "effective_from": found.effective_from,
        "origin": found.origin,
        "state": found.state,
        "source": found.source,
        "evidence": found.evidence,
        "digest": found.digest,
        "based_on": found.based_on.number if found.based_on else None,
        "reason": found.reason,
        "proposed_by": officer(found.proposed_by),
        "proposed_at": found.created_at,
        "approved_by": officer(found.approved_by),
        "approved_at": found.approved_at,
        "approval_reason": found.approval_reason,
        "withdrawn_by": officer(found.withdrawn_by),
        "withdrawn_at": found.withdrawn_at,
        "withdrawal_reason": found.withdrawal_reason,
    }


def version(found: RuleSetVersion, differences: Iterable[Difference]) -> dict[str, Any]:
    """`found` as a VersionAnswer."""
    return line(found) | {
        "document": current.as_written(found).document(),
        "differences": [
            {
                "part": difference.part,
                "id": difference.about,
                "how": difference.how,
                "fields_changed": difference.fields,
                "before": difference.before,
                "after": difference.after,
            }
            for difference in differences
        ],
    }


def path(found: RuleSetVersion) -> str:
    """Where the version can be read."""
    return f"/api/v1/rule-sets/{found.number}"


def effects(found: Effects, rows: Iterable[MovedRow]) -> dict[str, Any]:
    """`found` and a page of rows as an EffectsAnswer, but for its links."""
    return {
        "is_finished": found.is_finished,
        "total": _moved(found.total),
        "by_kind": [{"kind": kind, **_moved(moved)} for kind, moved in found.by_kind.items()],
        "by_team": [{"team": team(of), **_moved(moved)} for of, moved in found.by_team],
        "by_officer": [{"officer": officer(of), **_moved(moved)} for of, moved in found.by_officer],
        "results": [_moved_row(row) for row in rows],
    }


def _moved(moved: Moved) -> dict[str, int]:
    return {name: getattr(moved, name) for name in moved.__slots__}


def _moved_row(row: MovedRow) -> dict[str, Any]:
    return {
        "person": {
            "id": row.person_id,
            "reference": row.reference,
            "name": short_name(row.surname, row.forename),
        },
        "kind": row.kind,
        "original_due_on": row.original_due_on,
        "from_on": row.from_on,
        "to_on": row.to_on,
        "rule": row.rule,
    }
