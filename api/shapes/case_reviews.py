"""Reviews of how a person is managed, over the wire."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from api.shapes.common import OfficerName, PersonName, officer, person
from workflows.models import CaseAction, CaseReview, CaseReviewCheck, Kind, Visit
from workflows.queries.case_reviews import CaseToReview


class CheckAnswer(serializers.Serializer):
    """What one check found."""

    item = serializers.ChoiceField(choices=CaseReviewCheck.Item.choices)
    grade = serializers.ChoiceField(choices=CaseReviewCheck.Grade.choices)
    comment = serializers.CharField()


class DirectionAnswer(serializers.Serializer):
    """An action, and what came of it."""

    id = serializers.UUIDField()
    text = serializers.CharField()
    due_on = serializers.DateField()
    owner = OfficerName(allow_null=True, help_text="Null: the offender manager")
    outcome = serializers.ChoiceField(choices=["", *CaseAction.Outcome.values])
    evidence = serializers.CharField()
    finished_on = serializers.DateField(allow_null=True)


class GivenDirectionAnswer(DirectionAnswer):
    """A direction with whom it is about."""

    person = PersonName()
    overdue_days = serializers.IntegerField()


class DirectionsAnswer(serializers.Serializer):
    """Unfinished directions of the caller."""

    results = GivenDirectionAnswer(many=True)


class CaseReviewAnswer(serializers.Serializer):
    """One review, or the check of a dip sample."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=CaseReview.Kind.choices)
    reviewed_on = serializers.DateField()
    reviewed_by = OfficerName()
    offender_manager = OfficerName(allow_null=True)
    grade = serializers.ChoiceField(choices=CaseReview.Grade.choices)
    comment = serializers.CharField()
    checks = CheckAnswer(many=True)
    directions = DirectionAnswer(many=True)


class LateAnswer(serializers.Serializer):
    """Something owed and late."""

    kind = serializers.ChoiceField(choices=Kind.choices)
    due_on = serializers.DateField()


class SeenAnswer(serializers.Serializer):
    """A visit or an attempt, with its time."""

    occurred_on = serializers.DateField()
    occurred_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.ChoiceField(choices=Visit.Outcome.choices)


class CaseReviewsAnswer(serializers.Serializer):
    """The reviews of one person, newest first, and what the next reviewer looks at."""

    results = CaseReviewAnswer(many=True)
    visits = SeenAnswer(many=True)
    overdue = LateAnswer(many=True)
    open_actions = DirectionAnswer(many=True)
    returned = serializers.IntegerField(help_text="Work given back since the newest review")


def case_reviews(reviews: list[CaseReview], case: CaseToReview) -> dict[str, Any]:
    """As a CaseReviewsAnswer."""
    return {
        "results": [review(one) for one in reviews],
        "visits": [
            {
                "occurred_on": visit.occurred_on,
                "occurred_at": visit.occurred_at,
                "outcome": visit.outcome,
            }
            for visit in case.visits
        ],
        "overdue": [{"kind": late.kind, "due_on": late.due_on} for late in case.overdue],
        "open_actions": [direction(action) for action in case.actions],
        "returned": case.returned,
    }


def review(found: CaseReview) -> dict[str, Any]:
    """`found` as a CaseReviewAnswer."""
    order = {item: place for place, item in enumerate(CaseReviewCheck.Item.values)}
    return {
        "id": found.public_id,
        "kind": found.kind,
        "reviewed_on": found.reviewed_on,
        "reviewed_by": officer(found.reviewed_by),
        "offender_manager": officer(found.offender_manager),
        "grade": found.grade,
        "comment": found.comment,
        "checks": [
            {"item": check.item, "grade": check.grade, "comment": check.comment}
            for check in sorted(found.checks.all(), key=lambda check: order[check.item])
        ],
        "directions": [direction(action) for action in found.directed],
    }


def direction(action: CaseAction) -> dict[str, Any]:
    """`action` as a DirectionAnswer."""
    return {
        "id": action.public_id,
        "text": action.text,
        "due_on": action.due_on,
        "owner": officer(action.owner),
        "outcome": action.outcome,
        "evidence": action.evidence,
        "finished_on": action.finished_on,
    }


def given(action: CaseAction) -> dict[str, Any]:
    """`action` as a GivenDirectionAnswer."""
    late = max((timezone.localdate() - action.due_on).days, 0)
    return direction(action) | {"person": person(action.offender), "overdue_days": late}
