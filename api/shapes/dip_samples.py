"""Dip samples, and the quality of a team's work, over the wire."""

from typing import Any
from uuid import UUID

from rest_framework import serializers

from api.shapes.case_reviews import CaseReviewAnswer, review
from api.shapes.common import (
    OfficerName,
    PersonName,
    TeamName,
    officer,
    person,
    team,
)
from workflows.models import CaseReview, DipSample, DipSampleItem
from workflows.queries.quality import TeamQuality
from workflows.steps.fields import BoundedDateField, StrictSerializer


class SampleAnswer(serializers.Serializer):
    """A sample, and how far it is checked. Of restricted people no more than that they count."""

    id = serializers.UUIDField()
    team = TeamName()
    officer = OfficerName(allow_null=True, help_text="Null: of the whole team")
    size = serializers.IntegerField(help_text="How many were asked for")
    seed = serializers.CharField()
    drawn_on = serializers.DateField()
    drawn_by = OfficerName()
    drawn = serializers.IntegerField()
    checked = serializers.IntegerField()


class SampleList(serializers.Serializer):
    """A page of samples, newest first."""

    results = SampleAnswer(many=True)
    next = serializers.CharField(allow_null=True)
    next_cursor = serializers.CharField(allow_null=True)


class SampleItemAnswer(serializers.Serializer):
    """One person of a sample."""

    id = serializers.UUIDField()
    person = PersonName()
    checker = OfficerName()
    offender_manager = OfficerName(allow_null=True)
    task = serializers.UUIDField(allow_null=True, help_text="Until it is checked")
    checked_on = serializers.DateField(allow_null=True)
    review = CaseReviewAnswer(allow_null=True)


class SampleDetailAnswer(SampleAnswer):
    """A sample with the people of it whom the caller may see."""

    items = SampleItemAnswer(many=True)


class QualityQuery(StrictSerializer):
    """The days that are looked at: the last twelve months where none are given."""

    since = BoundedDateField(required=False)
    until = BoundedDateField(required=False)


class GradesAnswer(serializers.Serializer):
    """How many of each grade."""

    good = serializers.IntegerField()
    requires_improvement = serializers.IntegerField()
    inadequate = serializers.IntegerField()


class TeamQualityAnswer(serializers.Serializer):
    """One team. Every count stands beside what it is a part of."""

    team = TeamName()
    people = serializers.IntegerField(help_text="Managed today")
    reviewed = serializers.IntegerField(help_text="Of them reviewed by a supervisor in those days")
    review_grades = GradesAnswer()
    reviews_overdue = serializers.IntegerField()
    oldest_overdue_on = serializers.DateField(allow_null=True)
    drawn = serializers.IntegerField(help_text="In samples drawn in those days")
    checked = serializers.IntegerField(help_text="Of them checked")
    grades = GradesAnswer(help_text="Of those checked")
    checks_overdue = serializers.IntegerField()
    decided = serializers.IntegerField(help_text="Pieces of work a second person decided on")
    returned = serializers.IntegerField(help_text="Of them given back")
    visits = serializers.IntegerField(
        help_text="Visits and attempts of those days to the team's people, void ones left out"
    )
    visits_with_partner = serializers.IntegerField(
        help_text="Of them with a colleague of a partner agency as the second person"
    )
    visits_alone_authorised = serializers.IntegerField(
        help_text="Of them by one officer alone, with authority beforehand"
    )
    visits_alone_unauthorised = serializers.IntegerField(
        help_text="Of them by one officer alone, without"
    )


class QualityAnswer(serializers.Serializer):
    """Each team that the caller supervises, by name."""

    results = TeamQualityAnswer(many=True)


def sample(found: DipSample) -> dict[str, Any]:
    """`found`, with its counts, as a SampleAnswer."""
    return {
        "id": found.public_id,
        "team": team(found.team),
        "officer": officer(found.officer),
        "size": found.size,
        "seed": found.seed,
        "drawn_on": found.drawn_on,
        "drawn_by": officer(found.drawn_by),
        "drawn": getattr(found, "drawn", 0),
        "checked": getattr(found, "checked", 0),
    }


def item(found: DipSampleItem, task: UUID | None) -> dict[str, Any]:
    """`found` as a SampleItemAnswer."""
    return {
        "id": found.public_id,
        "person": person(found.offender),
        "checker": officer(found.checker),
        "offender_manager": officer(found.offender_manager),
        "task": task,
        "checked_on": found.checked_on,
        "review": review(found.review) if found.review else None,
    }


def quality(found: TeamQuality) -> dict[str, Any]:
    """`found` as a TeamQualityAnswer."""
    return {
        "team": team(found.team),
        "people": found.people,
        "reviewed": found.reviewed,
        "review_grades": {grade: found.review_grades[grade] for grade in CaseReview.Grade.values},
        "reviews_overdue": found.overdue,
        "oldest_overdue_on": found.oldest,
        "drawn": found.drawn,
        "checked": found.checked,
        "grades": {grade: found.grades[grade] for grade in CaseReview.Grade.values},
        "checks_overdue": found.late,
        "decided": found.decided,
        "returned": found.returned,
        "visits": found.visits,
        "visits_with_partner": found.with_partner,
        "visits_alone_authorised": found.alone_authorised,
        "visits_alone_unauthorised": found.alone_unauthorised,
    }
