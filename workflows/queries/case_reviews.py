"""Reviews of how people are managed, and what a reviewer needs to see beside the form.

Whoever calls has found the person through a `permitted` list.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from accounts.actor import Actor
from accounts.policy import Action
from offenders.models import Offender
from workflows.models import (
    SUPERVISED,
    CaseAction,
    CaseReview,
    Obligation,
    ReturnedWork,
    Visit,
)
from workflows.queries.person import last_visits_of

#: Visits shown with their times: enough to see whether they vary.
VISITS = 10
#: Reviews that are shown of one person.
MOST_REVIEWS = 50
#: Overdue directions that are shown to who gave them.
MOST_DIRECTIONS = 100


@dataclass(frozen=True, slots=True)
class CaseToReview:
    """What the reviewer looks at: visits with their times, what is late, open actions.

    `returned`: how often somebody's work about the person came back since the last review, ever
    where there is none. `last`: that review, with what became of its directions.
    """

    visits: list[Visit]
    overdue: list[Obligation]
    actions: list[CaseAction]
    returned: int
    last: CaseReview | None


def case_to_review(person: Offender, today: dt.date) -> CaseToReview:
    """What stands beside the form of a review. Seven statements at most."""
    owed = Obligation.objects.filter(offender=person, closed_at=None, due_on__lt=today)
    actions = CaseAction.objects.filter(offender=person, finished_at=None).select_related("owner")
    last = next(iter(reviews_of(person, most=1)), None)
    returned = ReturnedWork.objects.filter(offender=person)
    if last is not None:
        returned = returned.filter(recorded_at__gt=last.recorded_at)
    return CaseToReview(
        visits=last_visits_of([person.pk], VISITS).get(person.pk, []),
        overdue=list(owed.exclude(kind__in=SUPERVISED).order_by("due_on", "pk")),
        actions=list(actions.order_by("due_on", "pk")),
        returned=returned.count(),
        last=last,
    )


def reviews_of(person: Offender, *, most: int = MOST_REVIEWS) -> list[CaseReview]:
    """The newest reviews and sample checks with their checks and directions, newest first."""
    found = whole(CaseReview.objects.filter(offender=person))
    return list(found.order_by("-reviewed_on", "-pk")[:most])


def whole(reviews: "QuerySet[CaseReview]") -> "QuerySet[CaseReview]":
    """With who reviewed, every check, and each direction with what came of it."""
    directed = CaseAction.objects.select_related("owner", "finished_by").order_by("due_on", "pk")
    return reviews.select_related("reviewed_by", "offender_manager", "process").prefetch_related(
        "checks", Prefetch("process__case_actions", directed)
    )


def directions_given(actor: Actor, *, most: int = MOST_DIRECTIONS) -> list[CaseAction]:
    """Directions of the actor that nobody has finished, first due first: the overdue lead.

    Whom the actor may not see any more is left out.
    """
    given = CaseAction.objects.permitted(actor, Action.CASE_REVIEW_VIEW).filter(
        raised_by=actor.user_id, finished_at=None, process__case_review__isnull=False
    )
    return list(given.select_related("offender", "owner").order_by("due_on", "pk")[:most])


def overdue_directions(actor: Actor, today: dt.date) -> int:
    """How many of them are overdue, for the head of a page."""
    given = CaseAction.objects.permitted(actor, Action.CASE_REVIEW_VIEW).filter(
        raised_by=actor.user_id,
        finished_at=None,
        process__case_review__isnull=False,
        due_on__lt=today,
    )
    return given.count()
