"""Why a task stands where it does, over the wire."""

from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from api.shapes.tasks import Reason
from risk.differences import Difference
from risk.grading import AssessmentGrade, SourceGrade
from risk.indicator_codes import Severity
from risk.priority import Contribution
from workflows.queries.explaining import Behind, Explanation, IfVisited, Since
from workflows.reason_words import difference_words, reason_words
from workflows.steps.fields import AwareDateTimeField, StrictSerializer


class PriorityQuery(StrictSerializer):
    """Since when it is asked what changed."""

    since = AwareDateTimeField(
        required=False, help_text="What changed since this instant, from what was known then"
    )


class WordedReason(Reason):
    """A term of the score in words, as the pages say it."""

    words = serializers.CharField()


class IndicatorBehind(serializers.Serializer):
    """A live indicator of the person that the caller may open."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    severity = serializers.ChoiceField(choices=Severity.choices)
    source_grade = serializers.ChoiceField(choices=SourceGrade.choices)
    assessment_grade = serializers.ChoiceField(choices=AssessmentGrade.choices)
    received_at = serializers.DateTimeField()
    points = serializers.IntegerField(help_text="By itself, before the cap of its code")
    fading = serializers.BooleanField(help_text="Its triage and the action that came of it closed")


class PriorityDifference(serializers.Serializer):
    """One reason that weighs otherwise. `before` or `after` is null where it was not there."""

    code = serializers.CharField()
    how = serializers.ChoiceField(choices=["time", "new", "ended", "more", "less"])
    before = serializers.CharField(allow_null=True)
    after = serializers.CharField(allow_null=True)
    points = serializers.IntegerField()
    words = serializers.CharField()


class SinceAnswer(serializers.Serializer):
    """What made the score of now out of that of then."""

    at = serializers.DateTimeField()
    score = serializers.IntegerField(allow_null=True, help_text="Null where it was not there yet")
    differences = PriorityDifference(many=True)


class IfVisitedAnswer(serializers.Serializer):
    """What a visit today would do to its place. Nothing is moved by asking."""

    place = serializers.IntegerField(help_text="From 1, in the list of its owner or its team")
    becomes = serializers.IntegerField(
        allow_null=True, help_text="Of the next visit; null where none would be owed"
    )
    among = serializers.IntegerField()
    next_due_on = serializers.DateField(allow_null=True)
    differences = PriorityDifference(many=True)


class PriorityAnswer(serializers.Serializer):
    """The reasons add up to the score. Advice on the order of work, and nothing else."""

    as_of = serializers.DateField()
    at = serializers.DateTimeField(help_text="The instant as at which indicators were read")
    score = serializers.IntegerField()
    unactioned_critical = serializers.BooleanField()
    reasons = WordedReason(many=True)
    indicators = IndicatorBehind(many=True)
    since = SinceAnswer(allow_null=True)
    if_visited_today = IfVisitedAnswer(allow_null=True, help_text="Of a visit to be made alone")


def explained(found: Explanation) -> dict[str, Any]:
    """`found` as a PriorityAnswer."""
    return {
        "as_of": found.as_of,
        "at": found.at,
        "score": found.row.score,
        "unactioned_critical": found.row.unactioned_critical,
        "reasons": [_reason(part) for part in found.row.reasons],
        "indicators": [_behind(one) for one in found.indicators],
        "since": found.since and _since(found.since),
        "if_visited_today": found.if_visited and _if_visited(found.if_visited),
    }


def _reason(part: Contribution) -> dict[str, Any]:
    return part._asdict() | {"words": reason_words(part.code, part.value)}


def _behind(one: Behind) -> dict[str, Any]:
    found = one.indicator
    return {
        "id": found.public_id,
        "code": found.code,
        "severity": found.severity,
        "source_grade": found.source_grade,
        "assessment_grade": found.assessment_grade,
        "received_at": found.received_at,
        "points": one.points,
        "fading": one.is_fading,
    }


def _since(found: Since) -> dict[str, Any]:
    return {"at": found.at, "score": found.score, "differences": _told(found.differences)}


def _if_visited(found: IfVisited) -> dict[str, Any]:
    return {
        "place": found.move.was,
        "becomes": found.move.becomes,
        "among": found.among,
        "next_due_on": found.next_due_on,
        "differences": _told(found.move.differences),
    }


def _told(found: Iterable[Difference]) -> list[dict[str, Any]]:
    return [one._asdict() | {"words": difference_words(one)} for one in found]
