"""Reviews of how people are managed."""

from uuid import UUID

from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from accounts.policy import Action
from api.endpoint import Endpoint
from api.shapes import case_reviews as shapes
from workflows.queries import person as people
from workflows.queries.case_reviews import case_to_review, directions_given, reviews_of


class CaseReviews(Endpoint):
    """The reviews of one person with their directions, and what the next reviewer looks at."""

    action = Action.CASE_REVIEW_VIEW
    noun = "offender"
    operation_id = "list_case_reviews"
    answer_shape = shapes.CaseReviewsAnswer

    def get(self, request: Request, offender: UUID) -> HttpResponseBase:
        found = people.visible(self.by, offender, self.action)
        self.need_reason(team_id=found.team_id)
        self.consult(offender_id=found.pk)
        case = case_to_review(found, timezone.localdate())
        return self.show(shapes.case_reviews(reviews_of(found), case))


class DirectionsGiven(Endpoint):
    """Directions that the caller gave and nobody has finished, first due first."""

    action = Action.CASE_REVIEW
    operation_id = "list_directions"
    answer_shape = shapes.DirectionsAnswer

    def get(self, request: Request) -> HttpResponseBase:
        found = directions_given(self.by)
        ids = [str(action.offender.public_id) for action in found]
        self.consult(ids=ids, row_count=len(found))
        return self.show({"results": [shapes.given(action) for action in found]})
